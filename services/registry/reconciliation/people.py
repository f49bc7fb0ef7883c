"""Who is who across the lists: one identity for all lines that speak of one person.

Numbers alone tell: the child whose identity number it is, else whose student number, else the identity number itself
(on whatever line, also inside a G number), else the student number. A name never does.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NewType

from services.registry.children.ids import ChildId, child_id_from
from services.registry.children.statuses import Attendance, Registration
from services.registry.snapshots.lines import Line
from shared.identifiers import name_key
from shared.kernel.deadlines import derived_id

Identity = NewType("Identity", str)
"""A child's id; for somebody whom the registry does not know, `p` and 26 lower-case letters or digits, the same
whenever the same number comes up. It tells nobody the number or its index."""

REGISTERED = frozenset(
    {
        Registration.TEMPORARY,
        Registration.ACTIVE,
        Registration.SUSPENDED,
        Registration.TRANSFER_PENDING,
        Registration.RETAINED_DROPOUT,
    }
)
AT_NO_SCHOOL = frozenset({Attendance.NEVER_ENROLLED, Attendance.UNTRACEABLE})
FILE_ENDED = "ENDED"
PLACED = "PLACED"
"""The committee has decided where a disabled child learns: in an ordinary class, too, where its status stays."""
Likeness = tuple[str, date, str]
"""Name, birth date and a guardian's number or name: reason to ask a person, never to merge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """A child as the registry's own ledger has it. `remark`: what the attendance book says of its last absence;
    `sent_home`: or has said of the spell before. `moved_on`: the day of its last transfer.

    `merged_into`: this file was a second one of that child; whoever has its numbers is that child. `disabled`: it is
    in that special group today; `placed`: it has been decided where it learns.
    """

    child_id: ChildId
    attendance: Attendance
    registration: Registration
    id_index: str | None = None
    number_index: str | None = None
    name: str = ""
    birth_date: date | None = None
    guardian_name: str = ""
    division: str = ""
    school: str = ""
    grade: int = 0
    poor: bool = False
    remark: str = ""
    sent_home: bool = False
    moved_on: date | None = None
    merged_into: str = ""
    disabled: bool = False
    placed: bool = False

    @property
    def facts(self) -> set[str]:
        """What may settle a difference by having come."""
        return facts_of(self.registration, self.attendance, placed=self.placed)


def facts_of(registration: Registration, attendance: Attendance, *, placed: bool) -> set[str]:
    return {registration.value, attendance.value} | ({PLACED} if placed else set())


@dataclass(frozen=True, slots=True)
class Book:
    """The pupils by id and by each of their numbers; `same` are matches that a person has confirmed."""

    pupils: dict[str, Pupil] = field(default_factory=dict)
    by_id: dict[str, Pupil] = field(default_factory=dict)
    by_number: dict[str, Pupil] = field(default_factory=dict)
    id_of_number: dict[str, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, pupils: Iterable[Pupil], same: Mapping[str, str]) -> "Book":
        book, merged = cls(same=same), list[Pupil]()
        for pupil in pupils:
            if pupil.merged_into:
                merged.append(pupil)
                continue
            book.pupils[pupil.child_id] = pupil
            book._note_numbers(pupil, pupil)
        for pupil in merged:
            if kept := book.pupils.get(pupil.merged_into):
                book._note_numbers(pupil, kept)
        return book

    def _note_numbers(self, numbered: Pupil, known: Pupil) -> None:
        if numbered.id_index:
            self.by_id.setdefault(numbered.id_index, known)
        if numbered.number_index:
            self.by_number.setdefault(numbered.number_index, known)

    def learn(self, files: Iterable[Line]) -> None:
        """Student files tell which identity number belongs to a student number; of two, always the same one."""
        for line in files:
            if line.id_index and line.number_index:
                known = self.id_of_number.get(line.number_index, line.id_index)
                self.id_of_number[line.number_index] = min(known, line.id_index)

    def identity(self, line: Line) -> Identity:
        found = self._number_of(line)
        return Identity(self.same.get(found, found))

    def _number_of(self, line: Line) -> str:
        number = line.number_index or ""
        id_index = line.id_index or self.id_of_number.get(number, "")
        pupil = self.by_id.get(id_index) or self.by_number.get(number)
        if pupil:
            return pupil.child_id
        if id_index:
            return stranger("id_number", id_index)
        return stranger("student_number", number) if number else stranger("line", line.key)

    def at_no_school(self) -> Iterator[tuple[Identity, Line]]:
        """Whom the registry knows to be at no school, as a list would name them: no list need do so."""
        for pupil in self.pupils.values():
            if pupil.attendance in AT_NO_SCHOOL:
                yield Identity(pupil.child_id), _line_of(pupil)

    def pupil(self, identity: str) -> Pupil | None:
        return self.pupils.get(identity)


def stranger(told_by: str, value: str) -> Identity:
    """Who is known by a number's index alone, or by a line without any number."""
    return Identity("p" + child_id_from(derived_id("stranger", told_by, value))[1:])


def _line_of(pupil: Pupil) -> Line:
    return Line(
        key=pupil.child_id,
        name=pupil.name,
        id_index=pupil.id_index,
        number_index=pupil.number_index,
        birth_date=pupil.birth_date,
        guardian_name=pupil.guardian_name,
        division=pupil.division,
    )


def likenesses(line: Line | Pupil) -> Iterator[Likeness]:
    """What a line and another must share for a person to be asked whether they are one."""
    if line.birth_date is None or not line.name:
        return
    if line.guardian_name:
        yield name_key(line.name), line.birth_date, name_key(line.guardian_name)
    if isinstance(line, Line) and line.guardian_index:
        yield name_key(line.name), line.birth_date, line.guardian_index
