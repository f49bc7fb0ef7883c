"""Who answers: the bureau's departments and their duties, and the leading groups of county, townships, schools."""
