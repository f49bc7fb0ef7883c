"""A run over a real database: lists and children in, a queue out; twice the same, nothing more."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from services.registry.attendance.returning import RecordReturn
from services.registry.children.ids import SchoolCode
from services.registry.leaving.decisions import RecordDeath
from services.registry.policy import read_policy
from services.registry.reconciliation.difference import difference_id
from services.registry.reconciliation.people import stranger
from services.registry.reconciliation.reasons import Family
from services.registry.reconciliation.resolving import ResolveDifference
from services.registry.reconciliation.rows import DIFFERENCES_LEDGER, RUNS_LEDGER
from services.registry.reconciliation.running import Parts, reconcile
from services.registry.snapshots.kinds import ListKind
from services.registry.transitions.papers import Paper
from shared.kernel.caller import Caller, Scope
from shared.kernel.ledgers import Row
from shared.kernel.rebuild import rebuild
from tests.registry.conftest import COUNTY, Registry
from tests.registry.imports.test_importing import BOOK, LI, OTHER, PUPILS, ROSTER, SCHOOL, WANG, ZHAO, school, sheet
from tests.registry.papers import papers_for
from tests.registry.snapshots.test_keeping import LI_LINE, WANG_LINE, ZHAO_LINE, keep

__all__ = ["school"]  # a fixture, used by name
UNKNOWN = "349921201606010026"
UNKNOWN_LINE = ["孙小天", "女", UNKNOWN, "", "349921101203", "H7", "孙大地"]
AWAY_LINE = ["吴小月", "女", "349921201606020021", "", "349921102201", "H9", ""]
FILES = ["姓名", "学籍号", "学校标识码", "年级", "学籍状态"]
WANG_FILE = ["王小雨", f"G{WANG}", SCHOOL, "六年级", "正常"]
LI_FILE = ["李大河", f"G{LI}", SCHOOL, "五年级", "正常"]
ZHAO_FILE = ["赵小溪", f"G{ZHAO}", SCHOOL, "六年级", "正常"]
runs = iter(range(10**6))


def run(nol: Registry, caller: Caller = COUNTY) -> dict[str, int]:
    parts = Parts(
        application=nol.application,
        personal=nol.personal,
        ages=read_policy().age,
        caller=caller,
        key=f"run-{next(runs)}",
    )
    return dict(reconcile(parts, lambda *_: None))


def files(nol: Registry, *rows: Sequence[Any], on: date = date(2026, 10, 1)) -> None:
    keep(nol, *rows, kind=ListKind.REGISTRATIONS, heading=FILES, on=on)


def queue(nol: Registry) -> list[tuple[str, str]]:
    rows = nol.store.ledger_collection("differences").find({"status": "OPEN"})
    return sorted((row["name"], row["reason"]) for row in rows)


def difference(nol: Registry, name: str, family: str = "NO_REG") -> Row:
    row = nol.store.ledger_collection("differences").find_one({"name": name, "family": family})
    assert row is not None
    return row


@pytest.fixture
def county(school: Registry) -> Registry:
    """Three pupils, one of whom the national system does not have, and a girl whom nobody but the police knows."""
    keep(school, WANG_LINE, LI_LINE, ZHAO_LINE, UNKNOWN_LINE)
    files(school, WANG_FILE, LI_FILE)
    return school


@pytest.mark.rule("9-05")
def test_a_run_queues_what_the_lists_disagree_on(county: Registry) -> None:
    counts = run(county)
    assert queue(county) == [("孙小天", "N2"), ("赵小溪", "N1")]
    assert {name: counts[name] for name in ("of_age", "registered", "attending", "N1", "N2")} == {
        "of_age": 4,
        "registered": 2,
        "attending": 3,
        "N1": 1,
        "N2": 1,
    }


def test_the_same_lists_twice_make_no_event(county: Registry) -> None:
    run(county)
    before = county.events()
    run(county)
    assert county.events() == before


@pytest.mark.rule("10-11")
def test_a_difference_carries_who_where_and_for_whom(county: Registry) -> None:
    run(county)
    known, unknown = difference(county, "赵小溪"), difference(county, "孙小天")
    assert (known["school"], known["school_name"], known["owner"]) == (SCHOOL, "青石镇中心小学", "SCHOOL")
    assert known["_id"] == f"{known['child_id']}:NO_REG"
    assert (unknown["child_id"], unknown["division"], unknown["owner"]) == (None, "349921101203", "VILLAGE")
    assert unknown["id_number"].startswith("enc:")
    assert UNKNOWN not in str(list(county.store.events.find()))


def test_a_new_list_never_takes_a_difference_away(county: Registry) -> None:
    run(county)
    files(county, WANG_FILE, LI_FILE, ZHAO_FILE, on=date(2026, 11, 1))
    run(county)
    assert ("赵小溪", "N1") in queue(county)


def resolve(nol: Registry, row: Row, *kinds: str, same: bool | None = None) -> None:
    shown = tuple(Paper(kind=kind, reference="1号", dated=date(2026, 11, 20)) for kind in kinds)
    command = ResolveDifference(difference_id=row["_id"], papers=shown, resolved_on=date(2026, 11, 20), same=same)
    nol.do(command)


@pytest.mark.rule("9-06")
def test_its_papers_take_it_away_and_the_same_lists_do_not_bring_it_back(county: Registry) -> None:
    run(county)
    resolve(county, difference(county, "赵小溪"), "CAUSE", "ATTENDANCE_CERTIFICATE")
    before = county.events()
    run(county)
    assert queue(county) == [("孙小天", "N2")]
    assert county.events() <= before + 1  # the run itself: it found what it found


def test_a_child_that_comes_to_be_known_is_its_own_difference_from_then_on(county: Registry) -> None:
    run(county)
    county.load("rosters", sheet("白沙初级中学花名册", ROSTER, ["孙小天", "女", UNKNOWN, "七年级", "1班", "H7", "否"]))
    run(county)
    settled = stranger("id_number", county.personal.index("id_number", UNKNOWN))
    row = county.store.ledger_collection("differences").find_one({"_id": difference_id(settled, Family.NO_REG)})
    assert row is not None
    assert (row["status"], row["fact"]) == ("RESOLVED", "KNOWN_HERE")
    assert ("孙小天", "N1") in queue(county)


@pytest.mark.rule("9-10")
def test_home_reflection_is_found_as_what_it_is(county: Registry) -> None:
    sheet_ = sheet("青石镇中心小学缺勤登记表", BOOK, ["王小雨", WANG, "2026-11-19", "旷课", "在家反省"])
    county.load("attendance", sheet_)
    run(county)
    row = difference(county, "王小雨", "REG_NOT_IN")
    assert (row["reason"], row["priority"]) == ("R2", 1)
    county.load("attendance", sheet("青石镇中心小学缺勤登记表", BOOK, ["李大河", LI, "2026-11-20", "病假", ""]))
    assert difference(county, "王小雨", "REG_NOT_IN")["status"] == "OPEN"


@pytest.mark.rule("9-10")
@pytest.mark.parametrize(("kind", "remark"), [("事假", "在家反省"), ("在家反省", ""), ("旷课", "停课一周")])
def test_a_sheet_that_calls_it_leave_queues_and_reports_it_at_once(county: Registry, kind: str, remark: str) -> None:
    """Given a pupil sent home; when the sheet says so in any words; then the row is taken, with a word on it."""
    row = ["王小雨", WANG, "2026-11-19", kind, remark]
    report = county.load("attendance", sheet("青石镇中心小学缺勤登记表", BOOK, row))
    assert report.counts["refused"] == 0
    assert report.counts["warned"] == (kind != "旷课")
    county.fire()
    found = difference(county, "王小雨", "REG_NOT_IN")
    assert (found["reason"], found["priority"], found["due_on"]) == ("R2", 1, "2026-11-23")
    child = county.child(found["child_id"])
    assert (child["status"], child["push_out_reported_by"]) == ("ABSENT_UNEXCUSED", "考勤登记")
    county.load("attendance", sheet("青石镇中心小学缺勤登记表", BOOK, ["王小雨", WANG, "2026-11-20", "旷课", ""]))
    run(county)
    assert difference(county, "王小雨", "REG_NOT_IN")["reason"] == "R2"  # though the last day says nothing of it


@pytest.mark.rule("9-10")
def test_a_child_that_comes_back_is_off_the_queue_without_another_run(county: Registry) -> None:
    absent = [["王小雨", WANG, f"2026-11-{day}", "旷课", ""] for day in (12, 13, 16, 17, 18, 19)]
    county.load("attendance", sheet("青石镇中心小学缺勤登记表", BOOK, *absent))
    county.wait_until(date(2026, 11, 21))
    run(county)
    row = difference(county, "王小雨", "REG_NOT_IN")
    assert (row["reason"], row["status"]) == ("R1", "OPEN")
    back = RecordReturn(
        child_id=row["child_id"],
        school_code=SchoolCode(SCHOOL),
        returned_on=date(2026, 11, 21),
        evidence=("报到单1号",),
    )
    county.do(back)
    county.wait_until(date(2026, 11, 22))
    row = difference(county, "王小雨", "REG_NOT_IN")
    assert (row["status"], row["fact"]) == ("RESOLVED", "RETURNED_PROBATION")


@pytest.mark.rule("9-03")
def test_a_poor_child_comes_first(county: Registry) -> None:
    heading = ["户编号", "户主姓名", "家庭成员姓名", "成员身份证号", "困难类别", "认定日期"]
    keep(county, ["H7", "孙大地", "孙小天", UNKNOWN, "低保户", "2020-01-01"], kind=ListKind.POVERTY, heading=heading)
    run(county)
    assert [difference(county, name)["priority"] for name in ("孙小天", "赵小溪")] == [0, 2]


@pytest.mark.rule("9-03")
def test_a_child_that_only_the_poverty_list_knows_is_found_by_the_birth_date_in_its_number(school: Registry) -> None:
    heading = ["户编号", "户主姓名", "家庭成员姓名", "成员身份证号", "困难类别", "认定日期"]
    rows = [["H7", "孙大地", "孙小天", UNKNOWN], ["H7", "孙大地", "孙大地", "349921198001010010"]]
    keep(school, *([*row, "低保户", "2020-01-01"] for row in rows), kind=ListKind.POVERTY, heading=heading)
    files(school, WANG_FILE, LI_FILE, ZHAO_FILE)
    run(school)
    assert queue(school) == [("孙小天", "N2")]
    assert difference(school, "孙小天")["poor"]


@pytest.mark.rule("9-03")
def test_last_terms_roster_shows_who_is_missing_new_and_moved(county: Registry) -> None:
    gone = ["钱多多", "男", "349921201408010017", "五年级", "2班", "H8", "否"]
    last = [[*PUPILS[0][:3], "五年级", *PUPILS[0][4:]], gone]
    heading = [*ROSTER, "学校标识码"]
    rows = [[*each, OTHER if each[0] == "王小雨" else SCHOOL] for each in last]
    keep(county, *rows, kind=ListKind.LAST_ROSTERS, heading=heading, on=date(2026, 3, 1))
    counts = run(county)
    assert (counts["roster_missing"], counts["roster_new"], counts["roster_moved"]) == (1, 2, 1)
    assert difference(county, "钱多多", "ROSTER")["reason"] == "ROSTER_MISSING"


def test_a_proposed_match_that_is_confirmed_settles_both_and_is_one_person_from_then_on(school: Registry) -> None:
    numbered = [*FILES, "监护人", "性别", "出生日期"]
    file = ["孙小天", "L34992120160601" + "9999", SCHOOL, "四年级", "正常", "孙大地", "女", "2016-06-01"]
    keep(school, UNKNOWN_LINE)
    keep(school, file, kind=ListKind.REGISTRATIONS, heading=numbered)
    run(school)
    about = sorted(row["reason"] for row in school.store.ledger_collection("differences").find({"name": "孙小天"}))
    assert about == ["GHOST", "N2", "SAME_PERSON"]
    resolve(school, difference(school, "孙小天", "MATCH"), "COMPARISON", same=True)
    open_ = school.store.ledger_collection("differences").find({"name": "孙小天", "status": "OPEN"})
    assert list(open_) == []
    run(school)
    assert ("孙小天", "R1") in queue(school)


def test_a_township_sees_and_queues_its_own_alone(county: Registry) -> None:
    clerk = Caller("clerk-1", "township_clerk", Scope("349921102"))
    keep(county, AWAY_LINE, caller=clerk)
    assert run(county, clerk)["N2"] == 1
    assert queue(county) == [("吴小月", "N2")]


def test_of_two_lists_of_one_place_the_later_one_is_believed(school: Registry) -> None:
    keep(school, WANG_LINE, UNKNOWN_LINE, on=date(2026, 8, 1))
    keep(school, WANG_LINE, on=date(2026, 9, 1))
    files(school, WANG_FILE)
    run(school)
    assert queue(school) == []


def test_a_townships_later_list_counts_for_the_township_and_the_countys_for_the_rest(school: Registry) -> None:
    clerk = Caller("clerk-1", "township_clerk", Scope("349921101"))
    keep(school, WANG_LINE, UNKNOWN_LINE, AWAY_LINE, on=date(2026, 8, 1))
    keep(school, WANG_LINE, on=date(2026, 9, 1), caller=clerk)
    files(school, WANG_FILE, LI_FILE, ZHAO_FILE)
    run(school)
    assert queue(school) == [("吴小月", "N2")]


def test_the_queue_and_the_runs_are_rebuilt_from_the_log(county: Registry) -> None:
    run(county)
    for ledger in (DIFFERENCES_LEDGER, RUNS_LEDGER):
        before = list(county.store.ledger_collection(ledger.name).find().sort("_id"))
        rebuild(county.application, ledger, {})
        assert list(county.store.ledger_collection(ledger.name).find().sort("_id")) == before
        assert before


@pytest.mark.rule("9-10")
def test_who_was_sent_home_and_came_again_stays_in_the_queue_until_the_papers_are_shown(county: Registry) -> None:
    for day, kind, remark in (("2026-11-19", "旷课", "在家反省"), ("2026-11-20", "到校", "")):
        row = ["王小雨", WANG, day, kind, remark]
        county.load("attendance", sheet("青石镇中心小学缺勤登记表", BOOK, row))
        county.fire()
    run(county)
    row = difference(county, "王小雨", "REG_NOT_IN")
    assert (county.child(row["child_id"])["status"], row["status"]) == ("IN_SCHOOL", "OPEN")
    resolve(county, row, "PERSUASION_RECORD", "FORMER_SCHOOL_RECORD", "CHECK_IN_SLIP")
    assert difference(county, "王小雨", "REG_NOT_IN")["status"] == "RESOLVED"


def test_a_child_that_has_died_is_off_the_queue_in_the_moment(county: Registry) -> None:
    county.load("attendance", sheet("青石镇中心小学缺勤登记表", BOOK, ["王小雨", WANG, "2026-11-19", "旷课", "停课"]))
    county.fire()
    row = difference(county, "王小雨", "REG_NOT_IN")
    died = RecordDeath(child_id=row["child_id"], died_on=date(2026, 11, 20), papers=papers_for("DEATH"))
    county.do(died)
    county.fire()
    settled = difference(county, "王小雨", "REG_NOT_IN")
    assert (settled["status"], settled["fact"]) == ("RESOLVED", "DECEASED")
