"""Where the lists disagree, and how a difference is worked off."""
