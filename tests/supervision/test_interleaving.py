"""Facts of registry and of visits may be mixed in any way: the case comes out the same."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.supervision.facts import Fact
from services.supervision.return_cases import ending, moving, noting
from services.supervision.return_cases.commands import (
    EndSearch,
    MoveCase,
    NoteAttempt,
    NoteCheck,
    NoteChecksPlanned,
    NoteDropout,
    NoteHouseholdVisit,
    NoteReturn,
    NoteStabilised,
    NoteTeam,
    OpenCase,
)
from services.supervision.return_cases.events import MoveCause, Trigger
from services.supervision.return_cases.state import CASES, Case
from services.supervision.return_notices.events import StopReason
from tests.supervision import facts as f

DECISIONS: dict[type[Any], Any] = {
    OpenCase: partial(noting.open_case, terms=f.TERMS),
    NoteDropout: partial(noting.note_dropout, terms=f.TERMS),
    NoteReturn: noting.note_return,
    NoteStabilised: noting.note_stabilised,
    NoteTeam: noting.note_team,
    NoteAttempt: noting.note_attempt,
    NoteHouseholdVisit: noting.note_household_visit,
    NoteChecksPlanned: noting.note_checks_planned,
    NoteCheck: noting.note_check,
    EndSearch: ending.end_search,
    MoveCase: moving.move_case,
}


def opened(cycle: int, trigger: Trigger, day: date) -> OpenCase:
    return OpenCase(
        child_id=f.CHILD,
        cycle=cycle,
        trigger=trigger,
        division=f.VILLAGE,
        school_code=f.SCHOOL,
        absent_since=day,
        opened_on=day,
        opened_by="class-teacher",
        poor=False,
    )


REGISTRY: Sequence[Any] = (
    opened(1, Trigger.SUSPICION, date(2026, 9, 8)),
    NoteDropout(child_id=f.CHILD, cycle=1, confirmed_on=date(2026, 9, 29), cause="WORK"),
    NoteReturn(child_id=f.CHILD, cycle=1, returned_on=date(2026, 10, 12), return_event="registry/3/9"),
    opened(2, Trigger.RELAPSE, date(2026, 10, 20)),
    NoteReturn(child_id=f.CHILD, cycle=2, returned_on=date(2026, 10, 26), return_event="registry/3/12"),
    MoveCase(
        child_id=f.CHILD,
        division=f.OTHER_VILLAGE,
        school_code=f.OTHER_SCHOOL,
        because=MoveCause.TRANSFERRED,
        fact=f.TRANSFER,
        moved_on=date(2026, 11, 2),
    ),
    NoteStabilised(child_id=f.CHILD, cycle=2, stabilised_on=date(2026, 11, 25), fact=f.STABLE_FACT),
    opened(3, Trigger.SUSPICION, date(2026, 11, 28)),
    EndSearch(
        child_id=f.CHILD,
        cycle=3,
        because=StopReason.DECEASED,
        fact=f.DIED.fact,
        ended_on=date(2026, 11, 30),
    ),
)


def attempted(cycle: int, number: int) -> NoteAttempt:
    day = date(2026, 8 + cycle, 10 + number)
    return NoteAttempt(
        child_id=f.CHILD, cycle=cycle, attempt_no=number, method="VISIT", attempted_on=day, result="REFUSED"
    )


def visited(cycle: int, day: date) -> NoteHouseholdVisit:
    return NoteHouseholdVisit(
        child_id=f.CHILD,
        cycle=cycle,
        visit_id=f"v{cycle}",
        visited_on=day,
        entered_on=day,
        cause="WORK",
        result="REFUSED",
    )


def checked(cycle: int, number: int) -> NoteCheck:
    fact = Fact(type="visits.stability-check-recorded.v1", event=f"visits/3/{number}")
    day = date(2026, 10, 28 + number)
    return NoteCheck(child_id=f.CHILD, cycle=cycle, check_no=number, checked_on=day, finding="ATTENDING", fact=fact)


def team(cycle: int) -> NoteTeam:
    return NoteTeam(child_id=f.CHILD, cycle=cycle, teacher="周远", village_cadre="何青", guardian="程大山")


VISITS: Sequence[Any] = (
    visited(1, date(2026, 9, 9)),
    attempted(1, 1),
    attempted(1, 2),
    team(1),
    attempted(1, 3),
    visited(2, date(2026, 10, 21)),
    attempted(2, 1),
    team(2),
    NoteChecksPlanned(child_id=f.CHILD, cycle=2, planned=3),
    checked(2, 1),
    checked(2, 2),
    visited(3, date(2026, 11, 29)),
)


def taken(commands: Sequence[Any]) -> Case:
    case, context = CASES.initial(f.CHILD), f.system(date(2026, 12, 1))
    for command in commands:
        for event in DECISIONS[type(command)](case, command, context):
            case = CASES.evolve(case, event)
    return case


def merged(choices: Sequence[bool]) -> list[Any]:
    """Both sources' facts, each source in its own order, taking from the registry where the choice says so."""
    first, second, mixed = list(REGISTRY), list(VISITS), []
    for choice in choices:
        source = first if (choice and first) or not second else second
        mixed.append(source.pop(0))
    return mixed


@pytest.mark.prop("P6")
@settings(max_examples=300, deadline=None)
@given(st.lists(st.booleans(), min_size=len(REGISTRY) + len(VISITS), max_size=len(REGISTRY) + len(VISITS)))
def test_any_interleaving_of_the_two_sources_gives_the_same_case(choices: list[bool]) -> None:
    commands = merged(choices)
    assert len(commands) == len(REGISTRY) + len(VISITS)
    assert taken(commands) == taken([*REGISTRY, *VISITS])


@pytest.mark.prop("P6")
@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.booleans(), min_size=len(REGISTRY) + len(VISITS), max_size=len(REGISTRY) + len(VISITS)),
    st.data(),
)
def test_a_fact_told_twice_counts_once(choices: list[bool], data: st.DataObject) -> None:
    commands = merged(choices)
    again = data.draw(st.integers(0, len(commands) - 1))
    repeated = [*commands[: again + 1], commands[again], *commands[again + 1 :]]
    assert taken(repeated) == taken(commands)
