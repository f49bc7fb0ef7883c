"""The list of children with a certificate beside the placements: who waits for one, until it is decided."""

from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest

from services.registry.children.ids import ChildId
from services.registry.groups.catalogue import catalogue
from services.registry.groups.memberships import EnterGroup
from services.registry.ledgers.placements import AUDIENCE
from services.registry.placements.decisions import DecidePlacement
from services.registry.placements.kinds import PlacementKind, placings
from services.registry.policy import read_policy
from services.registry.reconciliation.difference import DIFFERENCES
from services.registry.reconciliation.events import DifferenceEvent
from services.registry.reconciliation.jobs import reconciliation_jobs
from services.registry.reconciliation.reasons import reasons
from services.registry.reconciliation.resolving import resolve_difference
from services.registry.service import registry
from services.registry.snapshots.jobs import list_jobs
from services.registry.snapshots.kinds import ListKind
from services.roles import ROLES
from shared.calendar import shipped_calendar
from shared.kernel.firing import fire_due
from shared.kernel.service import Service
from shared.runtime import Runtime
from tests.given import given, on
from tests.registry.conftest import Registry
from tests.registry.imports.test_importing import LI, PUPILS, ROSTER, WANG, school, sheet
from tests.registry.papers import papers_for
from tests.registry.reconciliation.facts import FOUND_ON, find, found, resolve, resolved
from tests.registry.reconciliation.people import line, pupil, unknown
from tests.registry.reconciliation.test_compare import found as compared
from tests.registry.reconciliation.test_running import difference, queue, run
from tests.registry.snapshots.test_keeping import keep
from tests.registry.test_api import SignIn, officer
from tests.shared.http.client import Client

__all__ = ["officer", "school"]  # fixtures, used by name
TODAY = date(2026, 11, 20)
HEADING = ["姓名", "身份证号", "残疾类别等级"]
CERTIFIED = [["王小雨", WANG, "听力二级"], ["李大河", LI, "肢体三级"]]


def certify(nol: Registry, *, on_: date = date(2026, 10, 1)) -> None:
    keep(nol, *CERTIFIED, kind=ListKind.DISABILITY, heading=HEADING, on=on_)


def child(nol: Registry, id_number: str) -> ChildId:
    row = nol.store.ledger_collection("children").find_one({"id_index": nol.personal.index("id_number", id_number)})
    assert row is not None
    return ChildId(row["_id"])


def record(nol: Registry, id_number: str) -> None:
    entry = EnterGroup(child_id=child(nol, id_number), group="DISABLED", source="残联名册", from_on=date(2026, 9, 1))
    nol.do(entry)


def place(nol: Registry, id_number: str, kind: PlacementKind = PlacementKind.INCLUSIVE) -> None:
    papers = papers_for(placings()[kind].transition)
    teacher = "孙老师" if placings()[kind].is_at_home else ""
    nol.do(
        DecidePlacement(
            child_id=child(nol, id_number),
            placement=kind,
            reason="委员会评估",
            decided_on=TODAY,
            papers=papers,
            teacher=teacher,
        )
    )


def fire(nol: Registry) -> None:
    while fire_due(nol.application):
        pass


@pytest.mark.rule("10-08")
@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([], [(unknown("ID1"), "D1")]),
        ([pupil()], [("cID1", "D1")]),
        ([pupil(disabled=True)], [("cID1", "D2")]),
        ([pupil(disabled=True, placed=True)], []),
        *([[pupil(status=status)], []] for status in sorted(reasons().explained)),
    ],
)
def test_a_child_with_a_certificate_is_placed_or_it_is_known_why_not(known: Any, expected: Any) -> None:
    assert compared(disabled=[line()], attending=known) == expected


def test_who_is_too_old_dead_or_gone_for_certain_waits_for_no_placement() -> None:
    moved = line(state="OUT", on=date(2026, 7, 1), confirmed=True)
    assert compared(disabled=[line(birth_date=date(2009, 1, 1))]) == []
    assert compared(disabled=[line()], deaths=[line()]) == []
    assert compared(disabled=[line()], migrated=[moved]) == []


