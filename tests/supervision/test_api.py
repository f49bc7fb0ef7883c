"""The service as its callers meet it."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.shared.http.client import Client
from tests.supervision import facts as f
from tests.supervision import neighbours as n
from tests.supervision.county import County

SignIn = Callable[..., Client]
REPORT = {"duty": "REPORT_SUSPECTED", "reported_on": "2026-09-08", "document": "青石小学〔2026〕7号"}
ISSUE = {"issued_on": "2026-09-08"}
SERVICE = {"method": "DIRECT", "served_on": "2026-09-08", "servers": ["周远", "何青"], "signer": "程大山"}


@pytest.fixture
def school(sign_in: SignIn) -> Client:
    return sign_in("school_admin", subject="principal", school=f.SCHOOL)


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("township_clerk", division=f.TOWNSHIP)


def asked_for(county: County, school: Client) -> str:
    """A notice that the school has asked for after three attempts and a report; its id."""
    for number in (1, 2, 3):
        county.visits_say("persuasion-attempted", n.attempted(number))
    assert school.post(f"/cases/{f.CHILD}/reports", REPORT).status_code == 201
    asked = school.post(f"/cases/{f.CHILD}/notice-requests", {"facts": "三次劝返未果。"})
    assert asked.status_code == 201, asked.json
    return str(school.get(f"/cases/{f.CHILD}").json["cycles"][0]["notices"][0]["id"])


@pytest.mark.rule("11-11")
@pytest.mark.rule("8-03")
def test_school_reports_and_asks_and_the_township_issues_and_serves(
    served: County, school: Client, clerk: Client
) -> None:
    notice = asked_for(served, school)
    assert clerk.get(f"/return-notices/{notice}").json["document"] is None
    assert clerk.get(f"/return-notices/{notice}/document").status_code == 404
    assert clerk.post(f"/return-notices/{notice}/issues", ISSUE).status_code == 201
    assert clerk.post(f"/return-notices/{notice}/services", SERVICE).status_code == 201
    shown = clerk.get(f"/return-notices/{notice}").json
    assert (shown["status"], shown["last_day"]) == ("RUNNING", "2026-09-15")
    case = school.get(f"/cases/{f.CHILD}")
    assert (case.json["status"], case.headers["ETag"]) == ("LEGAL_ESCALATED", '"11"')


def test_the_notice_prints_as_a_page_with_names_and_nothing_else_of_the_family(
    served: County, school: Client, clerk: Client
) -> None:
    served.registry_says("child-registered", n.registered(name="<程&小禾>"))
    notice = asked_for(served, school)
    clerk.post(f"/return-notices/{notice}/issues", ISSUE)
    clerk.post(f"/return-notices/{notice}/services", SERVICE)
    answer = clerk.get(f"/return-notices/{notice}/document")
    assert answer.content_type == "text/html; charset=utf-8"
    for words in (
        "限期复学通知书",
        "青石镇限复〔2026〕1号",
        "程大山：",
        "&lt;程&amp;小禾&gt;",
        "青石镇中心小学五年级2班",
        "《中华人民共和国义务教育法》第五十八条",
        "复学期限截止：2026年9月15日",
        "青石镇人民政府（盖章）",
    ):
        assert words in answer.text
    assert "349921101205-017" not in answer.text
    clerk.post(f"/return-notices/{notice}/withdrawals", {"ground": "姓名写错"})
    assert "本通知书已撤回（姓名写错）" in clerk.get(f"/return-notices/{notice}/document").text


@pytest.mark.prop("P2")
def test_a_report_sent_again_under_its_key_is_answered_as_before(served: County, school: Client) -> None:
    first = school.post(f"/cases/{f.CHILD}/reports", REPORT, idempotency_key="k1")
    again = school.post(f"/cases/{f.CHILD}/reports", REPORT, idempotency_key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json["events"] == again.json["events"]
    unkeyed = school.post(f"/cases/{f.CHILD}/reports", REPORT)
    assert (unkeyed.status_code, unkeyed.json["code"]) == (409, "obligation-not-open")


@pytest.mark.rule("9-23")
@pytest.mark.rule("11-14")
def test_a_case_is_closed_by_a_second_person_with_the_return_that_the_case_shows(
    served: County, school: Client, sign_in: SignIn
) -> None:
    officer = sign_in("bureau_officer", division="349921")
    served.at(f.RETURNED_ON)
    served.registry_says("student-returned", n.returned(f.RETURNED_ON))
    served.at(f.STABLE_ON)
    served.registry_says("return-stabilised", n.stabilised(f.STABLE_ON))
    request = {
        "cycle": 1,
        "reason": "RETURNED_STABLE",
        "return_event": school.get(f"/cases/{f.CHILD}").json["cycles"][0]["returned"]["return_event"],
        "evidence": [
            {"kind": kind, "reference": "附件1", "dated_on": "2026-10-22"} for kind in ("ATTENDANCE_RECORD",)
        ],
        "unchecked_because": "村小停电，台账遗失",
    }
    assert officer.post(f"/cases/{f.CHILD}/closures", {"cycle": 1}).json["code"] == "closure-not-requested"
    assert school.post(f"/cases/{f.CHILD}/closure-requests", request).status_code == 201
    assert school.post(f"/cases/{f.CHILD}/closures", {"cycle": 1}).status_code == 403
    assert officer.post(f"/cases/{f.CHILD}/closures", {"cycle": 1}).status_code == 201
    assert school.get(f"/cases/{f.CHILD}").json["status"] == "CLOSED"


@pytest.mark.rule("11-14")
def test_lost_whereabouts_are_refused_as_a_reason(served: County, school: Client) -> None:
    request = {"cycle": 1, "reason": "UNTRACEABLE", "evidence": []}
    answer = school.post(f"/cases/{f.CHILD}/closure-requests", request)
    assert (answer.status_code, answer.json["field"]) == (422, "reason")


@pytest.mark.parametrize(
    "broken",
    [
        {**SERVICE, "served_on": "2026-02-30"},
        {**SERVICE, "method": "PIGEON"},
        {**SERVICE, "servers": []},
        {**SERVICE, "servers": ["  "]},
        {**SERVICE, "seal": "yes"},
        {},
    ],
)
def test_a_broken_proof_of_service_is_told_field_by_field(
    served: County, school: Client, clerk: Client, broken: dict[str, object]
) -> None:
    notice = asked_for(served, school)
    answer = clerk.post(f"/return-notices/{notice}/services", broken)
    assert (answer.status_code, answer.json["code"]) == (422, "fields-not-valid")


@pytest.mark.prop("P16")
def test_another_township_or_school_sees_and_does_nothing(served: County, school: Client, sign_in: SignIn) -> None:
    notice = asked_for(served, school)
    foreign = sign_in("township_clerk", division="349921102")
    other_school = sign_in("school_admin", school="2134000999")
    for answer in (
        foreign.get(f"/cases/{f.CHILD}"),
        foreign.get(f"/return-notices/{notice}"),
        foreign.get(f"/return-notices/{notice}/document"),
        foreign.post(f"/return-notices/{notice}/issues", ISSUE),
        foreign.post(f"/return-notices/{notice}/withdrawals", {"ground": "无"}),
        other_school.get(f"/cases/{f.CHILD}"),
        other_school.post(f"/cases/{f.CHILD}/reports", REPORT),
    ):
        assert answer.status_code == 404
        assert "程" not in answer.text
    assert foreign.get("/figures/return-cases").json == {"standing": "now", "places": []}


@pytest.mark.rule("11-11")
def test_the_county_may_read_but_not_issue(served: County, school: Client, sign_in: SignIn) -> None:
    notice = asked_for(served, school)
    county = sign_in("county_admin", division="349921")
    assert county.get(f"/return-notices/{notice}").status_code == 200
    assert county.post(f"/return-notices/{notice}/issues", ISSUE).status_code == 403
    wide = sign_in("township_clerk", division="349921")
    assert wide.post(f"/return-notices/{notice}/issues", ISSUE).json["code"] == "issuer-not-competent"


def test_two_notices_of_a_township_have_numbers_in_a_row(served: County, school: Client, clerk: Client) -> None:
    first = asked_for(served, school)
    clerk.post(f"/return-notices/{first}/issues", ISSUE)
    clerk.post(f"/return-notices/{first}/withdrawals", {"ground": "姓名写错"})
    school.post(f"/cases/{f.CHILD}/notice-requests", {"facts": "三次劝返未果。"})
    second = school.get(f"/cases/{f.CHILD}").json["cycles"][0]["notices"][1]["id"]
    clerk.post(f"/return-notices/{second}/issues", ISSUE)
    numbers = [clerk.get(f"/return-notices/{each}").json["document"]["number"] for each in (first, second)]
    assert numbers == ["青石镇限复〔2026〕1号", "青石镇限复〔2026〕2号"]


@pytest.mark.parametrize(
    ("by", "code", "name"), [("school", f.SCHOOL, "青石镇中心小学"), ("township", f.TOWNSHIP, "")]
)
def test_figures_count_children_with_their_base(
    served: County, sign_in: SignIn, by: str, code: str, name: str
) -> None:
    for child in ("c2", "c3"):
        served.registry_says("suspected-dropout-flagged", n.suspected(), child=child)
    served.at(date(2026, 9, 11))
    served.strikes()
    served.registry_says("student-returned", n.returned(date(2026, 9, 11)), child="c2")
    places = sign_in("bureau_officer", division="349921").get(f"/figures/return-cases?by={by}").json["places"]
    assert places == [
        {
            "code": code,
            "name": name,
            "cases": 3,
            "open": 2,
            "overdue": 2,
            "verifying": 1,
            "ended": 0,
            "closed": 0,
            "relapsed": 0,
            "closed_share": "0/3（0.00%）",
            "relapsed_share": "0/3（0.00%）",
        }
    ]
