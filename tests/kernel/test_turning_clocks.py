"""Clocks that follow from the state of a stream: what an event makes of them."""

from datetime import UTC, datetime, timedelta

from shared.kernel.deadlines import CancelDeadline, SetDeadline, turn_clocks

MOMENT = datetime(2026, 9, 1, tzinfo=UTC)
EARLY, LATE = (SetDeadline("a", MOMENT + timedelta(days=days), "remind") for days in (1, 2))
OTHER = SetDeadline("b", MOMENT, "expire")


def test_what_stands_newly_is_set_and_what_stands_no_longer_is_cancelled() -> None:
    assert turn_clocks([], [EARLY]) == [EARLY]
    assert turn_clocks([EARLY, OTHER], [OTHER]) == [CancelDeadline("a")]


def test_what_moves_is_set_anew() -> None:
    assert turn_clocks([EARLY], [LATE]) == [LATE]


def test_what_goes_on_standing_is_left_alone_for_it_may_have_fired() -> None:
    assert turn_clocks([EARLY, OTHER], [OTHER, EARLY]) == []
