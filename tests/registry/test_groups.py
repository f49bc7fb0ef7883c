"""Special groups: who belongs to one, since when, until when, and who may know."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from itertools import chain

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from services.registry.children.child import Child
from services.registry.children.state import CHILDREN
from services.registry.groups.catalogue import catalogue
from services.registry.groups.events import GroupEntered, GroupEvent, GroupLeft
from services.registry.groups.memberships import EnterGroup, LeaveGroup, enter_group, leave_group
from services.registry.ledgers.children import apply
from services.registry.queries import covers
from shared.kernel.refusals import Refused
from tests.given import given, on
from tests.registry.facts import BORN, CHILD, day, enrolled, registered
from tests.registry.test_child_model import RECORDED

enter = partial(enter_group, catalogue())
leave = partial(leave_group, catalogue())
TODAY = day(60)


def entry(group: str = "LEFT_BEHIND", since: int = 0) -> EnterGroup:
    return EnterGroup(
        child_id=CHILD, group=group, source="青石镇留守儿童名册", from_on=day(since), evidence=("册3页",)
    )


def entered(group: str = "LEFT_BEHIND", since: int = 0) -> GroupEntered:
    return GroupEntered(
        child_id=CHILD,
        group=group,
        source="青石镇留守儿童名册",
        evidence=["册3页"],
        particulars=None,
        from_on=day(since),
    )


def departure(group: str = "LEFT_BEHIND", until: int = 30) -> LeaveGroup:
    return LeaveGroup(child_id=CHILD, group=group, left_on=day(until), reason="母亲返乡")


def left(group: str = "LEFT_BEHIND", since: int = 0, until: int = 30) -> GroupLeft:
    return GroupLeft(
        child_id=CHILD, group=group, from_on=day(since), left_on=day(until), reason="母亲返乡", evidence=[]
    )


@pytest.mark.rule("11-23")
@pytest.mark.parametrize("group", ["MIGRANT", "ORPHAN", "DISABLED"])
def test_migrant_orphaned_and_disabled_children_are_marked_with_source_evidence_and_day(group: str) -> None:
    given(CHILDREN, registered()).when(enter, entry(group), on(TODAY)).then(entered(group))


def test_a_child_on_the_list_stays_there_since_the_day_on_file() -> None:
    given(CHILDREN, registered(), entered()).when(enter, entry(since=9), on(TODAY)).then_nothing()


def test_a_child_leaves_a_list_and_may_be_on_it_again_later() -> None:
    again = given(CHILDREN, registered(), entered()).when(leave, departure(), on(TODAY)).then(left())
    again.when(enter, entry(since=30), on(TODAY)).then(entered(since=30))


def test_two_memberships_of_one_group_do_not_overlap() -> None:
    past = given(CHILDREN, registered(), entered(), left())
    past.when(enter, entry(since=29), on(TODAY)).then_refused("memberships-overlap")


def test_an_entry_by_mistake_is_taken_back_on_the_day_it_began() -> None:
    mistaken = given(CHILDREN, registered(), entered()).when(leave, departure(until=0), on(TODAY))
    mistaken.then(left(until=0)).when(enter, entry(), on(TODAY)).then(entered())


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (EnterGroup(child_id=CHILD, group="NO_SUCH", source="名册", from_on=day(0)), "group-unknown"),
        (EnterGroup(child_id=CHILD, group="ORPHAN", source="名册", from_on=TODAY + timedelta(1)), "date-in-future"),
        (
            EnterGroup(child_id=CHILD, group="ORPHAN", source="名册", from_on=BORN - timedelta(1)),
            "date-out-of-order",
        ),
    ],
)
def test_an_entry_that_cannot_be_is_refused(command: EnterGroup, code: str) -> None:
    given(CHILDREN, registered()).when(enter, command, on(TODAY)).then_refused(code)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (departure("ORPHAN"), "not-in-group"),
        (departure(until=-1), "date-out-of-order"),
        (departure(until=61), "date-in-future"),
    ],
)
def test_a_departure_that_cannot_be_is_refused(command: LeaveGroup, code: str) -> None:
    given(CHILDREN, registered(), entered()).when(leave, command, on(TODAY)).then_refused(code)


def test_nobody_unknown_belongs_to_a_group() -> None:
    given(CHILDREN).when(enter, entry(), on(TODAY)).then_refused("child-not-registered")


@pytest.mark.rule("5-02")
@pytest.mark.parametrize("group", ["DIFFICULTY_CONDUCT", "DIFFICULTY_LEARNING", "DIFFICULTY_POVERTY"])
def test_a_difficulty_is_set_by_the_school_and_by_nobody_who_may_not_know_it(group: str) -> None:
    pupil = given(CHILDREN, registered(), enrolled())
    pupil.when(enter, entry(group), on(TODAY, role="class_teacher")).then(entered(group))
    pupil.when(enter, entry(group), on(TODAY, role="township_clerk")).then_refused("group-unknown")


def test_only_heads_know_of_a_legal_case() -> None:
    knowing = {role for role in catalogue().audiences["COUNTY_LISTS"] if "IN_LEGAL_CASE" in catalogue().known_to(role)}
    assert knowing == {"county_admin", "bureau_officer", "school_admin"}


GROUPS = ("ORPHAN", "MIGRANT")
DAYS = range(13)
steps = st.lists(st.tuples(st.booleans(), st.sampled_from(GROUPS), st.sampled_from(DAYS)), max_size=12)


@settings(max_examples=300, deadline=None)
@drawn(steps)
def test_the_ledger_says_of_each_day_what_a_calendar_with_crosses_says(asked: list[tuple[bool, str, int]]) -> None:
    child = CHILDREN.evolve(CHILDREN.initial(CHILD), registered())
    row = apply(None, registered(), RECORDED)
    crosses: dict[str, set[int]] = {group: set() for group in GROUPS}
    for entering, group, number in asked:
        for event in _decided(child, entering, group, number):
            child, row = CHILDREN.evolve(child, event), apply(row, event, RECORDED)
            later = {each for each in DAYS if each >= number}
            crosses[group] = crosses[group] | later if entering else crosses[group] - later
    assert row is not None
    for group in GROUPS:
        spans = [span for span in row["memberships"] if span["list"] == group]
        covered = [[each for each in DAYS if covers(span, day(each).isoformat())] for span in spans]
        assert sorted(chain(*covered)) == sorted(crosses[group])  # each day once
        assert (group in row["groups"]) == (group in child.groups) == any(span["to"] is None for span in spans)


def _decided(child: Child, entering: bool, group: str, number: int) -> Sequence[GroupEvent]:
    try:
        if entering:
            return enter(child, entry(group, number), on(TODAY))
        return leave(child, departure(group, number), on(TODAY))
    except Refused:
        return []