@pytest.mark.rule("10-08")
@pytest.mark.parametrize("kind", list(PlacementKind))
def test_the_placement_takes_it_off_the_queue_without_another_run(school: Registry, kind: PlacementKind) -> None:
    school.load("rosters", sheet("青石镇中心小学花名册", [*ROSTER, "学籍号"], [*PUPILS[1], f"G{LI}"]))
    certify(school)
    record(school, LI)
    run(school)
    assert [each for each in queue(school) if each[1] in ("D1", "D2")] == [("李大河", "D2"), ("王小雨", "D1")]
    row = difference(school, "王小雨", "DISABILITY")
    assert (row["owner"], row["due_on"]) == ("SCHOOL", "2026-12-20")
    assert row["papers"] == ["DISABILITY_CERTIFICATE", "COMMITTEE_OPINION"]

    place(school, LI, kind)
    fire(school)

    settled = difference(school, "李大河", "DISABILITY")
    assert (settled["status"], settled["fact"]) == ("RESOLVED", "PLACED")
    before = school.events()
    run(school)
    assert school.events() == before + 1  # the run itself: it found one less
    assert difference(school, "李大河", "DISABILITY")["status"] == "RESOLVED"


def test_the_same_difference_says_more_when_the_disability_is_on_file(school: Registry) -> None:
    certify(school)
    run(school)
    record(school, WANG)
    run(school)
    row = difference(school, "王小雨", "DISABILITY")
    assert (row["reason"], row["papers"], row["status"]) == ("D2", ["COMMITTEE_OPINION"], "OPEN")


def test_papers_explain_it_until_a_list_of_a_later_half_year_says_it_again(school: Registry) -> None:
    certify(school)
    run(school)
    row = difference(school, "王小雨", "DISABILITY")
    school.do(resolve("D1", difference_id=row["_id"], resolved_on=TODAY))
    certify(school, on_=TODAY)
    run(school)
    assert difference(school, "王小雨", "DISABILITY")["status"] == "RESOLVED"
    school.wait_until(date(2027, 6, 1))
    certify(school, on_=date(2027, 6, 1))
    run(school)
    assert difference(school, "王小雨", "DISABILITY")["cycle"] == 2


# -- who may know


def registry_service() -> Service:
    return registry(read_policy(), shipped_calendar())


def test_only_roles_that_may_know_of_a_disability_may_read_the_queue_and_its_events() -> None:
    service = registry_service()
    hidden = frozenset(ROLES) - AUDIENCE - {"service"}
    assert hidden
    for name in ("differences", "resolved-differences"):
        view = service.view(name)
        assert view is not None
        assert view.roles
        assert view.roles <= AUDIENCE
    types = {event.TYPE for event in get_args(DifferenceEvent)}
    assert all(types <= service.hidden_from(role) for role in hidden)
    assert not any(types & service.hidden_from(role) for role in AUDIENCE)


def test_a_county_that_lets_fewer_know_of_it_hides_the_queue_from_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    narrower = {**catalogue().audiences, "COUNTY_LISTS": catalogue().audiences["SCHOOL_HEAD"]}
    few = replace(catalogue(), audiences=narrower)
    monkeypatch.setattr("services.registry.reconciliation.reasons.catalogue", lambda: few)
    assert reasons().roles_that_may_know_all == catalogue().audiences["SCHOOL_HEAD"]
    assert reasons().may_know("inspector", "N1")
    assert not reasons().may_know("inspector", "D1")


def test_who_may_not_know_of_it_cannot_ask_whether_there_is_one() -> None:
    about = resolve("D1", difference_id=find("D1").difference_id)
    past = given(DIFFERENCES, found("D1"), id=find("D1").difference_id)
    past.when(resolve_difference, about, on(FOUND_ON, role="finance_preparer")).then_refused("difference-unknown")
    past.when(resolve_difference, about, on(FOUND_ON, role="school_admin")).then(resolved("D1"))


@pytest.mark.rule("10-08")
def test_the_payers_learn_of_no_disability_from_queue_workbook_or_feed(
    officer: Client, sign_in: SignIn, runtime: Runtime, school: Registry
) -> None:
    certify(school)
    assert officer.post("/reconciliations", {}).status_code == 202
    while runtime.jobs.run_next({**list_jobs(runtime), **reconciliation_jobs(runtime, read_policy().age)}):
        pass
    row = difference(school, "王小雨", "DISABILITY")
    cadre, payer = sign_in("village_cadre", division="349921"), sign_in("finance_preparer", division="349921")
    paths = ("/ledgers/differences", "/ledgers/differences.xlsx", f"/ledgers/differences/{row['_id']}", "/events")
    for path in paths:
        assert cadre.get(path).status_code == 200, path
        assert payer.get(path).status_code == 403, path
    assert row["_id"] in cadre.get("/events?limit=500").text
    assert "D1" in cadre.get("/ledgers/differences").text
