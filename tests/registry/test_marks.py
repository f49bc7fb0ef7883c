"""The dropout mark in the national system: set for a confirmed dropout, taken off when the child is back."""

from typing import Any

import pytest

from services.registry.children.state import CHILDREN
from services.registry.marks.decisions import (
    MarkDropout,
    MarkMustStay,
    NothingToMark,
    NotMarked,
    UnmarkDropout,
    mark_dropout,
    unmark_dropout,
)
from services.registry.marks.events import DropoutMarked, DropoutUnmarked
from shared.kernel.refusals import DateBefore, DateInFuture, Refused
from tests.given import given, on
from tests.registry.facts import CHILD, absent, day, dropped_out, enrolled, registered, returned, suspected

SUSPECTED = (registered(), enrolled(), absent(0), suspected())
GONE = (*SUSPECTED, dropped_out())
MARKED = DropoutMarked(child_id=CHILD, receipt="BZ-1", marked_on=day(29))
BACK = returned(35, after="DROPPED_OUT")


def mark(number: int = 29) -> MarkDropout:
    return MarkDropout(child_id=CHILD, receipt="BZ-1", marked_on=day(number))


def unmark(number: int = 36) -> UnmarkDropout:
    return UnmarkDropout(child_id=CHILD, receipt="CX-1", unmarked_on=day(number))


@pytest.mark.rule("10-10")
def test_a_confirmed_dropout_is_marked_once() -> None:
    given(CHILDREN, *GONE).when(mark_dropout, mark(), on(day(29))).then(MARKED)
    given(CHILDREN, *GONE, MARKED).when(mark_dropout, mark(30), on(day(30))).then_nothing()


@pytest.mark.rule("10-10")
def test_the_mark_is_taken_off_when_the_child_is_back() -> None:
    off = DropoutUnmarked(child_id=CHILD, receipt="CX-1", unmarked_on=day(36))
    given(CHILDREN, *GONE, MARKED, BACK).when(unmark_dropout, unmark(), on(day(36))).then(off)


@pytest.mark.rule("10-10")
@pytest.mark.parametrize(
    ("past", "decide", "command", "refusal"),
    [
        (SUSPECTED, mark_dropout, mark(), NothingToMark),
        (GONE, mark_dropout, mark(37), DateInFuture),
        ((*GONE, MARKED), unmark_dropout, unmark(), MarkMustStay),
        ((*GONE, BACK), unmark_dropout, unmark(), NotMarked),
        ((*GONE, MARKED, BACK), unmark_dropout, unmark(28), DateBefore),
    ],
)
def test_a_mark_says_what_is_so(past: tuple[Any, ...], decide: Any, command: Any, refusal: type[Refused]) -> None:
    given(CHILDREN, *past).when(decide, command, on(day(36))).then_refused(refusal.code)
