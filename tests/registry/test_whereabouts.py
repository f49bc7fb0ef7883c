"""Where a child is: lost and sought on three levels, found again, or known to study elsewhere."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.registry.attendance.returning import RecordReturn
from services.registry.attendance.runs import RecordAbsences
from services.registry.ledgers.children import EMPTY
from services.registry.schools.schools import RegisterSchool
from services.registry.transitions.refusals import PapersMissing, TransitionNotAllowed
from services.registry.whereabouts.decisions import (
    ConfirmElsewhere,
    FileInquiryStub,
    RecheckWhereabouts,
    ReportFound,
    ReportLost,
)
from services.registry.whereabouts.events import Level
from services.registry.whereabouts.refusals import InvestigatorMissing, NotUntraceable, StubOutOfOrder
from services.registry.whereabouts.rows import whereabouts_of
from shared.kernel.caller import Caller, Scope
from shared.kernel.refusals import RoleNotAllowed
from tests.registry.conftest import Registry
from tests.registry.facts import CHILD, SCHOOL, enrol, register
from tests.registry.papers import papers_for
from tests.registry.test_api import SignIn

TODAY = date(2026, 11, 20)
LOST = ReportLost(
    child_id=CHILD,
    last_seen="镇汽车站",
    investigators=("方老师",),
    lost_on=TODAY,
    papers=papers_for("WHEREABOUTS_LOST"),
)
ELSEWHERE = ConfirmElsewhere(
    child_id=CHILD,
    province="浙江省",
    city="宁波市",
    county="示例区",
    school_name="示例区第三小学",
    grade=6,
    out_of_province=True,
    verifier="方老师",
    confirmed_on=TODAY,
    papers=papers_for("ELSEWHERE"),
)
FOUND = ReportFound(child_id=CHILD, place="外婆家", found_on=TODAY, papers=papers_for("WHEREABOUTS_FOUND"))


@pytest.fixture
def known(nol: Registry) -> Registry:
    nol.do(
        RegisterSchool(
            school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101", district="一片区"
        )
    )
    nol.do(register())
    return nol


@pytest.fixture
def absent(known: Registry) -> Registry:
    known.do(enrol())
    known.do(RecordAbsences(child_id=CHILD, day=TODAY))
    return known


def status(nol: Registry) -> str:
    return str(nol.child(CHILD)["status"])


def stub(level: Level, on: date = TODAY) -> FileInquiryStub:
    return FileInquiryStub(child_id=CHILD, level=level, number=f"〔2026〕{level.value}", filed_on=on)


@pytest.mark.rule("9-09")
def test_a_child_is_untraceable_with_report_letter_photo_and_stub_and_a_signature(absent: Registry) -> None:
    for paper in LOST.papers:
        with pytest.raises(PapersMissing):
            absent.do(replace(LOST, papers=tuple(each for each in LOST.papers if each != paper)))
    with pytest.raises(InvestigatorMissing):
        absent.do(replace(LOST, investigators=()))
    absent.do(LOST)
    assert status(absent) == "UNTRACEABLE"


@pytest.mark.rule("9-09")
def test_each_level_files_its_own_stub_one_after_the_other(absent: Registry) -> None:
    school = Caller("s", "school_admin", Scope(school=SCHOOL))
    township = Caller("t", "township_clerk", Scope("349921101"))
    county = Caller("c", "bureau_officer", Scope("349921"))
    with pytest.raises(NotUntraceable):
        absent.do(stub(Level.SCHOOL), caller=school)
    absent.do(LOST)
    with pytest.raises(StubOutOfOrder):
        absent.do(stub(Level.TOWNSHIP), caller=township)
    with pytest.raises(RoleNotAllowed):
        absent.do(stub(Level.COUNTY), caller=township)
    for number, (level, who) in enumerate(zip(Level, (school, township, county), strict=True)):
        absent.do(stub(level), caller=who, id=f"stub {number}")
    assert [each.split()[0] for each in absent.child(CHILD)["stubs"]] == ["学校", "乡镇", "县级"]


@pytest.mark.rule("9-09")
def test_somebody_asks_again_each_month_or_it_shows(absent: Registry) -> None:
    absent.do(LOST)
    absent.wait_until(TODAY + timedelta(days=29))
    assert absent.child(CHILD)["recheck"] == ""
    absent.wait_until(TODAY + timedelta(days=30))
    assert absent.child(CHILD)["recheck"] == "MISSED"
    again = TODAY + timedelta(days=30)
    absent.do(RecheckWhereabouts(child_id=CHILD, inquiry="再次电话联系外婆", rechecked_on=again))
    assert absent.child(CHILD)["recheck"] == ""
    absent.wait_until(again + timedelta(days=30))
    assert absent.child(CHILD)["recheck"] == "MISSED"


def test_no_suspicion_arises_while_a_child_is_sought_and_its_clock_runs_on_when_it_is_found(absent: Registry) -> None:
    absent.do(LOST)
    absent.wait_until(TODAY + timedelta(days=10))
    assert status(absent) == "UNTRACEABLE"
    absent.do(FOUND)
    assert status(absent) == "ABSENT_UNEXCUSED"
    absent.wait_until(TODAY + timedelta(days=11))
    assert status(absent) == "SUSPECTED_DROPOUT"


def test_a_lost_child_that_comes_back_checks_in(absent: Registry) -> None:
    absent.do(LOST)
    absent.do(RecordReturn(child_id=CHILD, school_code=SCHOOL, returned_on=TODAY, evidence=("报到单1号",)))
    assert status(absent) == "RETURNED_PROBATION"


def test_a_child_in_school_is_not_lost(known: Registry) -> None:
    known.do(enrol())
    with pytest.raises(TransitionNotAllowed):
        known.do(LOST)


@pytest.mark.rule("9-08")
def test_who_studies_elsewhere_is_listed_with_place_school_grade_and_verifier(known: Registry) -> None:
    with pytest.raises(PapersMissing):
        known.do(replace(ELSEWHERE, papers=()))
    known.do(ELSEWHERE)
    row = known.child(CHILD)
    assert (row["status"], row["elsewhere"], row["elsewhere_school"], row["elsewhere_grade"]) == (
        "ELSEWHERE_CONFIRMED",
        "浙江省宁波市示例区",
        "示例区第三小学",
        6,
    )
    assert (row["verifier"], row["elsewhere_on"], row["out_of_province"]) == ("方老师", "2026-11-20", True)


@pytest.mark.rule("9-08")
def test_it_is_confirmed_again_each_term_or_the_child_is_on_the_list_again(known: Registry) -> None:
    known.do(ELSEWHERE)
    known.wait_until(date(2027, 3, 1))
    known.do(replace(ELSEWHERE, confirmed_on=date(2027, 3, 1)))
    known.wait_until(date(2027, 8, 30))
    assert status(known) == "ELSEWHERE_CONFIRMED"
    known.wait_until(date(2027, 11, 1))
    assert status(known) == "NEVER_ENROLLED"


def test_a_pupil_of_this_county_elsewhere_counts_as_absent_once_nobody_confirms_it(absent: Registry) -> None:
    absent.do(ELSEWHERE)
    assert absent.child(CHILD)["absent_since"] is None
    absent.wait_until(date(2027, 5, 1))
    assert status(absent) == "SUSPECTED_DROPOUT"


@pytest.mark.rule("7-05")
def test_the_whereabouts_of_a_child_are_never_empty(absent: Registry) -> None:
    found = [absent.child(CHILD)["whereabouts"]]
    absent.do(LOST)
    found.append(absent.child(CHILD)["whereabouts"])
    absent.do(ELSEWHERE)
    found.append(absent.child(CHILD)["whereabouts"])
    assert found == ["不在校（无故缺勤），学籍在青石镇中心小学", "去向不明", "浙江省宁波市示例区示例区第三小学"]


@pytest.mark.rule("7-05")
@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("IN_SCHOOL", "青石镇中心小学"),
        ("RETURNED_PROBATION", "青石镇中心小学"),
        ("ON_APPROVED_LEAVE", "不在校（请假或休学），学籍在青石镇中心小学"),
        ("DROPPED_OUT", "不在校（辍学），学籍在青石镇中心小学"),
        ("HOME_TEACHING", "在家（送教上门）"),
        ("MISSING_DECLARED", "下落不明（已宣告失踪）"),
        ("COMPLETED", "已完成义务教育"),
    ],
)
def test_a_school_is_named_as_the_place_of_those_only_who_are_there(status: str, words: str) -> None:
    assert whereabouts_of(EMPTY | {"status": status, "school_name": "青石镇中心小学"}) == words


@pytest.mark.rule("7-05")
def test_a_child_at_no_school_has_whereabouts_too(known: Registry) -> None:
    assert known.child(CHILD)["whereabouts"] == "在家（未入学）"


@pytest.mark.rule("7-05")
def test_where_a_lost_child_was_found_is_told_until_it_is_lost_again(absent: Registry, sign_in: SignIn) -> None:
    def told() -> tuple[str | None, str]:
        [row] = sign_in("bureau_officer", division="349921").get("/ledgers/whereabouts").json["rows"]
        return row["cells"]["found_on"], row["cells"]["found_at"]

    absent.do(LOST)
    assert told() == (None, "")
    absent.do(FOUND)
    assert told() == (TODAY.isoformat(), "外婆家")
    absent.do(LOST, id="lost again")
    assert told() == (None, "")


# -- a child at no school: the township is the first that knows

TOWNSHIP = Caller("t", "township_clerk", Scope("349921101"))
LOST_AT_NO_SCHOOL = replace(LOST, papers=papers_for("WHEREABOUTS_LOST_AT_NO_SCHOOL"))


@pytest.mark.rule("9-09")
def test_the_township_reports_the_loss_of_a_child_at_no_school_and_files_the_first_stub(known: Registry) -> None:
    with pytest.raises(PapersMissing):
        known.do(replace(LOST_AT_NO_SCHOOL, papers=LOST_AT_NO_SCHOOL.papers[:-1]), caller=TOWNSHIP)
    known.do(LOST_AT_NO_SCHOOL, caller=TOWNSHIP)
    assert status(known) == "UNTRACEABLE"
    with pytest.raises(StubOutOfOrder):
        known.do(stub(Level.COUNTY))
    known.do(stub(Level.TOWNSHIP), caller=TOWNSHIP, id="stub 1")
    known.do(stub(Level.COUNTY), id="stub 2")
    assert [each.split()[0] for each in known.child(CHILD)["stubs"]] == ["乡镇", "县级"]
    with pytest.raises(StubOutOfOrder):
        known.do(stub(Level.SCHOOL), id="stub 3")


@pytest.mark.rule("9-09")
def test_of_a_pupil_the_school_reports_the_loss_and_not_the_township(absent: Registry) -> None:
    with pytest.raises(RoleNotAllowed):
        absent.do(LOST, caller=TOWNSHIP)
