"""The life of a difference: found, changed, resolved by papers or by the fact, and come again."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.children.child import Child, Identity
from services.registry.children.statuses import Attendance, Registration
from services.registry.reconciliation.difference import DIFFERENCES, Difference
from services.registry.reconciliation.events import DifferenceReclassified, DifferenceReopened
from services.registry.reconciliation.finding import find_difference
from services.registry.reconciliation.reasons import Owner, reasons
from services.registry.reconciliation.resolving import (
    KNOWN_HERE,
    ReopenDifference,
    reopen_difference,
    resolve_difference,
    settle_difference,
)
from tests.given import Given, given, on
from tests.registry.facts import CHILD
from tests.registry.reconciliation.facts import (
    DAY,
    FOUND_ON,
    find,
    found,
    papers,
    recurred,
    resolve,
    resolved,
)

TODAY = on(FOUND_ON)


def past(*events: Any, reason: str = "N2") -> Given[Difference]:
    return given(DIFFERENCES, *events, id=find(reason).difference_id)


@pytest.mark.rule("9-05")
def test_a_difference_says_whose_it_is_what_must_be_shown_and_until_when() -> None:
    after = past().when(find_difference, find(), TODAY).then(found())
    after.when(find_difference, find(), TODAY).then_nothing()


def test_what_belongs_to_a_school_falls_to_the_village_where_there_is_no_school() -> None:
    assert find("N1").owner is Owner.SCHOOL
    assert find("N1", school_code="").owner is Owner.VILLAGE


def test_more_evidence_changes_the_reason_of_the_same_difference() -> None:
    untraceable = find("N4", attendance="UNTRACEABLE")
    expected = DifferenceReclassified(
        difference_id=untraceable.difference_id,
        child_id=CHILD,
        family=untraceable.family,
        reason="N4",
        previous_reason="N2",
        poor=False,
        owner=Owner.VILLAGE,
        papers=list(reasons().reason["N4"].papers),
        due_on=FOUND_ON + DAY + timedelta(days=reasons().reason["N4"].days),
        reclassified_on=FOUND_ON + DAY,
        registration="NONE",
        attendance="UNTRACEABLE",
    )
    past(found()).when(find_difference, untraceable, on(FOUND_ON + DAY)).then(expected)


def test_a_poor_child_moves_to_the_front_and_its_day_stays() -> None:
    decided = past(found()).when(find_difference, find(poor=True), on(FOUND_ON + 3 * DAY))
    (event,) = decided.events
    assert (event.poor, event.due_on) == (True, found().due_on)


@pytest.mark.parametrize("reason", sorted(reasons().reason))
def test_every_reason_is_resolved_by_its_papers_and_by_nothing_less(reason: str) -> None:
    same = True if reason == "SAME_PERSON" else None
    stream = past(found(reason), reason=reason)
    stream.when(resolve_difference, resolve(reason, same=same), TODAY).then(resolved(reason, same=same))
    for paper in papers(reason):
        lacking = resolve(reason, same=same, papers=papers(reason, without=paper.kind))
        stream.when(resolve_difference, lacking, TODAY).then_refused("papers-missing")


@pytest.mark.rule("9-06")
def test_n1_needs_the_reason_and_the_certificate_of_the_school() -> None:
    assert [paper.kind for paper in papers("N1")] == ["CAUSE", "ATTENDANCE_CERTIFICATE"]
    refused = past(found("N1")).when(
        resolve_difference, resolve("N1", papers=papers("N1", without="ATTENDANCE_CERTIFICATE")), TODAY
    )
    assert "就读学校在校证明" in refused.then_refused("papers-missing").zh


@pytest.mark.rule("9-08")
def test_n3_needs_place_school_grade_and_who_made_sure_when() -> None:
    stream = past(found("N3"))
    undated = tuple(replace(paper, dated=None) for paper in papers("N3"))
    refusal = stream.when(resolve_difference, resolve("N3", papers=undated), TODAY).then_refused("papers-missing")
    assert "核实人及核实日期" in refusal.zh
    assert "就读地省" not in refusal.zh  # a place needs no day


@pytest.mark.rule("9-09")
def test_n4_needs_report_letter_photographs_and_a_stub_at_each_level() -> None:
    kinds = {paper.kind for paper in papers("N4")}
    assert {"INVESTIGATION_REPORT", "LETTER", "PHOTOS"} < kinds
    assert {"STUB_SCHOOL", "STUB_TOWNSHIP", "STUB_COUNTY"} < kinds


@pytest.mark.rule("9-10")
@pytest.mark.parametrize("reason", ["R1", "R2"])
def test_bringing_back_is_shown_together_with_the_former_school(reason: str) -> None:
    assert "FORMER_SCHOOL_RECORD" in {paper.kind for paper in papers(reason)}


@pytest.mark.rule("9-08")
def test_whoever_looks_finds_what_it_really_is() -> None:
    elsewhere = resolve("N3", reason="N3")
    past(found("N2")).when(resolve_difference, elsewhere, TODAY).then(resolved("N3"))


def test_it_cannot_turn_out_to_be_something_of_another_family() -> None:
    wrong = resolve("N2", reason="R1", papers=papers("R1"))
    past(found()).when(resolve_difference, wrong, TODAY).then_refused("difference-reason-not-possible")


def test_only_a_proposed_match_is_decided_by_saying_whether_the_two_are_one() -> None:
    past(found()).when(resolve_difference, resolve(same=True), TODAY).then_refused("match-undecided")
    match = past(found("SAME_PERSON"), reason="SAME_PERSON")
    match.when(resolve_difference, resolve("SAME_PERSON"), TODAY).then_refused("match-undecided")


@pytest.mark.parametrize(
    ("events", "command", "code"),
    [
        ((), resolve(), "difference-unknown"),
        ((found(), resolved()), resolve(), "difference-not-open"),
        ((found(),), resolve(resolved_on=FOUND_ON + DAY), "date-in-future"),
        ((found(),), resolve(resolved_on=FOUND_ON - DAY), "date-out-of-order"),
    ],
)
def test_a_resolution_that_cannot_be_is_refused(events: tuple[Any, ...], command: Any, code: str) -> None:
    past(*events).when(resolve_difference, command, TODAY).then_refused(code)


@pytest.mark.rule("9-08")
@pytest.mark.parametrize(("later", "comes_again"), [(180, False), (181, True)])
def test_papers_explain_what_the_lists_of_a_while_go_on_saying(later: int, comes_again: bool) -> None:
    day = FOUND_ON + later * DAY
    decided = past(found("N3"), resolved("N3")).when(find_difference, find("N3", lists_on=day), on(day))
    decided.then(*([recurred("N3", day, day)] if comes_again else []))


def test_the_same_lists_never_bring_back_what_was_resolved() -> None:
    stream = past(found(), resolved())
    stream.when(find_difference, find(), on(FOUND_ON + 400 * DAY)).then_nothing()


def reopening(day: date = FOUND_ON) -> ReopenDifference:
    return ReopenDifference(difference_id=find().difference_id, why="证明系伪造", reopened_on=day)


def test_papers_that_do_not_hold_put_it_back_into_the_queue() -> None:
    event = DifferenceReopened(
        difference_id=find().difference_id,
        child_id=CHILD,
        family=find().family,
        reason="N2",
        why="证明系伪造",
        due_on=FOUND_ON + timedelta(days=reasons().reason["N2"].days),
        reopened_on=FOUND_ON,
    )
    after = past(found(), resolved()).when(reopen_difference, reopening(), TODAY).then(event)
    after.when(reopen_difference, reopening(), TODAY).then_refused("difference-open")


def settled(state: Difference, child: Child) -> list[str]:
    return [event.fact for event in settle_difference(state, child, TODAY)]


def child(attendance: str, registration: str = "NONE", **more: Any) -> Child:
    return Child(
        id=CHILD, registered=True, attendance=Attendance(attendance), registration=Registration(registration), **more
    )


@pytest.mark.rule("9-10")
def test_the_fact_itself_settles_a_difference_without_papers() -> None:
    away = past(found("R1", attendance="DROPPED_OUT", registration="RETAINED_DROPOUT"), reason="R1").state
    assert settled(away, child("DROPPED_OUT", "RETAINED_DROPOUT")) == []
    assert settled(away, child("RETURNED_PROBATION", "ACTIVE")) == ["RETURNED_PROBATION"]


@pytest.mark.rule("9-06")
def test_a_status_that_was_there_already_when_the_lists_disagreed_settles_nothing() -> None:
    numbered_here_but_not_nationally = past(found("N1", registration="ACTIVE", attendance="IN_SCHOOL")).state
    assert settled(numbered_here_but_not_nationally, child("IN_SCHOOL", "ACTIVE")) == []
    assert settled(past(found("N1", attendance="IN_SCHOOL")).state, child("IN_SCHOOL", "ACTIVE")) == ["ACTIVE"]


def test_a_strangers_difference_is_settled_when_the_registry_comes_to_know_it() -> None:
    stranger = past(found(child_id=None, id_index="ab")).state
    assert settled(stranger, child("NEVER_ENROLLED", identity=Identity(id_index="cd"))) == []
    assert settled(stranger, child("NEVER_ENROLLED", identity=Identity(id_index="ab"))) == [KNOWN_HERE]


def test_a_difference_of_a_file_that_was_merged_away_is_settled() -> None:
    assert settled(past(found("DUP"), reason="DUP").state, child("MERGED", "CANCELLED")) == ["MERGED"]


def test_what_is_resolved_is_not_settled_again() -> None:
    assert settled(past(found(), resolved()).state, child("IN_SCHOOL", "ACTIVE")) == []
    assert settled(past().state, child("IN_SCHOOL", "ACTIVE")) == []
