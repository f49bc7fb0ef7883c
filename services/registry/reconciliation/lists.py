"""What a run compares: the lists that are believed, and the children as the registry's own ledger has them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.registry.children.ids import ChildId
from services.registry.children.statuses import Attendance, Registration
from services.registry.households.categories import HouseholdCategory
from services.registry.personal import PersonalData
from services.registry.placements.decisions import DISABLED
from services.registry.reconciliation.people import Pupil
from services.registry.snapshots.importing import lines_of
from services.registry.snapshots.kinds import ListKind
from services.registry.snapshots.lines import Line
from services.registry.snapshots.rows import in_force
from shared.kernel.caller import Place, Scope
from shared.kernel.ledgers import Row
from shared.kernel.store import Store

_OF_A_PUPIL = (
    "id_index",
    "student_number_index",
    "status",
    "registration",
    "name",
    "birth_date",
    "guardian_name",
    "division",
    "school",
    "grade",
    "category",
    "absence_remark",
    "absent_since",
    "sent_home_since",
    "transferred_in_on",
    "merged_into",
    "groups",
    "placement",
)


@dataclass(frozen=True, slots=True)
class Believed:
    """The lists of a kind that are believed, newest first: the latest of each place.

    Where an older one speaks of a place that a newer one is about, the newer one alone counts.
    """

    store: Store
    personal: PersonalData
    lists: Sequence[Row]

    @classmethod
    def of(cls, store: Store, personal: PersonalData, kind: ListKind) -> "Believed":
        order = [("list_on", -1), ("imported_at", -1), ("division", -1), ("school", -1)]  # the narrower place first
        latest: dict[tuple[str, str], Row] = {}
        for row in in_force(store.ledger_collection("lists").find({"kind": kind.value}).sort(order)):
            latest.setdefault((row["division"], row["school"]), row)
        return cls(store, personal, list(latest.values()))

    @property
    def ids(self) -> list[str]:
        return [row["_id"] for row in self.lists]

    @property
    def latest_on(self) -> date | None:
        return date.fromisoformat(self.lists[0]["list_on"]) if self.lists else None

    def lines(self) -> Iterator[Line]:
        for _, line in self.dated_lines():
            yield line

    def dated_lines(self) -> Iterator[tuple[date, Line]]:
        """Each line with the day of its list. Raises PageLost."""
        newer: list[Scope] = []
        for row in self.lists:
            day = date.fromisoformat(row["list_on"])
            for line in lines_of(self.store, self.personal, row):
                place = Place(line.division, line.school)
                if not any(scope.covers(place) for scope in newer):
                    yield day, line
            newer.append(Scope(row["division"], row["school"]))


def pupils(store: Store) -> Iterator[Pupil]:
    """Every child of the county, as its ledger row has it."""
    found = store.ledger_collection("children").find({}, dict.fromkeys(_OF_A_PUPIL, 1), batch_size=5000)
    return map(_pupil, found)


def _pupil(row: Any) -> Pupil:
    return Pupil(
        child_id=ChildId(row["_id"]),
        attendance=Attendance(row["status"]),
        registration=Registration(row["registration"]),
        id_index=row.get("id_index"),
        number_index=row.get("student_number_index"),
        name=row["name"],
        birth_date=date.fromisoformat(row["birth_date"]),
        guardian_name=row.get("guardian_name") or "",
        division=row["division"],
        school=row["school"],
        grade=row["grade"] or 0,
        poor=HouseholdCategory(row["category"]).is_poor,
        remark=row.get("absence_remark") or "",
        moved_on=date.fromisoformat(row["transferred_in_on"]) if row.get("transferred_in_on") else None,
        sent_home=bool(row.get("sent_home_since")) and row["sent_home_since"] == row.get("absent_since"),
        merged_into=row.get("merged_into") or "",
        disabled=DISABLED in row["groups"],
        placed=row.get("placement") is not None,
    )
