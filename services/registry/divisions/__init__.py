"""The county's divisions (行政区划), down to the village, each with the time for which it holds."""
