"""What a list does to the children that the registry knows."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from services.registry.children.ids import ChildId
from services.registry.corrections.decisions import AdvanceCorrection, RequestCorrection
from services.registry.corrections.steps import TURNS
from services.registry.imports import importing
from services.registry.imports.attempts import Attempt
from services.registry.imports.importing import import_file
from services.registry.imports.report import File, ImportReport
from services.registry.sealing import registration
from shared.kernel.caller import Caller, Scope
from shared.workbooks.reading import open_workbook
from tests.registry.conftest import COUNTY, Registry
from tests.shared.workbooks.building import workbook_of

SCHOOL, OTHER = "2134000001", "3134000002"
WANG, LI, ZHAO = "349921201409031020", "349921201501010011", "34992120130901002X"
ROSTER = ["姓名", "性别", "身份证号", "年级", "班级", "户编号", "是否寄宿"]
PUPILS = [
    ["王小雨", "女", WANG, "六年级", "2班", "H1", "否"],
    ["李大河", "男", LI, "五年级", "1班", "H2", "是"],
    ["赵小溪", "女", ZHAO, "六年级", "2班", "H3", "否"],
]
BOOK = ["姓名", "身份证号", "缺勤日期", "缺勤类型", "备注"]


def sheet(title: str, *rows: Sequence[Any]) -> bytes:
    return workbook_of({"Sheet1": [[title], *rows]})


@pytest.fixture
def school(nol: Registry) -> Registry:
    headings = ["学校标识码", "学校名称", "办学类型", "所在乡镇代码"]
    schools = [[SCHOOL, "青石镇中心小学", "小学", "349921101"], [OTHER, "白沙初级中学", "初级中学", "349921102"]]
    nol.load("schools", sheet("学校名单", headings, *schools))
    nol.load("rosters", sheet("青石镇中心小学花名册", ROSTER, *PUPILS))
    return nol


def status(nol: Registry, id_number: str) -> str:
    row = nol.store.ledger_collection("children").find_one({"id_index": nol.personal.index("id_number", id_number)})
    assert row is not None
    return str(row["status"])


def correct(nol: Registry, child: str, name: str) -> None:
    day = date(2026, 11, 20)
    asked = RequestCorrection(
        child_id=ChildId(child), correction_id="k1", field="name", new_value=name, basis="户口簿", requested_on=day
    )
    nol.do(asked)
    for turn, step in enumerate(TURNS):
        order = AdvanceCorrection(
            child_id=ChildId(child), correction_id="k1", step=step, advanced_on=day, reference="GJ-7"
        )
        nol.do(order, caller=Caller(f"u{turn}", "bureau_officer", Scope("349921")))


def test_a_headcount_of_another_class_says_nothing(school: Registry) -> None:
    school.load("attendance", sheet("青石镇中心小学缺勤登记表", BOOK, ["王小雨", WANG, "2026-11-16", "旷课", ""]))
    headcounts = [["日期", "年级", "班级", "应到", "实到"], ["2026-11-17", "五年级", "1班", 1, 1]]
    school.load("attendance", workbook_of({"缺勤": [["青石镇中心小学缺勤登记表"], BOOK], "人数": headcounts}))
    assert status(school, WANG) == "ABSENT_UNEXCUSED"


def test_a_changed_class_is_one_event_and_the_others_are_left_alone(school: Registry) -> None:
    events = school.facts()
    moved = [[*PUPILS[0][:4], "3班", "H1", "否"], *PUPILS[1:]]
    report = school.load("rosters", sheet("青石镇中心小学花名册", ROSTER, *moved))
    assert (report.counts["changed"], report.counts["unchanged"]) == (1, 2)
    assert school.facts() == events + 1


def test_another_schools_roster_is_refused_row_by_row_with_the_first_schools_name(school: Registry) -> None:
    report = school.load("rosters", sheet("白沙初级中学花名册", ROSTER, PUPILS[0]))
    (row,) = report.refused
    assert [problem.code for problem in row.problems] == ["enrolled-elsewhere"]
    assert "青石镇中心小学" in row.problems[0].reason


def test_a_row_of_a_grade_that_the_school_does_not_teach_is_refused_with_field_reason_and_remedy(
    school: Registry,
) -> None:
    heading = [*ROSTER, "出生日期"]
    seventh = ["周小川", "男", "34992120140305001X", "七年级", "1班", "H4", "否", ""]
    report = school.load("rosters", sheet("青石镇中心小学花名册", heading, seventh, [*PUPILS[0], ""]))
    (row,) = report.refused
    (problem,) = [each for each in row.problems if each.blocking]
    assert (problem.code, problem.field_title) == ("grade-not-taught", "年级")
    assert problem.reason == "青石镇中心小学没有7年级，请核对年级或学校。"
    assert problem.remedy
    assert report.counts["unchanged"] == 1
    assert school.load("rosters", sheet("白沙初级中学花名册", heading, seventh)).counts["changed"] == 1


def test_a_nine_year_school_takes_every_grade_of_compulsory_schooling(nol: Registry) -> None:
    headings = ["学校标识码", "学校名称", "办学类型", "所在乡镇代码"]
    nol.load("schools", sheet("学校名单", headings, [OTHER, "白沙九年一贯制学校", "九年一贯制学校", "349921102"]))
    rows = [["王小雨", "女", WANG, "一年级", "2班", "H1", "否"], ["李大河", "男", LI, "九年级", "1班", "H2", "是"]]
    report = nol.load("rosters", sheet("白沙九年一贯制学校花名册", ROSTER, *rows))
    assert (report.counts["changed"], report.refused) == (2, [])


def test_a_household_in_two_categories_keeps_the_strongest_and_its_adults_are_passed_over(school: Registry) -> None:
    headings = ["户编号", "家庭成员姓名", "成员身份证号", "困难类别", "认定日期"]
    rows = [
        ["H1", "王大力", "", "脱贫户", "2016-03-01"],
        ["H1", "王小雨", WANG, "脱贫户", "2016-03-01"],
        ["H1", "王小雨", WANG, "低保户", "2020-03-01"],
        ["H3", "赵小溪", "", "特困户", "2021-03-01"],
    ]
    report = school.load("households", sheet("贫困名单", headings, *rows))
    found = {row["name"]: row["category"] for row in school.store.ledger_collection("children").find()}
    assert found == {"王小雨": "SUBSISTENCE_ALLOWANCE", "赵小溪": "EXTREME_POVERTY", "李大河": "NONE"}
    assert (report.counts["changed"], report.counts["passed_over"]) == (3, 1)


def test_a_poverty_list_may_say_by_what_paper_each_household_is_on_it(school: Registry) -> None:
    headings = ["户编号", "家庭成员姓名", "成员身份证号", "困难类别", "认定日期", "来源", "文号"]
    listed = ["H1", "王小雨", WANG, "低保户", "2020-03-01", "县民政局", "青民〔2020〕7号"]
    without = sheet("贫困名单", headings[:5], listed[:5])
    with_papers = sheet("贫困名单（补文号）", headings, listed)
    changed = [school.load("households", each).counts["changed"] for each in (without, with_papers, with_papers)]
    assert changed == [1, 1, 0]
    row = school.store.ledger_collection("children").find_one({"name": "王小雨"})
    assert row is not None
    [span] = row["memberships"]
    assert (span["source"], span["evidence"], span["to"]) == ("县民政局", ["青民〔2020〕7号"], None)


JUNIOR = Caller("u8", "school_admin", Scope("", OTHER))


def of_school(nol: Registry, id_number: str) -> tuple[str, int]:
    row = nol.store.ledger_collection("children").find_one({"id_index": nol.personal.index("id_number", id_number)})
    assert row is not None
    return row["school"], row["grade"]


def test_a_junior_schools_roster_brings_in_whom_primary_school_has_handed_over(school: Registry) -> None:
    """Given two sixth-graders of whom one was handed over; when the junior school's own office loads its roster;
    then that one is its pupil, and of the other the list of leavers is asked for, from the school that has her."""
    leavers = ["姓名", "身份证号", "毕业日期", "升入学校标识码"]
    school.load("primary-leavers", sheet("小学毕业升学名册", leavers, ["王小雨", WANG, "2026-07-05", OTHER]))
    seventh = [
        ["王小雨", "女", WANG, "七年级", "1班", "H1", "是"],
        ["赵小溪", "女", ZHAO, "七年级", "1班", "H3", "否"],
    ]
    report = school.load("rosters", sheet("白沙初级中学花名册", ROSTER, *seventh), caller=JUNIOR)
    assert of_school(school, WANG) == (OTHER, 7)
    assert [(row.problems[0].code, row.cells[0]) for row in report.refused] == [("primary-not-handed-over", "赵小溪")]
    reason = report.refused[0].problems[0].reason
    assert "请青石镇中心小学先导入《小学毕业升学名册》" in reason
    assert "转学" not in reason
    assert of_school(school, ZHAO) == (SCHOOL, 6)


def test_refused_rows_come_back_in_the_order_of_the_sheet_whatever_refused_them(school: Registry) -> None:
    """Given a row that only the decision refuses, and behind it one that cannot even be read."""
    rows = [["李大河", "男", LI, "五年级", "1班", "H2", "是"], ["王小雨", "女", "1234", "六年级", "2班", "H1", "否"]]
    report = school.load("rosters", sheet("白沙初级中学花名册", ROSTER, *rows))
    sheets = open_workbook(report.workbook(), "退回.xlsx").sheets
    lines = [row for row in sheets[0].grid.to_python() if row[0] == "名单.xlsx"]
    assert [line[2] for line in lines] == [3.0, 4.0]
    assert [line[7] for line in lines] == ["李大河", "王小雨"]


def test_a_schools_roster_brings_in_a_child_that_the_township_registered(school: Registry) -> None:
    number = "349921201202290033"
    known = {"name": "周小石", "sex": "M", "birth_date": date(2012, 2, 29), "division": "349921102"}
    school.do(registration(school.personal, ChildId("c9"), known | {"id_number": number}))
    report = school.load(
        "rosters",
        sheet("白沙初级中学花名册", ROSTER, ["周小石", "男", number, "八年级", "1班", "H9", "否"]),
        caller=JUNIOR,
    )
    assert (report.counts["changed"], report.refused) == (1, [])
    assert school.child("c9")["school"] == OTHER


def test_a_school_cannot_import_into_another(school: Registry) -> None:
    stranger = Caller("u9", "school_admin", Scope("", OTHER))
    absent = sheet("缺勤登记表", BOOK, ["王小雨", WANG, "2026-11-16", "旷课", ""])
    report = school.load("attendance", absent, caller=stranger)
    assert [row.problems[0].code for row in report.refused] == ["not-found"]
    assert status(school, WANG) == "IN_SCHOOL"


JOB = Attempt(job="job-1")
AGAIN = Attempt(job="job-1", again=True)


@pytest.fixture
def one_by_one(nol: Registry, monkeypatch: pytest.MonkeyPatch) -> File:
    """A roster whose rows are a transaction each."""
    headings = ["学校标识码", "学校名称", "办学类型", "所在乡镇代码"]
    nol.load("schools", sheet("学校名单", headings, [SCHOOL, "青石镇中心小学", "小学", "349921101"]))
    monkeypatch.setattr(importing, "in_chunks", lambda items: ([item] for item in items))
    return File(kind="rosters", name="花名册.xlsx", content=sheet("青石镇中心小学花名册", ROSTER, *PUPILS))


def dying_after(rows: int) -> Callable[..., None]:
    def die(_done: int, _total: int, counts: Any) -> None:
        if counts["changed"] + counts["unchanged"] == rows:
            raise KeyboardInterrupt

    return die


def run(nol: Registry, file: File, attempt: Attempt, dies_after: int = -1) -> ImportReport:
    return import_file(file, nol.application, nol.personal, COUNTY, dying_after(dies_after), attempt)


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_an_import_that_was_killed_at_any_row_starts_again_and_ends_as_if_it_never_was(
    nol: Registry, one_by_one: File, rows: int
) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(nol, one_by_one, JOB, dies_after=rows)
    report = run(nol, one_by_one, AGAIN)
    counts = report.counts
    assert (counts["unchanged"], counts["changed"], counts["refused"], report.new) == (0, 3, 0, 3)
    (record,) = [row for row in nol.store.ledger_collection("lists").find() if row["kind"] == "rosters"]
    assert (record["good"], record["new"], record["changed"]) == (3, 3, 0)
    assert sum(nol.statuses().values()) == 3


def test_what_another_job_brought_in_is_no_news_of_this_one(nol: Registry, one_by_one: File) -> None:
    run(nol, one_by_one, JOB)
    for attempt in (Attempt(job="job-2"), Attempt(job="job-2", again=True)):
        report = run(nol, one_by_one, attempt)
        assert (report.counts["unchanged"], report.counts["changed"], report.new) == (3, 0, 0)


def test_days_that_an_earlier_attempt_recorded_are_the_jobs_own(school: Registry) -> None:
    rows = [["王小雨", WANG, "2026-11-16", "旷课", ""]]
    school.load("attendance", sheet("缺勤登记表", BOOK, *rows))
    back = File(
        kind="attendance",
        name="缺勤.xlsx",
        content=sheet("缺勤登记表", BOOK, ["王小雨", WANG, "2026-11-17", "到校", ""]),
    )
    with pytest.raises(KeyboardInterrupt):
        run(school, back, JOB, dies_after=1)
    report = run(school, back, AGAIN)
    assert (report.counts["changed"], report.counts["unchanged"]) == (1, 0)


def test_an_absence_that_a_sheet_could_not_place_is_taken_when_the_sheet_comes_again(school: Registry) -> None:
    """Given two days of a child, one row of which was refused; when it can be placed; then the same file adds it."""
    known = ["王小雨", WANG, "2026-11-16", "旷课", ""]
    otherwise = ["王晓雨", WANG, "2026-11-17", "旷课", ""]
    content = sheet("青石镇中心小学缺勤登记表", BOOK, known, otherwise)
    assert school.load("attendance", content).counts["refused"] == 1
    row = school.store.ledger_collection("children").find_one({"name": "王小雨"})
    assert row is not None
    correct(school, row["_id"], "王晓雨")
    report = school.load("attendance", content)
    assert (report.counts["refused"], school.child(row["_id"])["absent_since"]) == (0, "2026-11-16")
    days = [each.data["day"] for each in school.history(row["_id"]) if each.type == "registry.absence-recorded.v1"]
    assert days == ["2026-11-16", "2026-11-17"]


def test_the_ledger_of_lists_shows_each_reading_of_a_file_that_took_other_rows(nol: Registry) -> None:
    content = sheet("青石镇中心小学花名册", ROSTER, PUPILS[0])
    nol.load("rosters", content)
    headings = ["学校标识码", "学校名称", "办学类型", "所在乡镇代码"]
    nol.load("schools", sheet("学校名单", headings, [SCHOOL, "青石镇中心小学", "小学", "349921101"]))
    for _ in range(2):
        nol.load("rosters", content)
    told = nol.store.ledger_collection("lists").find({"kind": "rosters"}).sort("imported_at", 1)
    assert sorted((row["good"], row["refused"]) for row in told) == [(0, 1), (1, 0)]
