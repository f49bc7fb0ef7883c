"""The whole service on a real database: events in, ledgers and clocks out."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from services.supervision.bootstrap import supervision
from services.supervision.obligations.duties import Duty
from services.supervision.return_cases.commands import CloseCase, ReportUp, RequestClosure
from services.supervision.return_cases.reasons import ClosureReason
from services.supervision.return_notices.commands import IssueNotice, RecordService, RequestNotice
from shared.calendar import start_of_local_day
from shared.kernel.consumer import Consumer
from shared.kernel.refusals import NotFound, RoleNotAllowed
from shared.kernel.verify import verify_ledger
from tests import calendars
from tests.kernel.harness import running
from tests.supervision import facts as f
from tests.supervision import neighbours as n
from tests.supervision.county import County


@pytest.fixture
def county(mongo: str, database: str) -> Iterator[County]:
    with running(mongo, database, supervision(f.TERMS.policy, f.TERMS.calendar)) as (service,):
        county = County(service.application, service.clock)
        county.at(f.SUSPECTED_ON)
        county.names_places()
        county.registry_says("child-registered", n.registered())
        county.registry_says("child-enrolled", n.enrolled())
        yield county


def with_notice_served(county: County, served_on: date) -> None:
    county.registry_says("suspected-dropout-flagged", n.suspected())
    for number in (1, 2, 3):
        county.visits_say("persuasion-attempted", n.attempted(number))
    report = ReportUp(
        child_id=f.CHILD, duty=Duty.REPORT_SUSPECTED, reported_on=f.SUSPECTED_ON, document="青石小学〔2026〕7号"
    )
    county.sends(report, f.school(f.SUSPECTED_ON))
    county.sends(RequestNotice(child_id=f.CHILD, notice_id=f.NOTICE, facts="三次劝返未果"), f.school(f.SUSPECTED_ON))
    county.at(served_on)
    issue = IssueNotice(child_id=f.CHILD, notice_id=f.NOTICE, township=f.TOWNSHIP, issued_on=served_on)
    county.sends(issue, f.township(served_on))
    county.sends(
        RecordService(child_id=f.CHILD, notice_id=f.NOTICE, receipt=f.receipt(served_on)), f.township(served_on)
    )


def test_a_child_lost_served_returned_and_struck_off(county: County) -> None:
    with_notice_served(county, date(2026, 9, 18))
    assert county.case()["status"] == "LEGAL_ESCALATED"
    assert (county.notice()["status"], county.notice()["number"]) == ("RUNNING", "青石镇限复〔2026〕1号")
    county.at(f.RETURNED_ON)
    event = county.registry_says("student-returned", n.returned(f.RETURNED_ON), times=2)
    assert (county.case()["status"], county.case()["return_event"]) == ("VERIFYING", event.id)
    assert county.notice()["status"] == "COMPLIED"
    assert county.store.deadlines.count_documents({}) == 0
    county.visits_say("stability-checks-scheduled", n.checks_scheduled(f.RETURNED_ON))
    county.at(f.STABLE_ON)
    for number in (1, 2, 3):
        county.visits_say("stability-check-recorded", n.checked(number, f.STABLE_ON))
    county.registry_says("return-stabilised", n.stabilised(f.STABLE_ON))
    request = RequestClosure(
        child_id=f.CHILD,
        cycle=1,
        reason=ClosureReason.RETURNED_STABLE,
        evidence=f.EVIDENCE,
        return_event=event.id,
    )
    county.sends(request, f.school(f.STABLE_ON))
    county.sends(CloseCase(child_id=f.CHILD, cycle=1), f.bureau(f.STABLE_ON))
    assert county.case()["status"] == "CLOSED"
    assert county.rows("closures")[f"{f.CHILD}:1"]["return_event"] == event.id


@pytest.mark.rule("9-28")
def test_a_relapse_after_closing_is_counted_and_leaves_the_old_cycle_readable(county: County) -> None:
    test_a_child_lost_served_returned_and_struck_off(county)
    day = date(2026, 11, 12)
    county.at(day)
    county.registry_says("student-relapsed", n.relapsed(day), times=2)
    row = county.case()
    assert (row["status"], row["cycle"], row["relapse_count"]) == ("OPENED", 2, 1)
    assert county.rows("closures")[f"{f.CHILD}:1"]["status"] == "REOPENED"
    first, second = row["state"]["cycles"]  # type: ignore[index]
    assert (first["closed"]["closed_by"], second["closed"]) == ("officer", None)


@pytest.mark.prop("P10")
def test_every_ledger_equals_a_replay_of_the_logs(county: County) -> None:
    test_a_relapse_after_closing_is_counted_and_leaves_the_old_cycle_readable(county)
    county.registry_says("calendar-loaded", calendars.told(calendars.NOTICE_2027), child="calendar")
    sources = {"registry": county.registry, "visits": county.visits}
    for ledger in county.store.service.ledgers:
        assert county.rows(ledger.name), ledger.name
        assert list(verify_ledger(county.store, ledger, sources)) == []


@pytest.mark.prop("P2")
def test_every_event_delivered_twice_has_its_effect_once(county: County) -> None:
    county.visits_say("persuasion-attempted", n.attempted(1), times=2)
    county.registry_says("suspected-dropout-flagged", n.suspected(), times=2)
    county.visits_say("household-visit-recorded", n.visited(), times=2)
    team = {"teacher": "周远", "village_cadre": "何青", "guardian": "程大山", "cycle": 1}
    county.visits_say("return-team-assigned", team, times=2)
    row = county.case()
    assert (row["status"], row["attempts"], row["teacher"]) == ("TEAM_ASSIGNED", 1, "周远")
    types = [event["type"] for event in county.store.events.find({"stream": f"return-case-{f.CHILD}"})]
    assert sorted(set(types)) == sorted(
        [
            "supervision.attempt-noted.v1",
            "supervision.case-opened.v1",
            "supervision.case-team-noted.v1",
            "supervision.household-visit-noted.v1",
            "supervision.obligation-met.v1",
            "supervision.obligation-raised.v1",
        ]
    )
    assert len(types) == len(set(types)) + 1  # two duties were raised


def test_a_notice_is_addressed_to_whoever_is_the_guardian_now(county: County) -> None:
    linked = {"guardian_id": "g1", "name": "程桂兰", "relation": "62", "linked_on": "2026-09-02", "consent": ""}
    sealed = {"guardian_id_number": None, "guardian_id_index": None, "guardian_phone": None}
    county.registry_says("guardian-linked", {**linked, **sealed, "principal_name": "程大山"})
    assert county.rows("children")[f.CHILD]["guardian_name"] == "程大山"
    unlinked = {"guardian_id": "registration", "reason": "DECEASED", "evidence": ["1"], "unlinked_on": "2026-09-03"}
    county.registry_says("guardian-unlinked", {**unlinked, "principal_name": "程桂兰"})
    assert county.rows("children")[f.CHILD]["guardian_name"] == "程桂兰"


def test_a_visit_that_answers_no_suspicion_opens_nothing(county: County) -> None:
    county.visits_say("household-visit-recorded", n.visited(cycle=0))
    assert county.rows("return-cases") == {}


def test_events_this_service_has_no_use_for_are_passed_over(county: County) -> None:
    county.registry_says("absence-recorded", {"day": "2026-09-02"})
    county.visits_say("plan-closed", {"cycle": 1})
    assert county.store.parked.count_documents({}) == 0
    assert county.store.events.count_documents({}) == 0


@pytest.mark.prop("P7")
def test_a_case_that_cannot_be_read_parks_its_own_child_and_no_other(county: County) -> None:
    county.registry_says("suspected-dropout-flagged", n.suspected())
    stream = {"stream": f"return-case-{f.CHILD}", "version": 1}
    county.store.events.update_one(stream, {"$set": {"type": "supervision.unheard-of.v9"}})
    now = county.clock.now()
    both = [
        county.registry.says("death-recorded", now, n.died(f.SUSPECTED_ON)),
        county.registry.says("suspected-dropout-flagged", now, n.suspected(), "c2"),
    ]
    taken = Consumer(county.application).take(both)
    assert (taken.applied, taken.parked) == (1, 1)
    assert list(county.rows("return-cases")) == [f.CHILD, "c2"]


@pytest.mark.prop("P14")
@pytest.mark.rule("9-27")
def test_the_notice_expires_after_the_holidays_even_when_the_clock_jumps_and_the_process_restarts(
    county: County,
) -> None:
    with_notice_served(county, date(2026, 9, 24))
    assert county.notice()["last_day"] == "2026-10-08"
    county.clock.advance(start_of_local_day(date(2026, 10, 8)) - county.clock.now() + timedelta(hours=23))
    county = county.restarted()
    county.strikes()
    assert county.notice()["status"] == "RUNNING"
    county.clock.advance(timedelta(hours=1))
    county.strikes()
    assert county.notice()["status"] == "EXPIRED"
    assert county.duty(Duty.REPORT_EXPIRY)["due_on"] == "2026-10-10"
    county.at(date(2027, 1, 5))
    assert (county.restarted().strikes(), county.restarted().strikes()) == (1, 0)
    assert county.duty(Duty.REPORT_EXPIRY)["status"] == "OVERDUE"


@pytest.mark.prop("P14")
def test_an_unreported_suspicion_is_overdue_from_the_first_moment_of_the_next_day(county: County) -> None:
    county.registry_says("suspected-dropout-flagged", n.suspected())
    county.clock.advance(start_of_local_day(date(2026, 9, 10)) - county.clock.now() - timedelta(seconds=1))
    assert county.strikes() == 0
    county.clock.advance(timedelta(seconds=1))
    assert county.strikes() == 2
    assert county.duty(Duty.REPORT_SUSPECTED)["status"] == "OVERDUE"
    assert county.case()["overdue"] == 2


def test_a_school_reports_only_for_its_own_children(county: County) -> None:
    county.registry_says("suspected-dropout-flagged", n.suspected())
    report = ReportUp(
        child_id=f.CHILD, duty=Duty.REPORT_SUSPECTED, reported_on=f.SUSPECTED_ON, document="青石小学〔2026〕7号"
    )
    foreign = f.acting(f.SUSPECTED_ON, "school_admin", "other", "349922")
    with pytest.raises(NotFound):
        county.sends(report, foreign)
    with pytest.raises(RoleNotAllowed):
        county.sends(report, f.township(f.SUSPECTED_ON))
