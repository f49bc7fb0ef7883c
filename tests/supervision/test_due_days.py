"""When the county's calendar changes, open duties move, and what is served keeps its day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from services.supervision.bootstrap import supervision
from services.supervision.due_days.moving import moved
from services.supervision.obligations.duties import Duty
from services.supervision.obligations.raising import raise_duty
from services.supervision.policy import Terms
from services.supervision.return_cases.state import CASES
from services.supervision.return_notices.commands import IssueNotice, RecordService, RequestNotice
from services.supervision.return_notices.document import as_html, document_of
from services.supervision.return_notices.events import NoticeServed
from services.supervision.return_notices.outlook import hint
from services.supervision.return_notices.state import evolve_notice
from shared.calendar import DueDay
from shared.calendar.live import LiveCalendar
from shared.kernel.calendar_ledger import follow
from tests import calendars
from tests.given import given
from tests.kernel.harness import running
from tests.supervision import facts as f
from tests.supervision import neighbours as n
from tests.supervision.county import County
from tests.supervision.test_service import with_notice_served

MAYBE = "可能调整（2027年放假安排尚未公布）"
NEW_YEAR_EVE = date(2026, 12, 31)


def under(text: str) -> Terms:
    return Terms(f.TERMS.policy, calendars.content(text).over(f.TERMS.calendar))


# -- reckoning


@pytest.mark.rule("10-12")
def test_the_visit_to_a_suspected_dropout_is_due_at_once_also_on_a_day_off() -> None:
    raised = raise_duty(f.CHILD, 1, Duty.HOUSEHOLD_VISIT, date(2026, 9, 30), f.TERMS)
    assert (raised.due_on, raised.provisional) == (date(2026, 10, 1), False)


def test_a_duty_whose_period_lies_in_an_unannounced_year_is_provisional() -> None:
    raised = raise_duty(f.CHILD, 1, Duty.REPORT_SUSPECTED, NEW_YEAR_EVE, f.TERMS)
    assert (raised.due_on, raised.provisional) == (date(2027, 1, 4), True)
    announced = raise_duty(f.CHILD, 1, Duty.REPORT_SUSPECTED, NEW_YEAR_EVE, under(calendars.NOTICE_2027))
    assert (announced.due_on, announced.provisional) == (date(2027, 1, 4), False)


# -- moving


def test_an_open_duty_moves_and_one_that_is_past_does_not() -> None:
    case = given(CASES, *f.OPEN).state
    closed = under(calendars.festival(date(2026, 9, 1), date(2026, 9, 20)))
    events = moved(case, closed, f.SUSPECTED_ON)
    assert [(event.duty, event.due_on) for event in events] == [(Duty.REPORT_SUSPECTED, date(2026, 9, 21))]
    assert moved(case, closed, date(2026, 9, 25)) == []
    again = given(CASES, *f.OPEN, *events).state
    assert moved(again, closed, f.SUSPECTED_ON) == []


LOADS = [
    calendars.festival(date(2026, 9, 1), date(2026, 9, 20)),
    calendars.festival(date(2026, 9, 5), date(2026, 9, 12)),
    calendars.NOTICE_2027,
    calendars.nothing(2026),
]


@drawn(st.permutations(LOADS), st.sets(st.integers(1, 3)))
def test_whatever_was_loaded_in_whatever_order_open_duties_end_as_if_reckoned_from_scratch(
    texts: Sequence[str], walks_after: set[int]
) -> None:
    case, content = given(CASES, *f.OPEN).state, calendars.content(texts[0])
    for number, text in enumerate(texts, start=1):
        content = content.replaced_by(calendars.content(text))
        terms = Terms(f.TERMS.policy, content.over(f.TERMS.calendar))
        if number in walks_after or number == len(texts):
            for event in moved(case, terms, f.SUSPECTED_ON):
                case = CASES.evolve(case, event)
    for each in case.cycle(1).obligations:
        assert terms.due_on(each.duty, each.raised_on) == DueDay(each.due_on, each.provisional)


def test_a_served_notice_keeps_its_day_and_an_issued_one_only_its_outlook_changes() -> None:
    closed = under(calendars.festival(date(2026, 9, 20), date(2026, 9, 30)))
    assert moved(given(CASES, *f.SERVED).state, closed, date(2026, 9, 18)) == []
    (changed,) = moved(given(CASES, *f.ISSUED).state, closed, date(2026, 9, 18))
    assert changed.outlook.expected_last_day == date(2026, 10, 1)


# -- what is told of a notice


def test_an_issued_notice_that_would_end_in_the_holidays_warns_on_the_screen_and_a_served_one_is_settled() -> None:
    late = f.notice_issued(on=date(2027, 1, 20))
    notice = given(CASES, *f.REQUESTED, late).state.cycle(1).notices[0]
    assert "正值学校假期" in hint(notice)
    assert MAYBE in hint(notice)
    document = document_of(notice)
    assert document is not None
    assert MAYBE in as_html(document)
    assert "@media print" in as_html(document)
    served = evolve_notice(
        notice,
        NoticeServed(
            child_id=f.CHILD,
            cycle=1,
            notice_id=f.NOTICE,
            receipt=f.receipt(date(2027, 1, 20)),
            counts_from=date(2027, 1, 20),
            last_day=date(2027, 1, 27),
            recorded_by="clerk",
            in_school_holidays=True,
        ),
    )
    assert "学校假期" in hint(served)
    assert "可能调整" not in hint(served)


# -- the walk


@pytest.fixture
def county(mongo: str, database: str) -> Iterator[County]:
    calendar = LiveCalendar()
    with running(mongo, database, supervision(f.TERMS.policy, calendar)) as (service,):
        follow(calendar, service.store)
        county = County(service.application, service.clock)
        county.at(f.SUSPECTED_ON)
        county.names_places()
        county.registry_says("child-registered", n.registered())
        county.registry_says("child-enrolled", n.enrolled())
        yield county


def load(county: County, text: str) -> None:
    county.registry_says("calendar-loaded", calendars.told(text), child="calendar")
    county.clock.advance(timedelta(minutes=1))
    while county.strikes():
        pass


def test_a_loaded_notice_clears_the_mark_and_moves_the_clock_with_the_day(county: County) -> None:
    county.at(NEW_YEAR_EVE)
    county.registry_says("suspected-dropout-flagged", n.suspected())
    duty = county.duty(Duty.REPORT_SUSPECTED)
    assert (duty["due_on"], duty["due_note"]) == ("2027-01-04", MAYBE)
    longer = calendars.NOTICE_2027.replace("2027-01-03", "2027-01-05")
    load(county, longer)
    duty = county.duty(Duty.REPORT_SUSPECTED)
    assert (duty["due_on"], duty["due_before"], duty["due_note"]) == ("2027-01-06", "2027-01-04", "")
    county.at(date(2027, 1, 6))
    county.strikes()
    assert county.duty(Duty.REPORT_SUSPECTED)["status"] == "DUE"
    county.at(date(2027, 1, 7))
    county.strikes()
    assert county.duty(Duty.REPORT_SUSPECTED)["status"] == "OVERDUE"


def test_a_served_notice_is_not_moved_by_what_is_loaded_later(county: County) -> None:
    with_notice_served(county, date(2026, 9, 18))
    before = county.notice()["last_day"]
    load(county, calendars.festival(date(2026, 9, 20), date(2026, 9, 30)))
    assert county.notice()["last_day"] == before


def test_an_issued_notices_hint_follows_the_calendar(county: County) -> None:
    county.at(date(2026, 12, 28))
    county.registry_says("suspected-dropout-flagged", n.suspected())
    for number in (1, 2, 3):
        county.visits_say("persuasion-attempted", n.attempted(number))
    today = date(2026, 12, 28)
    asked = RequestNotice(child_id=f.CHILD, notice_id=f.NOTICE, facts="三次劝返未果", unreported_because="道路中断")
    county.sends(asked, f.school(today))
    issue = IssueNotice(child_id=f.CHILD, notice_id=f.NOTICE, township=f.TOWNSHIP, issued_on=today)
    county.sends(issue, f.township(today))
    assert MAYBE in str(county.notice()["hint"])
    load(county, calendars.NOTICE_2027)
    assert county.notice()["hint"] == ""
    county.sends(RecordService(child_id=f.CHILD, notice_id=f.NOTICE, receipt=f.receipt(today)), f.township(today))
    assert county.notice()["last_day"] == "2027-01-04"
