"""The roles of the county, and what each must say about the part of it that its token opens."""

from shared.auth.roles import Roles, ScopedBy

ROLES: Roles = {
    "county_admin": ScopedBy.DIVISION,
    "bureau_officer": ScopedBy.DIVISION,
    "township_clerk": ScopedBy.DIVISION,
    "village_cadre": ScopedBy.DIVISION,
    "inspector": ScopedBy.DIVISION,
    "auditor": ScopedBy.DIVISION,
    "finance_preparer": ScopedBy.DIVISION,
    "finance_approver": ScopedBy.DIVISION,
    "school_admin": ScopedBy.SCHOOL,
    "class_teacher": ScopedBy.SCHOOL,
    "operator": ScopedBy.NOTHING,
    "service": ScopedBy.NOTHING,
}

KNOW_WHY = frozenset(ROLES) - {"finance_preparer", "finance_approver", "operator", "service"}
"""Who may read why a child stays away: illness, need, quarrel. Who pays and who runs the machines need not know."""

READ_THE_FEED = KNOW_WHY | {"service"}
"""Who may read the events that tell of it."""

KNOW_CHILDREN = frozenset(ROLES) - {"operator"}
"""Who may read lists of children. Who runs the machines has no use for a name."""
