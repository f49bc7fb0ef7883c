"""Comparing the lists (C-6): pure, order plays no part, and only what may become a difference is kept in memory."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from services.registry.policy import AgePolicy
from services.registry.reconciliation.departures import departures
from services.registry.reconciliation.people import (
    FILE_ENDED,
    REGISTERED,
    Book,
    Identity,
    Likeness,
    Pupil,
    likenesses,
)
from services.registry.reconciliation.reasons import SENT_HOME, Reasons
from services.registry.snapshots.lines import Line
from shared.calendar.terms import SchoolYear, is_of_age_at_cut_off, school_year_of

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`line` is what a list says of the person, `pupil` what the registry does; one of them is there.

    `other`: the other school of a student file that is elsewhere, or the identity that may be the same person.
    """

    identity: Identity
    reason: str
    poor: bool
    line: Line | None = None
    pupil: Pupil | None = None
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What is compared. `registrations` is None where no export of the national system has been kept: then the
    registry's own word counts. `registrations_on`: the day of the newest one. `same` and `apart` are the proposed
    matches that a person has decided on.
    """

    people: Iterable[Line] = ()
    registrations: Iterable[Line] | None = None
    registrations_on: date | None = None
    attending: Iterable[Pupil] = ()
    poor: Iterable[Line] = ()
    deaths: Iterable[Line] = ()
    migrated: Iterable[Line] = ()
    disabled: Iterable[Line] = ()
    same: Mapping[str, str] = field(default_factory=dict)
    apart: Container[Pair] = frozenset()


def compare(
    lists: Lists, on: date, ages: AgePolicy, reasons: Reasons, totals: Counter[str] | None = None
) -> Iterator[Difference]:
    """Every difference once, in the order of reasons and identities.

    Who is on the poverty list belongs to the population even where that list forgot him; so does whom the registry
    itself knows to be at no school. `totals` is filled with the
    sizes of what was compared: `of_age`, `registered`, `attending`.
    """
    return _Comparison(lists, school_year_of(on), ages, reasons, Counter() if totals is None else totals).run()


class _Comparison:
    def __init__(
        self, lists: Lists, year: SchoolYear, ages: AgePolicy, reasons: Reasons, totals: Counter[str]
    ) -> None:
        self._year, self._ages, self._reasons, self._totals = year, ages, reasons, totals
        self._here = reasons.at_school | reasons.of_school_but_elsewhere
        self._apart = lists.apart
        self._book = Book.of(lists.attending, lists.same)
        self._registered = self._files(lists.registrations)
        self._exported_on = lists.registrations_on
        poor = list(lists.poor)
        self._poor = {self._book.identity(line) for line in poor}
        self._gone, self._leaving = departures(self._book, lists.deaths, lists.migrated)
        self._present: set[Identity] = set()
        self._missing: dict[Identity, Line] = {}
        listed = ((self._book.identity(line), line) for line in chain(lists.people, poor))
        self._look_at(chain(listed, self._book.at_no_school()))
        self._certified = self._of_age(lists.disabled)

    def run(self) -> Iterator[Difference]:
        for identity in sorted(self._missing):
            yield from self._without_file(identity, self._missing[identity])
        for identity in sorted(self._registered):
            yield from self._with_file(identity, self._registered[identity])
        yield from self._alike()
        for identity in sorted(self._certified):
            yield from self._unplaced(identity, self._certified[identity])

    # -- reading

    def _files(self, registrations: Iterable[Line] | None) -> dict[Identity, list[Line]]:
        """The active student files by person; of the registry's own there is no line."""
        book, found = self._book, dict[Identity, list[Line]]()
        if registrations is None:
            own = [pupil for pupil in book.pupils.values() if pupil.registration in REGISTERED]
            found = {Identity(pupil.child_id): [] for pupil in own}
        else:
            active = [line for line in registrations if line.state != FILE_ENDED]
            book.learn(active)
            for line in active:
                found.setdefault(book.identity(line), []).append(line)
        self._totals["registered"] = len(found)
        self._totals["attending"] = sum(self._is_here(pupil) for pupil in book.pupils.values())
        return found

    def _look_at(self, people: Iterable[tuple[Identity, Line]]) -> None:
        of_age: set[Identity] = set()
        for identity, line in people:
            self._present.add(identity)
            if identity in self._gone or not self._is_of_age(line):
                continue
            of_age.add(identity)
            if identity not in self._registered:
                known = self._missing.get(identity, line)
                self._missing[identity] = min(known, line, key=_fullest_first)
        self._totals["of_age"] = len(of_age)

    def _of_age(self, people: Iterable[Line]) -> dict[Identity, Line]:
        """Who of them is of school age and not gone."""
        found: dict[Identity, Line] = {}
        for line in filter(self._is_of_age, people):
            identity = self._book.identity(line)
            if identity not in self._gone:
                found[identity] = min(found.get(identity, line), line, key=_fullest_first)
        return found

    def _is_of_age(self, line: Line) -> bool:
        born = line.birth_date
        return born is not None and is_of_age_at_cut_off(born, self._year, self._ages.youngest, self._ages.oldest)

    # -- judging

    def _without_file(self, identity: Identity, line: Line) -> Iterator[Difference]:
        reason = self._why_without(identity, self._book.pupil(identity))
        if reason:
            yield self._difference(identity, reason, line)

    def _why_without(self, identity: Identity, pupil: Pupil | None) -> str:
        """N1 … N4 by the evidence that there is; empty where it is known why."""
        table = self._reasons
        if pupil and pupil.attendance in table.explained:
            return ""
        if pupil and pupil.attendance in table.untraceable:
            return "N4"
        if pupil and self._is_here(pupil):
            return "N1"
        return "N3" if identity in self._leaving else "N2"

    def _with_file(self, identity: Identity, files: list[Line]) -> Iterator[Difference]:
        line = min(files, key=_fullest_first) if files else None
        pupil = self._book.pupil(identity)
        if len({(each.number_index, each.school) for each in files}) > 1:
            yield self._difference(identity, "DUP", line, _schools(files))
        reason = self._why_not_in(identity, pupil)
        if reason:
            yield self._difference(identity, reason, line, self._former_school(line, pupil))
        elif pupil and self._is_elsewhere(pupil, files):
            yield self._difference(identity, "OTHER_SCHOOL", line, _schools(files))

    def _why_not_in(self, identity: Identity, pupil: Pupil | None) -> str:
        """R1, R2 or a ghost; empty where the person is at school, or it is known why not."""
        table = self._reasons
        if pupil is None:
            known_here = identity in self._present and identity not in self._gone
            return "R1" if known_here else "GHOST"
        if pupil.attendance in table.explained:
            return ""
        said_so = pupil.sent_home or any(word in pupil.remark for word in table.home_reflection)
        if pupil.attendance in table.kept_away and said_so:
            return SENT_HOME
        if self._is_here(pupil):
            return ""
        return "GHOST" if identity in self._gone else "R1"

    def _is_here(self, pupil: Pupil) -> bool:
        return pupil.attendance in self._here

    def _is_elsewhere(self, pupil: Pupil, files: list[Line]) -> bool:
        """籍随人走: the file is at the school that the child goes to. Older exports than a transfer say nothing."""
        if pupil.moved_on and self._exported_on and self._exported_on < pupil.moved_on:
            return False
        return bool(pupil.school and files and self._is_here(pupil)) and all(
            line.school != pupil.school for line in files
        )

    def _former_school(self, line: Line | None, pupil: Pupil | None) -> str:
        return line.school if line and pupil and line.school != pupil.school else ""

    def _alike(self) -> Iterator[Difference]:
        """Persons without a file, and files without a person, that share name, birth date and guardian."""
        wanted: dict[Likeness, set[Identity]] = {}
        for identity, files in self._registered.items():
            if identity not in self._present:
                for likeness in self._likenesses(identity, files):
                    wanted.setdefault(likeness, set()).add(identity)
        for identity in sorted(self._missing):
            if not self._why_without(identity, self._book.pupil(identity)):
                continue
            line = self._missing[identity]
            found = set[Identity]().union(*(wanted.get(likeness, ()) for likeness in likenesses(line)))
            others = sorted(other for other in found if (identity, other) not in self._apart)
            if others:
                yield self._difference(identity, "SAME_PERSON", line, others[0])

    def _likenesses(self, identity: Identity, files: list[Line]) -> Iterator[Likeness]:
        for line in files:
            yield from likenesses(line)
        if pupil := self._book.pupil(identity):
            yield from likenesses(pupil)

    def _unplaced(self, identity: Identity, line: Line) -> Iterator[Difference]:
        """Rule 10-08: whoever has a certificate has been placed, or it is known why not."""
        pupil = self._book.pupil(identity)
        if pupil and (pupil.placed or pupil.attendance in self._reasons.explained):
            return
        yield self._difference(identity, "D2" if pupil and pupil.disabled else "D1", line)

    def _difference(self, identity: Identity, reason: str, line: Line | None, other: str = "") -> Difference:
        pupil = self._book.pupil(identity)
        poor = identity in self._poor or (pupil is not None and pupil.poor)
        return Difference(identity=identity, reason=reason, poor=poor, line=line, pupil=pupil, other=other)


def _fullest_first(line: Line) -> tuple[bool, bool, str, str, str]:
    """Of several lines on one person always the same one is shown, whatever their order."""
    return not line.id_index, not line.division, line.division, line.school, line.key


def _schools(files: Iterable[Line]) -> str:
    return "、".join(sorted({line.school for line in files if line.school}))
