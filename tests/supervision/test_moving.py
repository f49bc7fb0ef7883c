"""A case goes where the child goes, with its open duties and live notices; what was done stays where it was done."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.supervision.obligations.duties import Duty
from services.supervision.return_cases.commands import CloseCase, MoveCase, RequestClosure
from services.supervision.return_cases.events import MoveCause
from services.supervision.return_cases.moving import move_case
from services.supervision.return_cases.reasons import ClosureReason, Evidence, EvidenceKind
from services.supervision.return_cases.state import CASES
from shared.kernel.caller import Place
from tests.given import given
from tests.shared.http.client import Client
from tests.supervision import facts as f
from tests.supervision import neighbours as n
from tests.supervision.county import County
from tests.supervision.test_api import ISSUE, REPORT, SignIn, asked_for
from tests.supervision.test_notices import ISSUE as COMMAND
from tests.supervision.test_notices import issue

MOVE = MoveCase(
    child_id=f.CHILD,
    division=f.OTHER_VILLAGE,
    school_code=f.OTHER_SCHOOL,
    because=MoveCause.TRANSFERRED,
    fact=f.TRANSFER,
    moved_on=f.DUE_ON,
)
THERE = Place(f.OTHER_VILLAGE, f.OTHER_SCHOOL)


@pytest.mark.parametrize("past", [f.OPEN, f.SERVED, f.BACK, (*f.OPEN, f.DIED)])
def test_a_case_in_hand_moves_once_and_says_whence_why_and_since_when(past: tuple[object, ...]) -> None:
    after = given(CASES, *past).when(move_case, MOVE, f.system(f.DUE_ON))
    assert after.events[0] == f.moved()
    assert CASES.place(after.state) == THERE
    after.then(*after.events).when(move_case, MOVE, f.system(f.DUE_ON)).then_nothing()


def test_open_duties_and_live_notices_are_handed_over_and_nothing_else() -> None:
    served = given(CASES, *f.SERVED).when(move_case, MOVE, f.system(f.DUE_ON))
    assert [getattr(each, "duty", None) or getattr(each, "notice_id", "") for each in served.events[1:]] == [
        Duty.HOUSEHOLD_VISIT,
        f.NOTICE,
    ]


@pytest.mark.parametrize("past", [(), (*f.STABLE, f.closure_requested(), f.case_closed())], ids=["none", "closed"])
def test_no_case_and_a_closed_one_stay(past: tuple[object, ...]) -> None:
    given(CASES, *past).when(move_case, MOVE, f.system(f.DUE_ON)).then_nothing()


def test_a_child_at_no_school_stays_with_the_school_that_had_the_case_last() -> None:
    after = given(CASES, *f.OPEN).when(move_case, replace(MOVE, school_code=""), f.system(f.DUE_ON))
    assert CASES.place(after.state) == Place(f.OTHER_VILLAGE, f.SCHOOL)


@pytest.mark.rule("11-11")
def test_the_township_where_the_child_lives_now_is_competent() -> None:
    asked = given(CASES, *f.REQUESTED, f.moved()).state
    day = date(2026, 9, 16)
    issued, number = issue(
        asked, f.township(day, f.OTHER_TOWNSHIP), replace(COMMAND, township=f.OTHER_TOWNSHIP), township_name="白水乡"
    )
    assert (issued.issuer, number.township) == ("白水乡人民政府", f.OTHER_TOWNSHIP)


# -- over HTTP


@pytest.fixture
def former(sign_in: SignIn) -> Client:
    return sign_in("school_admin", subject="principal", school=f.SCHOOL)


@pytest.fixture
def present(sign_in: SignIn) -> Client:
    return sign_in("school_admin", subject="new-principal", school=f.OTHER_SCHOOL)


def lines(client: Client, ledger: str) -> int:
    return len(client.get(f"/ledgers/{ledger}").json["rows"])


MOVING = ("return-cases", "due-obligations", "return-notices")
MOVES = {
    "transfer-completed": n.transferred(f.SUSPECTED_ON),
    "receiving-school-assigned": n.transferred(f.SUSPECTED_ON) | {"because": "MERGED"},
    "child-enrolled": n.enrolled() | {"school_code": f.OTHER_SCHOOL, "school_name": "白水乡中心小学"},
    "child-corrected": {"field": "division", "new_value": f.OTHER_VILLAGE, "corrected_on": "2026-09-08"},
}


@pytest.mark.parametrize("word", MOVES)
def test_the_new_place_finds_the_case_and_the_former_ones_act_no_more(
    served: County, former: Client, present: Client, sign_in: SignIn, word: str
) -> None:
    notice = asked_for(served, former)
    old_clerk = sign_in("township_clerk", division=f.TOWNSHIP)
    new_clerk = sign_in("township_clerk", division=f.OTHER_TOWNSHIP)
    town = n.a_township(f.OTHER_TOWNSHIP, "白水乡")
    served.registry_says("division-registered", town, child=f.OTHER_TOWNSHIP, place=Place(f.OTHER_TOWNSHIP))

    served.registry_says(word, MOVES[word], place=n.ELSEWHERE_IN_THE_COUNTY)

    for gone in (former.get(f"/cases/{f.CHILD}"), former.post(f"/cases/{f.CHILD}/reports", REPORT)):
        assert gone.status_code == 404
    assert old_clerk.post(f"/return-notices/{notice}/issues", ISSUE).status_code == 404
    assert present.get(f"/cases/{f.CHILD}").json["cycles"][0]["place"]["school_code"] == f.OTHER_SCHOOL
    assert [lines(present, each) for each in MOVING] == [1, 1, 1]
    assert [lines(new_clerk, each) for each in MOVING] == [1, 1, 1]
    assert [lines(former, each) for each in MOVING] == [lines(old_clerk, each) for each in MOVING] == [0, 0, 0]
    assert lines(former, "done-obligations") == 1  # the report that the former school made stays theirs
    assert new_clerk.post(f"/return-notices/{notice}/issues", ISSUE).status_code == 201
    assert new_clerk.get(f"/return-notices/{notice}").json["document"]["number"] == "白水乡限复〔2026〕1号"


def test_the_case_of_a_merged_file_goes_to_the_place_of_the_file_that_stays_and_back_when_they_are_parted(
    served: County, former: Client, present: Client
) -> None:
    served.registry_says("student-returned", n.returned(f.SUSPECTED_ON))
    merged = {"merged_into": "c2", "reason": "", "evidence": [], "merged_on": "2026-09-08", "cycle": 1}
    kept = {"kept_division": f.OTHER_VILLAGE, "kept_school_code": f.OTHER_SCHOOL}
    served.registry_says("duplicate-merged", merged | kept)
    assert present.get(f"/cases/{f.CHILD}").json["status"] == "SEARCH_ENDED"
    assert former.get(f"/cases/{f.CHILD}").status_code == 404
    parted = {"merged_into": "c2", "reason": "", "absent_since": None, "steady_since": None}
    served.registry_says("duplicate-unmerged", parted | {"unmerged_on": "2026-09-08"})
    assert former.get(f"/cases/{f.CHILD}").json["status"] == "VERIFYING"
    assert present.get(f"/cases/{f.CHILD}").status_code == 404


def test_figures_say_whether_children_are_counted_where_they_stand_or_where_they_stood(
    served: County, sign_in: SignIn
) -> None:
    served.registry_says("transfer-completed", n.transferred(f.SUSPECTED_ON), place=n.ELSEWHERE_IN_THE_COUNTY)
    officer = sign_in("bureau_officer", division="349921")
    told = {
        standing: officer.get(f"/figures/return-cases?by=school&standing={standing}").json
        for standing in ("now", "opened")
    }
    assert [each["code"] for each in told["now"]["places"]] == [f.OTHER_SCHOOL]
    assert [(each["code"], each["name"]) for each in told["opened"]["places"]] == [(f.SCHOOL, "青石镇中心小学")]
    assert {standing: each["standing"] for standing, each in told.items()} == {"now": "now", "opened": "opened"}


def test_a_duty_that_was_missed_before_the_move_names_the_school_that_missed_it(served: County) -> None:
    served.at(f.DUE_ON + timedelta(days=1))
    served.strikes()
    served.registry_says("transfer-completed", n.transferred(f.DUE_ON), place=n.ELSEWHERE_IN_THE_COUNTY)
    row = served.duty(Duty.REPORT_SUSPECTED)
    assert (row["school"], row["missed_school"], row["status"]) == (f.OTHER_SCHOOL, f.SCHOOL, "OVERDUE")


def test_a_closure_stays_where_the_case_was_closed_when_its_ground_lapses(served: County) -> None:
    fields = {"province": "34", "city": "", "county": "", "school_name": "", "grade": 5, "papers": [], "cycle": 1}
    served.registry_says("elsewhere-confirmed", fields | {"confirmed_on": "2026-09-08"})
    paper = Evidence(kind=EvidenceKind.SCHOOL_CERTIFICATE, reference="1", dated_on=f.SUSPECTED_ON)
    request = RequestClosure(child_id=f.CHILD, cycle=1, reason=ClosureReason.ELSEWHERE_CONFIRMED, evidence=(paper,))
    served.sends(request, f.school(f.SUSPECTED_ON))
    served.sends(CloseCase(child_id=f.CHILD, cycle=1), f.bureau(f.SUSPECTED_ON))
    lapsed = {"confirmed_on": "2026-09-08", "back_to": "NEVER_ENROLLED", "absent_since": None}
    served.registry_says("elsewhere-lapsed", lapsed | {"lapsed_on": "2026-09-08"}, place=n.ELSEWHERE_IN_THE_COUNTY)
    row = served.rows("closures")[f"{f.CHILD}:1"]
    assert (row["school"], row["status"], row["contradicted_by"]) == (
        f.SCHOOL,
        "CONTRADICTED",
        "registry.elsewhere-lapsed.v1",
    )
