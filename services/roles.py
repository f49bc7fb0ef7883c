"""The county's roles, and what a token of each must say about the part of the county that it opens."""

from typing import Final

from shared.auth.roles import Roles, ScopedBy

ROLES: Final[Roles] = {
    "county_admin": ScopedBy.NOTHING,
    "bureau_officer": ScopedBy.NOTHING,
    "township_clerk": ScopedBy.DIVISION,
    "village_cadre": ScopedBy.DIVISION,
    "school_admin": ScopedBy.SCHOOL,
    "class_teacher": ScopedBy.SCHOOL,
    "finance_preparer": ScopedBy.NOTHING,
    "finance_approver": ScopedBy.NOTHING,
    "inspector": ScopedBy.NOTHING,
    "auditor": ScopedBy.NOTHING,
    "operator": ScopedBy.NOTHING,
    "service": ScopedBy.NOTHING,
}
