"""Freezing, counting, signing off and reopening a term's roster. Rules 8-05, 10-11.

The commands come with `registered`, the pupils of today: the handlers read it in the command's own transaction.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from services.registry.children.bases import KNOWN_ELSEWHERE, STANDING_LABELS, Standing
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.rosters.events import (
    ClassCounted,
    ClassRoster,
    Difference,
    HeadcountReopened,
    HeadcountSignedOff,
    RosterSnapshotTaken,
)
from services.registry.rosters.refusals import (
    ClassesNotCounted,
    CountDoesNotAddUp,
    CountedTwice,
    NoSuchClass,
    NotOfThisClass,
)
from services.registry.rosters.roster import ClassId, Registered, Roster
from shared.kernel.commands import Context
from shared.kernel.refusals import DateInFuture

MISSING, EXTRA = "MISSING", "EXTRA"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRosterSnapshot:
    """Freeze the roster of a term; once a term."""

    NAME: ClassVar[str] = "registry.take-roster-snapshot"
    school_code: SchoolCode
    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountClass:
    """`differences` explain, pupil by pupil, why `actual` is not the number of registered ones. Of whom the registry
    knows why they are not in class (suspended, taught at home, elsewhere, dropped out) nobody has to tell.
    """

    NAME: ClassVar[str] = "registry.count-class"
    school_code: SchoolCode
    term: str
    grade: int
    class_no: int
    actual: int
    counted_on: date
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffHeadcount:
    NAME: ClassVar[str] = "registry.sign-off-headcount"
    school_code: SchoolCode
    term: str
    signed_off_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckHeadcount:
    """Due when somebody came or left; it does nothing where nothing is signed off."""

    NAME: ClassVar[str] = "registry.check-headcount"
    school_code: SchoolCode
    term: str


def take_snapshot(
    roster: Roster, registered: Registered, division: str, context: Context
) -> list[RosterSnapshotTaken]:
    if roster.snapshot is not None:
        return []
    return [
        RosterSnapshotTaken(
            school_code=roster.school,
            division=division,
            term=roster.term,
            classes=[
                ClassRoster(grade=each.grade, class_no=each.class_no, pupils=list(pupils))
                for each, pupils in registered.items()
            ],
            taken_on=context.today,
        )
    ]


def count_class(
    roster: Roster, registered: Registered, division: str, command: CountClass, context: Context
) -> list[ClassCounted]:
    """Counting again replaces the count before, and what was signed off is open again."""
    if command.counted_on > context.today:
        raise DateInFuture("counted_on")
    pupils = registered.get(ClassId(command.grade, command.class_no), {})
    if not pupils and not command.actual:
        raise NoSuchClass()
    differences = _with_known(pupils, command)
    _check_differences(pupils, differences, command.actual)
    return [
        ClassCounted(
            school_code=roster.school,
            division=division,
            term=roster.term,
            grade=command.grade,
            class_no=command.class_no,
            registered=len(pupils),
            actual=command.actual,
            pupils=list(pupils),
            differences=differences,
            counted_on=command.counted_on,
        )
    ]


def sign_off(
    roster: Roster, registered: Registered, division: str, command: SignOffHeadcount, context: Context
) -> list[HeadcountSignedOff]:
    """A count that no longer fits the roster is no count."""
    if command.signed_off_on > context.today:
        raise DateInFuture("signed_off_on")
    if roster.signed is not None:
        return []
    if open_classes := _not_as_counted(roster, registered):
        raise ClassesNotCounted([str(each) for each in open_classes])
    counts = [roster.counted[each] for each in sorted(roster.counted)]
    return [
        HeadcountSignedOff(
            school_code=roster.school,
            division=division,
            term=roster.term,
            classes=len(counts),
            registered=sum(each.registered for each in counts),
            actual=sum(each.actual for each in counts),
            differences=sum(len(each.differences) for each in counts),
            signed_off_on=command.signed_off_on,
        )
    ]


def check_headcount(
    roster: Roster, registered: Registered, division: str, context: Context
) -> list[HeadcountReopened]:
    if roster.signed is None:
        return []
    changed = _not_as_counted(roster, registered)
    if not changed:
        return []
    return [
        HeadcountReopened(
            school_code=roster.school,
            division=division,
            term=roster.term,
            classes=[str(each) for each in changed],
            reopened_on=context.today,
        )
    ]


def _with_known(pupils: Mapping[ChildId, Standing], command: CountClass) -> list[Difference]:
    """What was told, and of whom the registry knows more than that they are missing, by what it knows."""
    told = [_as_known(pupils, each) for each in command.differences]
    explained = {each.child_id for each in told if each.kind != EXTRA}
    return told + [
        Difference(kind=standing.value, child_id=child, name="", explanation=STANDING_LABELS[standing])
        for child, standing in pupils.items()
        if standing in KNOWN_ELSEWHERE and child not in explained
    ]


def _as_known(pupils: Mapping[ChildId, Standing], told: Difference) -> Difference:
    standing = pupils.get(told.child_id) if told.child_id and told.kind == MISSING else None
    return replace(told, kind=standing.value) if standing in KNOWN_ELSEWHERE else told


def _check_differences(pupils: Mapping[ChildId, Standing], differences: Sequence[Difference], actual: int) -> None:
    """One who is known to be elsewhere, and sits in class all the same, is told as EXTRA."""
    for side in ([each for each in differences if each.kind == EXTRA], _not_there(differences)):
        named = [each.child_id for each in side if each.child_id is not None]
        if any(times > 1 for times in Counter(named).values()):
            raise CountedTwice()
    missing = _not_there(differences)
    if not {each.child_id for each in missing} <= pupils.keys():
        raise NotOfThisClass()
    extra = len(differences) - len(missing)
    if (adds_up_to := len(pupils) - len(missing) + extra) != actual:
        known = sum(each.kind != MISSING for each in missing)
        raise CountDoesNotAddUp(len(pupils), len(missing), known, extra, adds_up_to, actual)


def _not_there(differences: Sequence[Difference]) -> list[Difference]:
    return [each for each in differences if each.kind != EXTRA]


def _not_as_counted(roster: Roster, registered: Registered) -> list[ClassId]:
    """The classes never counted, or in which somebody came or left since; those that ceased to be included."""
    counted = {each: set(count.pupils) for each, count in roster.counted.items()}
    there = {each: set(pupils) for each, pupils in registered.items()}
    classes = sorted(counted.keys() | there.keys())
    return [each for each in classes if each not in counted or counted[each] != there.get(each, set())]
