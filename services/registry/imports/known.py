"""Which children the registry knows, looked up in bulk by what a sheet says of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.statuses import Attendance, Registration
from services.registry.guardians.guardians import Guardians
from services.registry.leaving.rows import NOT_THERE_YET
from services.registry.personal import PersonalData
from shared.kernel.criteria import alternatives, conjunction
from shared.kernel.store import Store

ClassKey = tuple[SchoolCode, int, int]
"""School, grade, class."""


@dataclass(frozen=True, slots=True)
class KnownChild:
    """What imports need of a child's ledger row. `school` is empty for a child without one.

    `leaving`: primary school is over, and the next school has it not yet. `on_file`: the row itself.
    """

    id: ChildId
    name: str
    school: SchoolCode
    school_name: str
    grade: int
    class_no: int
    enrolled_on: date
    leaving: bool
    guardians: Guardians
    on_file: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def may_enter(self, school: SchoolCode, grade: int) -> bool:
        """Whether no other school has it."""
        return self.school in ("", school) or (self.leaving and grade > self.grade)

    @property
    def of_class(self) -> ClassKey:
        return self.school, self.grade, self.class_no


PERSON = ("id_number", "student_number")


class KnownChildren:
    """Lookups over the children ledger. They see the whole county: a caller's scope is laid on the commands."""

    def __init__(self, store: Store, personal: PersonalData) -> None:
        self._store = store
        self._personal = personal

    def of_rows(self, rows: Sequence[Mapping[str, Any]]) -> list[KnownChild | None]:
        """For each row the child with its `id_number`, else with its `student_number`, in one query a field."""
        asked = [{field: self._personal.index_or_none(field, row[field]) for field in PERSON} for row in rows]
        by_id = self._found("id_index", {each["id_number"] for each in asked})
        by_number = self._found("student_number_index", {each["student_number"] for each in asked})
        return [by_id.get(each["id_number"]) or by_number.get(each["student_number"]) for each in asked]

    def with_name_in_households(self, people: Iterable[tuple[str, str]]) -> dict[tuple[str, str], KnownChild]:
        """Children by (household number, name)."""
        households = sorted({household for household, _ in people if household})
        if not households:
            return {}
        rows = self._store.ledger_collection("children").find({"household_no": {"$in": households}})
        return {(row["household_no"], row["name"]): _known(row) for row in rows}

    def who_could_resume(self, classes: Iterable[ClassKey]) -> Iterator[KnownChild]:
        """The children of these classes for whom a day of presence would be news; a suspended one has to resume."""
        schools = sorted({school for school, _, _ in classes})
        missing = {
            "$or": [
                {
                    "status": {"$in": [Attendance.ABSENT_UNEXCUSED.value, Attendance.ON_APPROVED_LEAVE.value]},
                    "registration": {"$ne": Registration.SUSPENDED.value},
                },
                {"status": Attendance.RETURNED_PROBATION.value, "absent_since": {"$ne": None}},
            ]
        }
        rows, wanted = self._store.ledger_collection("children"), set(classes)
        for each in alternatives(missing, "status"):
            for row in rows.find(conjunction([each, {"school": {"$in": schools}}])):
                child = _known(row)
                if child.of_class in wanted:
                    yield child

    def _found(self, field: str, values: set[str | None]) -> dict[str | None, KnownChild]:
        asked = sorted(value for value in values if value is not None)
        if not asked:
            return {}
        rows = self._store.ledger_collection("children").find({field: {"$in": asked}})
        found = {row[field]: row for row in rows}
        kept = self._kept([row["merged_into"] for row in found.values() if row.get("merged_into")])
        return {value: _known(kept.get(row.get("merged_into"), row)) for value, row in found.items()}

    def _kept(self, ids: Sequence[str]) -> dict[str | None, Mapping[str, Any]]:
        """The files into which others were merged: a list that still has the old number means these."""
        if not ids:
            return {}
        rows = self._store.ledger_collection("children").find({"_id": {"$in": ids}})
        return {row["_id"]: row for row in rows}


def _known(row: Mapping[str, Any]) -> KnownChild:
    enrolled_on = row.get("enrolled_on")
    return KnownChild(
        id=ChildId(row["_id"]),
        name=row["name"],
        school=SchoolCode(row["school"]),
        school_name=row["school_name"],
        grade=row["grade"] or 0,
        class_no=row["class_no"] or 0,
        enrolled_on=date.fromisoformat(enrolled_on) if enrolled_on else date.min,
        leaving=row.get("hand_over") in NOT_THERE_YET,
        guardians=msgspec.convert(row["guardians"], Guardians),
        on_file=row,
    )
