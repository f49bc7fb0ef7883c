"""Lines of children who count at a school in the caller's scope, while their households lie outside of it.

Such a child has no name for the caller here, as in every other ledger; its line stays, for a list has as many as its
figure says.
"""

from collections.abc import Mapping

from shared.identifiers.division import DivisionLevel
from shared.kernel.caller import Scope
from shared.kernel.ledgers import Row

FROM_OUTSIDE: Mapping[int, str] = {
    DivisionLevel.PROVINCE: "外省户籍",
    DivisionLevel.CITY: "外市户籍",
    DivisionLevel.COUNTY: "外县户籍",
    DivisionLevel.TOWNSHIP: "外乡镇户籍",
    DivisionLevel.VILLAGE: "外村户籍",
}
"""What stands in place of a name, by the level of the caller's division."""

COUNTED = frozenset(
    {
        *("_id", "school", "school_name", "grade", "class_no", "registration", "status"),
        *("kind", "on", "from", "to", "counted_at", "lost", "bucket"),
    }
)
"""What of a line says why and where it counts: the rest says who the child is."""


def as_seen(line: Row, scope: Scope) -> Row:
    if not scope.division or str(line["division"]).startswith(scope.division):
        return line
    return {name: value for name, value in line.items() if name in COUNTED} | {"name": _outside(scope)}


def _outside(scope: Scope) -> str:
    return FROM_OUTSIDE.get(len(scope.division), "外地户籍")
