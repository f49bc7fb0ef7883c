"""Systems outside the county that must be told, by hand, when a child's schooling changes."""
