"""Four checks and three comparisons (四查三比对): where the lists disagree, and the queue that works it off."""
