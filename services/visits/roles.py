"""Who may do what here, by the role in the token. What each role sees of the county is its scope's matter."""

SCHOOL = frozenset({"school_admin"})
BUREAU = frozenset({"county_admin", "bureau_officer"})
TOWNSHIP = frozenset({"township_clerk"})
OFFICE = SCHOOL | BUREAU
FIELD = frozenset({"class_teacher", "village_cadre"}) | TOWNSHIP | OFFICE
INSPECTION = frozenset({"inspector"})
SYSTEM: frozenset[str] = frozenset()
"""Nobody through the API: reactions and deadlines alone."""
