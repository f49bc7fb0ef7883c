"""Household visits (入户走访): who goes to which child by when, and what was found."""
