"""Which children the registry knows, looked up in bulk by what a sheet says of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from services.registry.children.grade_steps import told_on
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.names import former_names_of
from services.registry.children.statuses import AT_SCHOOL, Attendance, Registration
from services.registry.class_days.known import ClassKey
from services.registry.guardians.guardians import Guardians
from services.registry.imports.intents import TurnedAway
from services.registry.imports.naming import NO_SUCH_PUPIL, KnownChild, Meant, Named, in_household, whom
from services.registry.leaving.rows import NOT_THERE_YET
from services.registry.namesakes import Names
from services.registry.personal import PersonalData
from shared.identifiers import StudentNumber, name_key
from shared.identifiers.student_number import embedded_resident_id
from shared.kernel.criteria import alternatives, conjunction
from shared.kernel.store import Store
from shared.workbooks.rows import GoodRow
from shared.workbooks.shapes import Problem

_WHO = ("id_index", "student_number_index", "household_no", "name", "former_names", "absorbed", "merged_into")
_WHERE = (
    "school",
    "school_name",
    "grade",
    "class_no",
    "enrolled_on",
    "changed_on",
    "hand_over",
    "status",
    "guardians",
)
_HOME = ("household_no", "division", "ethnicity")
NEEDED = dict.fromkeys((*_WHO, *_WHERE, *_HOME), 1)
"""The columns of a child's row that imports read."""

Indexes = tuple[str | None, str | None]
"""The blind indexes of an identity number and of a student number."""


