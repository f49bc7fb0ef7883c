"""Clocks set anew without an event: what stands moves, and nothing fires twice at one time."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.deadlines import SetDeadline, firing_id, set_anew
from tests.kernel.harness import START

NONE: frozenset[str] = frozenset()
HOURS = st.integers(-48, 48)


def clock(hours: int, key: str = "a") -> SetDeadline:
    return SetDeadline(key, START + timedelta(hours=hours), None)


def test_a_clock_that_stands_at_another_time_moves_also_into_the_past() -> None:
    assert set_anew([clock(5)], {"a": clock(3).due_at}, NONE) == [clock(5)]
    assert set_anew([clock(-5)], {"a": clock(3).due_at}, NONE) == [clock(-5)]


def test_a_clock_that_stands_as_it_should_is_left_alone() -> None:
    assert set_anew([clock(5)], {"a": clock(5).due_at}, NONE) == []


def test_a_clock_that_has_fired_never_fires_again_at_the_same_time() -> None:
    fired = {firing_id("a", clock(-1).due_at)}
    assert set_anew([clock(-1)], {}, fired) == []
    assert set_anew([clock(-1, "b")], {}, fired) == [clock(-1, "b")]


def test_a_clock_that_fired_too_early_is_set_once_more() -> None:
    fired = {firing_id("a", clock(-1).due_at)}
    assert set_anew([clock(1)], {}, fired) == [clock(1)]


@given(st.dictionaries(st.sampled_from("abc"), HOURS), st.dictionaries(st.sampled_from("abc"), HOURS))
def test_setting_anew_twice_changes_nothing_the_second_time(asked: dict[str, int], standing: dict[str, int]) -> None:
    clocks = [clock(hours, key) for key, hours in asked.items()]
    stands = {key: clock(hours).due_at for key, hours in standing.items()}
    for each in set_anew(clocks, stands, NONE):
        stands[each.key] = each.due_at
    assert set_anew(clocks, stands, NONE) == []
