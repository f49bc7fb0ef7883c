"""Whom else the county helps: enterprises under a pairing, workers in hardship, model workers."""
