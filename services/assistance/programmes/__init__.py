"""Programmes: who is eligible, for how much, in which terms, and beside which other programmes not."""
