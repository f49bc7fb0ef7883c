"""Schools and teaching points of the county."""