class KnownChildren:
    """Lookups over the children ledger. They see the whole county: a caller's scope is laid on the commands."""

    def __init__(self, store: Store, personal: PersonalData) -> None:
        self._store = store
        self._personal = personal

    def of_rows(self, rows: Sequence[Mapping[str, Any]]) -> list[Meant]:
        """Whom each row means by `id_number`, `student_number` and `name`, in one query a field."""
        asked = [self._indexes(row) for row in rows]
        by_id = self._found("id_index", {id_index for id_index, _ in asked})
        by_number = self._found("student_number_index", {number for _, number in asked})
        return [
            whom(_named(row, id_index), by_id.get(id_index), by_number.get(number))
            for row, (id_index, number) in zip(rows, asked, strict=True)
        ]

    def contradicts(self, rows: Sequence[GoodRow]) -> list[bool]:
        """Whether what is on file speaks against each row."""
        return [meant.against is not None for meant in self.of_rows([row.values for row in rows])]

    def contradicts_members(self, rows: Sequence[GoodRow]) -> list[bool]:
        return [meant.against is not None for meant in self.members(rows)]

    def lacks(self, rows: Sequence[GoodRow]) -> list[bool]:
        """Whether each row means nobody who is on file."""
        return [meant.child is None for meant in self.of_rows([row.values for row in rows])]

    def pupils(self, rows: Sequence[GoodRow], title: str) -> Iterator[tuple[GoodRow, KnownChild] | TurnedAway]:
        """Each row with its child, and with a warning where it names them oddly; or why there is none.

        `title` is that of the column with the name.
        """
        for row, meant in zip(rows, self.of_rows([row.values for row in rows]), strict=True):
            if meant.child is None:
                yield turned_away(row, meant, title, row.values["name"])
            else:
                yield doubted(row, meant, title, row.values["name"]), meant.child

    def members(self, rows: Sequence[GoodRow]) -> list[Meant]:
        """Whom each member of a household means: by number and name, else by the name in the household."""
        told = [
            {"id_number": row.values["member_id_number"], "name": row.values["member_name"], "row": row.values}
            for row in rows
        ]
        by_number = self.of_rows(told)
        namesakes = self._in_households({row.values["household_no"] for row in rows})
        return [
            meant
            if meant.child or meant.against
            else in_household(
                _named(each, self._indexes(each)[0]),
                namesakes.get((each["row"]["household_no"], name_key(each["name"])), ()),
            )
            for each, meant in zip(told, by_number, strict=True)
        ]

    def with_ids(self, ids: Iterable[str]) -> dict[str, KnownChild]:
        return {id_: _known(row) for id_, row in self._rows_with_ids(ids).items()}

    def names(self, kind: str) -> Names:
        """The names of the county's schools or divisions."""
        return Names.of(self._store, kind)

    def who_could_resume(self, classes: Iterable[ClassKey]) -> Iterator[KnownChild]:
        """The children of these classes for whom a day of presence would be news; a suspended one has to resume."""
        schools = sorted({school for school, _, _ in classes})
        missing = {
            "$or": [
                {
                    "status": {"$in": [Attendance.ABSENT_UNEXCUSED.value, Attendance.ON_APPROVED_LEAVE.value]},
                    "registration": {"$ne": Registration.SUSPENDED.value},
                },
                {"status": Attendance.RETURNED_PROBATION.value},  # a spell, or a probation that ended in holidays
            ]
        }
        rows, wanted = self._store.ledger_collection("children"), set(classes)
        for each in alternatives(missing, "status"):
            for row in rows.find(conjunction([each, {"school": {"$in": schools}}])):
                child = _known(row)
                if child.of_class in wanted:
                    yield child

    def _indexes(self, row: Mapping[str, Any]) -> Indexes:
        personal = self._personal
        return (
            personal.index_or_none("id_number", row.get("id_number")),
            personal.index_or_none("student_number", row.get("student_number")),
        )

    def _in_households(self, households: Iterable[str]) -> dict[tuple[str, str], list[KnownChild]]:
        """Children by household number and each of their names, made comparable; of a merged file the kept one."""
        numbers = sorted(filter(None, households))
        if not numbers:
            return {}
        found: dict[tuple[str, str], dict[ChildId, KnownChild]] = {}
        rows = list(self._rows("household_no", numbers))
        kept = self._rows_with_ids(row["merged_into"] for row in rows if row.get("merged_into"))
        for row in rows:
            child = _known(kept.get(row.get("merged_into") or "", row))
            for key in {name_key(name) for name in (*_names(row), child.name)}:
                found.setdefault((row["household_no"], key), {})[child.id] = child
        return {household: list(children.values()) for household, children in found.items()}

    def _found(self, field: str, values: set[str | None]) -> dict[str | None, KnownChild]:
        """The children with these values; of a merged file, the one into which it was merged."""
        asked = sorted(value for value in values if value is not None)
        if not asked:
            return {}
        rows = {row[field]: row for row in self._rows(field, asked)}
        kept = self._rows_with_ids(row["merged_into"] for row in rows.values() if row.get("merged_into"))
        rows = {value: kept.get(row.get("merged_into") or "", row) for value, row in rows.items()}
        absorbed = self._rows_with_ids(id_ for row in rows.values() for id_ in row.get("absorbed", ()))
        return {value: _known(row, absorbed) for value, row in rows.items()}

    def _rows_with_ids(self, ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
        asked = sorted(set(ids))
        if not asked:
            return {}
        return {row["_id"]: row for row in self._rows("_id", asked)}

    def _rows(self, field: str, values: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        """Of each row no more than is needed: a row is wide, and a roster has 200,000."""
        return iter(self._store.ledger_collection("children").find({field: {"$in": values}}, NEEDED))


def turned_away(row: GoodRow, meant: Meant, title: str, name: str) -> TurnedAway:
    """A row that means no child."""
    return TurnedAway(row, Problem.of(meant.against or NO_SUCH_PUPIL, title, name))


def doubted(row: GoodRow, meant: Meant, title: str, name: str) -> GoodRow:
    """The row with what is to be warned of."""
    if not meant.doubts:
        return row
    doubts = (Problem.of(doubt, title, name, blocking=False) for doubt in meant.doubts)
    return replace(row, warnings=(*row.warnings, *doubts))


def _named(row: Mapping[str, Any], id_index: str | None) -> Named:
    number: StudentNumber | None = row.get("student_number")
    inside = number is not None and embedded_resident_id(number) == row.get("id_number")
    return Named(row["name"], row.get("former_name"), None if inside else id_index)


def _known(row: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]] | None = None) -> KnownChild:
    """`others`: the files that were merged into this one, by id."""
    absorbed = [others[id_] for id_ in row.get("absorbed", ()) if id_ in others] if others else []
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
        attends=row["status"] in AT_SCHOOL,
        former_names=(*former_names_of(row), *(name for each in absorbed for name in _names(each))),
        id_index=row.get("id_index"),
        told_on=told_on(row),
        told_home={name: row.get(name) or "" for name in _HOME},
    )


def _names(row: Mapping[str, Any]) -> tuple[str, ...]:
    return row["name"], *former_names_of(row)
