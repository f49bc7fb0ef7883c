"""What costs the most in each measure, as profiles showed it, and what was done about it."""

COSTS: dict[str, str] = {}
