"""What the lists of schools, pupils, households, accounts and special groups ask for."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from services.registry import sealing
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.names import is_one_of
from services.registry.class_days.known import ClassDay
from services.registry.corrections.decisions import AdvanceCorrection
from services.registry.corrections.steps import Step
from services.registry.divisions.divisions import RegisterDivision
from services.registry.groups.memberships import EnterGroup
from services.registry.households.categories import HouseholdCategory
from services.registry.households.decisions import SetGuardianAccount, SetHouseholdCategory
from services.registry.imports.intents import (
    NO_CORRECTION,
    Intent,
    NotOurs,
    TurnedAway,
    Wanted,
    as_said,
    in_chunks,
    of_row,
)
from services.registry.imports.known import KnownChildren, doubted, turned_away
from services.registry.imports.naming import NO_SUCH_PUPIL, KnownChild
from services.registry.leaving.decisions import CompletePrimary, RecordGraduation
from services.registry.leaving.events import Certificate
from services.registry.namesakes import Names
from services.registry.personal import PersonalData
from services.registry.schools.schools import RegisterSchool
from shared.kernel.store import Store
from shared.workbooks.rows import GoodRow
from shared.workbooks.shapes import Problem

STRONGEST_FIRST = (
    HouseholdCategory.EXTREME_POVERTY,
    HouseholdCategory.SUBSISTENCE_ALLOWANCE,
    HouseholdCategory.MONITORED,
    HouseholdCategory.LIFTED_OUT,
    HouseholdCategory.DISABILITY,
    HouseholdCategory.NONE,
)
"""Of several categories of one household the one with the widest help is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Importing:
    """What planning needs: whom the registry knows, how personal data is sealed, the file's hash, and the day.

    `doubts`: the classes and days of which an attendance sheet leaves open who was there, and why.
    """

    known: KnownChildren
    personal: PersonalData
    file_hash: str
    today: date
    divisions: Mapping[SchoolCode, str]
    store: Store
    doubts: dict[ClassDay, str] = field(default_factory=dict)


def plan_schools(rows: Iterable[GoodRow], names: Names) -> Iterator[Intent]:
    for row in _with_namesakes(rows, names, "学校名称", "school_code"):
        values = {name: value for name, value in row.values.items() if value is not None}
        yield Wanted(RegisterSchool(**values), of_row(row), (row,))


def plan_divisions(rows: Iterable[GoodRow], names: Names) -> Iterator[Intent]:
    for row in _with_namesakes(rows, names, "名称", "division_code"):
        yield Wanted(RegisterDivision(**row.values), of_row(row), (row,))


def _with_namesakes(rows: Iterable[GoodRow], names: Names, title: str, code: str) -> Iterator[GoodRow]:
    """The rows, with a warning where another one of the county or of the file has the name."""
    for row in rows:
        name = row.values["name"]
        taken = names.taken(name, row.values[code])
        names.note(name, row.values[code])
        warned = (Problem.of(taken, title, name, blocking=False),) if taken else ()
        yield replace(row, warnings=(*row.warnings, *warned))


def plan_households(rows: Iterable[GoodRow], work: Importing) -> Iterator[Intent]:
    """One command a child, for its household's strongest category; members who are no pupils are passed over."""
    rows_of: dict[ChildId, list[GoodRow]] = {}
    for chunk in in_chunks(rows):
        for row, meant in zip(chunk, work.known.members(chunk), strict=True):
            title, name = "家庭成员姓名", row.values["member_name"]
            if meant.against:
                yield turned_away(row, meant, title, name)
            elif meant.child is None:
                yield NotOurs(row)
            else:
                rows_of.setdefault(meant.child.id, []).append(doubted(row, meant, title, name))
    for child_id, about in rows_of.items():
        command = _category(child_id, about)
        yield Wanted(command, as_said(command), tuple(about))


