"""Lists from outside: kept as they were, counted against the list before."""
