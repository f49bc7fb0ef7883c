"""The note of what was planted: what a reader of the files must find, and nothing else."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedFault:
    """One mistake. `refused` is the code with which the row is refused; None where it reads as good. `warned` is the
    code with which a good row is taken, if anything is said of it.

    `finding` says what a row that reads as good must lead to. `file` is relative to the county's folder and
    `row` counts as Excel does.
    """

    kind: str
    file: str
    sheet: str
    row: int
    refused: str | None = None
    finding: str | None = None
    warned: str | None = None
    key: str | None = None


@dataclass(slots=True)
class FileCount:
    """How the rows of one kind of table in one file read."""

    kind: str
    file: str
    good: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A child whose attendance tells something. Runs are (first day, last day, kind, school days)."""

    story: str
    key: str
    name: str
    school_code: str
    school_name: str
    poor: bool
    runs: tuple[tuple[date, date, str, int], ...]
    suspected: bool
    absent_calendar_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedCalendar:
    """A part of the county's calendar, which holds before attendance is told. `document` is its source (文号)."""

    file: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedList:
    """A list from outside: kept as of `list_on`, to be compared with the others."""

    kind: str
    file: str
    list_on: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedDifference:
    """What comparing the lists on `compared_on` must find: that `reason` of the person known by `key`, its identity
    number or, where it has none, its student number. None: the lists only seem to disagree, and nothing is found.
    `why` says in a word what was done to the lists.
    """

    why: str
    key: str
    name: str
    reason: str | None
    poor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedFact:
    """What no list tells: `body` is posted to `path` below `/api/v1`, or, with a `key`, below the child with this
    identity number.
    """

    path: str
    body: dict[str, Any]
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedTwice:
    """A child with two files: `key` is the identity number in one, `other_key` the student number in the other.

    `kind` says in a word what the second file says otherwise.
    """

    kind: str
    key: str
    other_key: str
    name: str


@dataclass(slots=True)
class Planted:
    """Everything that was planted, with the numbers that reading the files must give."""

    seed: int
    today: date
    compared_on: date
    term_began: date
    first_attendance_day: date
    last_attendance_day: date
    schools: int
    students: int
    faults: list[PlantedFault] = field(default_factory=list)
    files: list[FileCount] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    calendars: list[PlantedCalendar] = field(default_factory=list)
    lists: list[PlantedList] = field(default_factory=list)
    differences: list[PlantedDifference] = field(default_factory=list)
    facts: list[PlantedFact] = field(default_factory=list)
    twice: list[PlantedTwice] = field(default_factory=list)

    still_absent: list[str] = field(default_factory=list)
    """Whose absence goes on after the last day, though its sheet does not say so."""
    in_doubt: list[tuple[str, int, int]] = field(default_factory=list)
    """School, grade and class of which the last day's headcount does not add up."""

    unread: dict[str, list[str]] = field(default_factory=dict)
    """By file, the codes of what of it is told as not read, or as read unseen."""

    def count(self, kind: str, file: str) -> FileCount:
        self.files.append(FileCount(kind, file))
        return self.files[-1]

    @property
    def suspected(self) -> list[str]:
        """The children who are suspected dropouts after the last attendance day, by the rule of 7 days."""
        return sorted(story.key for story in self.stories if story.suspected)

    def totals(self) -> dict[str, dict[str, Any]]:
        """For each kind of table: good rows, and refused rows by code."""
        found: dict[str, dict[str, Any]] = {}
        for file in self.files:
            total = found.setdefault(file.kind, {"good": 0, "refused": Counter()})
            total["good"] += file.good
            total["refused"] += file.refused
        return found

    def write(self, path: Path) -> None:
        """Write the note as JSON, in the same order every time."""
        note = msgspec.to_builtins(self) | {
            "faults_by_kind": Counter(fault.kind for fault in self.faults),
            "differences_by_reason": Counter(each.reason for each in self.differences if each.reason),
            "totals": self.totals(),
            "suspected_after_last_day": self.suspected,
        }
        path.write_bytes(msgspec.json.format(msgspec.json.encode(note), indent=1))
