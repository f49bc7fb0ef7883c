"""Which roles a route is open to, where no command decides it."""

from collections.abc import Set

from shared.http.current import current_caller
from shared.kernel.refusals import RoleNotAllowed


def check_role(roles: Set[str], action: str) -> None:
    """An empty set is open to every signed-in role. Raises RoleNotAllowed."""
    if roles and (role := current_caller().role) not in roles:
        raise RoleNotAllowed(role, action)