def _category(child_id: ChildId, rows: Sequence[GoodRow]) -> SetHouseholdCategory:
    strongest = min(rows, key=lambda row: STRONGEST_FIRST.index(HouseholdCategory(row.values["category"])))
    paper = strongest.values["evidence"]
    return SetHouseholdCategory(
        child_id=child_id,
        household_no=strongest.values["household_no"],
        category=HouseholdCategory(strongest.values["category"]),
        effective_from=strongest.values["category_from"],
        source=strongest.values["source"] or "",
        evidence=(paper,) if paper else (),
    )


def plan_accounts(rows: Iterable[GoodRow], work: Importing) -> Iterator[Intent]:
    def account(row: GoodRow, child: KnownChild) -> SetGuardianAccount:
        return sealing.account(work.personal, child.id, row.values | {"set_on": work.today})

    return _of_known_pupils(rows, work, "学生姓名", account)


def plan_groups(rows: Iterable[GoodRow], work: Importing) -> Iterator[Intent]:
    def entry(row: GoodRow, child: KnownChild) -> EnterGroup:
        values = {name: row.values[name] for name in ("group", "from_on", "source", "particulars")}
        evidence = [row.values["evidence"]] if row.values["evidence"] else []
        return sealing.membership(work.personal, child.id, values | {"evidence": evidence})

    return _of_known_pupils(rows, work, "姓名", entry)


def plan_graduates(rows: Iterable[GoodRow], work: Importing) -> Iterator[Intent]:
    def graduation(row: GoodRow, child: KnownChild) -> RecordGraduation:
        return RecordGraduation(
            child_id=child.id,
            certificate=Certificate(row.values["certificate"]),
            certificate_no=row.values["certificate_no"],
            graduated_on=row.values["ended_on"],
        )

    return _of_known_pupils(rows, work, "姓名", graduation)


def plan_primary_leavers(rows: Iterable[GoodRow], work: Importing) -> Iterator[Intent]:
    def completion(row: GoodRow, child: KnownChild) -> CompletePrimary:
        return CompletePrimary(
            child_id=child.id,
            next_school_code=SchoolCode(row.values["next_school_code"]),
            completed_on=row.values["ended_on"],
        )

    return _of_known_pupils(rows, work, "姓名", completion)


def plan_correction_receipts(rows: Iterable[GoodRow], work: Importing) -> Iterator[Intent]:
    """The number is that of the correction's ledger row: the child's id and the correction's own."""
    for chunk in in_chunks(rows):
        known = work.known.with_ids(row.values["number"].partition(":")[0] for row in chunk)
        for row in chunk:
            yield _receipt(row, known)


def _receipt(row: GoodRow, known: Mapping[str, KnownChild]) -> Intent:
    child_id, colon, correction_id = row.values["number"].partition(":")
    if not colon:
        return TurnedAway(row, Problem.of(NO_CORRECTION, "更正编号", row.values["number"]))
    child, name = known.get(child_id), row.values["name"]
    if child and name and not is_one_of(name, (child.name, *child.former_names)):
        return TurnedAway(row, Problem.of(NO_SUCH_PUPIL, "姓名", name))
    entered = AdvanceCorrection(
        child_id=ChildId(child_id),
        correction_id=correction_id,
        step=Step.ENTERED_IN_NATIONAL_SYSTEM,
        advanced_on=row.values["advanced_on"],
        reference=row.values["reference"],
    )
    return Wanted(entered, of_row(row), (row,))


def _of_known_pupils(
    rows: Iterable[GoodRow], work: Importing, title: str, command_of: Callable[[GoodRow, KnownChild], Any]
) -> Iterator[Intent]:
    """A command for each row whose pupil is known; the others are turned away."""
    for chunk in in_chunks(rows):
        for each in work.known.pupils(chunk, title):
            if isinstance(each, TurnedAway):
                yield each
            else:
                row, child = each
                yield Wanted(command_of(row, child), of_row(row), (row,))
