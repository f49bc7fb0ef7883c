"""A list from outside is kept once, line by line, beside the log; what it cannot read comes back."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import pytest

from services.registry.imports.report import ImportReport
from services.registry.reconciliation.lists import Believed
from services.registry.schools.schools import RegisterSchool
from services.registry.snapshots.importing import ListFile, import_list, lines_of
from services.registry.snapshots.kinds import ListKind
from services.registry.snapshots.lines import Line
from services.registry.snapshots.pages import COLLECTION, PageLost
from services.registry.snapshots.rows import LISTS_LEDGER
from shared.kernel.caller import Caller, Scope
from shared.kernel.ledgers import Row
from shared.kernel.rebuild import rebuild
from shared.kernel.refusals import DateInFuture
from tests.registry.conftest import COUNTY, Registry
from tests.registry.imports.test_importing import LI, SCHOOL, WANG, ZHAO, school, sheet

__all__ = ["school"]  # a fixture, used by name
HEADING = ["姓名", "性别", "身份证号", "出生日期", "村居代码", "户号", "户主"]
FIRST, SECOND = date(2026, 8, 1), date(2026, 9, 1)
WANG_LINE = ["王小雨", "女", WANG, "", "349921101201", "H1", "王大山"]
LI_LINE = ["李大河", "男", LI, "", "349921101202", "H2", "李大江"]
ZHAO_LINE = ["赵小溪", "女", ZHAO, "", "349921102201", "H3", "赵大海"]


@cache
def workbook(*rows: tuple[Any, ...]) -> bytes:
    """The same rows are the same file, byte for byte: a workbook knows when it was written."""
    return sheet("名单", *rows)


def keep(
    nol: Registry,
    *rows: Sequence[Any],
    kind: ListKind = ListKind.POPULATION,
    heading: Sequence[str] = HEADING,
    on: date = FIRST,
    caller: Caller = COUNTY,
) -> ImportReport:
    content = workbook(tuple(heading), *map(tuple, rows))
    file = ListFile(kind=kind, list_on=on, source="县公安局", name="名单.xlsx", content=content)
    return import_list(file, nol.application, nol.personal, caller, lambda *_: None)


def kept(nol: Registry, on: date = FIRST) -> Row:
    row = nol.store.ledger_collection("lists").find_one({"list_on": on.isoformat()})
    assert row is not None
    return row


def lines(nol: Registry, on: date = FIRST) -> list[Line]:
    return list(lines_of(nol.store, nol.personal, kept(nol, on)))


def test_each_good_row_is_a_line_with_its_indexes(school: Registry) -> None:
    keep(school, WANG_LINE, LI_LINE)
    wang, _ = lines(school)
    assert (wang.name, wang.division, wang.birth_date) == ("王小雨", "349921101201", date(2014, 9, 3))
    assert wang.id_index == school.personal.index("id_number", WANG)


def test_an_old_number_is_found_by_the_index_of_the_new_one(nol: Registry) -> None:
    keep(nol, ["方大山", "男", "349921990301001", "", "349921101201", "H9", ""])
    (line,) = lines(nol)
    assert line.id_number is not None
    assert len(line.id_number) == 18
    assert line.id_index == nol.personal.index("id_number", line.id_number)


def test_a_g_number_alone_tells_the_identity_number(school: Registry) -> None:
    heading = ["姓名", "学籍号", "学校标识码", "年级", "学籍状态"]
    keep(school, ["王小雨", f"G{WANG}", SCHOOL, "六年级", "正常"], kind=ListKind.REGISTRATIONS, heading=heading)
    (line,) = lines(school)
    assert line.id_index == school.personal.index("id_number", WANG)
    assert (line.school, line.division, line.grade, line.state) == (SCHOOL, "349921101", 6, "ACTIVE")


def test_the_same_file_twice_is_the_same_list_and_makes_no_event(school: Registry) -> None:
    first = keep(school, WANG_LINE, ["", "", "", "", "", "", "无名"])
    before = school.events()
    again = keep(school, WANG_LINE, ["", "", "", "", "", "", "无名"])
    assert school.events() == before
    assert (first.counts["refused"], again.counts["refused"]) == (1, 1)


def test_a_list_is_counted_against_the_one_before_of_its_kind(school: Registry) -> None:
    keep(school, WANG_LINE, LI_LINE)
    moved = [*LI_LINE[:4], "349921101203", *LI_LINE[5:]]
    report = keep(school, moved, ZHAO_LINE, on=SECOND)
    assert {name: report.counts[name] for name in ("good", "new", "gone", "changed")} == {
        "good": 2,
        "new": 1,
        "gone": 1,
        "changed": 1,
    }
    assert kept(school, SECOND)["previous"] == kept(school)["_id"]


def test_a_list_of_another_day_before_is_not_compared_with_a_later_one(school: Registry) -> None:
    keep(school, WANG_LINE, on=SECOND)
    assert keep(school, LI_LINE, on=FIRST).counts["new"] == 1
    assert kept(school, FIRST)["previous"] is None


def test_bad_rows_come_back_and_cost_no_good_one(school: Registry) -> None:
    wrong_digit = ["钱多多", "男", LI[:-1] + "2", "", "349921101201", "H4", ""]
    elsewhere = ["赵小溪", "女", ZHAO, "", "349922101201", "H5", ""]
    report = keep(school, WANG_LINE, wrong_digit, WANG_LINE, elsewhere)
    codes = [problem.code for row in report.refused for problem in row.problems]
    assert codes == ["resident-id-check-digit", "row-repeated", "row-outside-scope"]
    assert [line.name for line in lines(school)] == ["王小雨"]
    assert report.workbook().startswith(b"PK")


def test_a_township_keeps_a_list_of_its_own(school: Registry) -> None:
    clerk = Caller("clerk-1", "township_clerk", Scope("349921102"))
    report = keep(school, WANG_LINE, ZHAO_LINE, caller=clerk)
    assert (report.counts["good"], report.counts["refused"]) == (1, 1)
    assert kept(school)["division"] == "349921102"


def test_a_list_of_a_day_to_come_is_refused(school: Registry) -> None:
    with pytest.raises(DateInFuture):
        keep(school, WANG_LINE, on=date(2027, 1, 1))


def test_nothing_of_a_person_lies_open_in_the_database(school: Registry) -> None:
    keep(school, WANG_LINE)
    stored = str(list(school.store.database[COLLECTION].find())) + str(list(school.store.events.find()))
    for told in (WANG, "王大山", school.personal.index("id_number", WANG)):
        assert told not in str(list(school.store.database[COLLECTION].find()))
    assert WANG not in stored


def test_a_page_that_was_changed_or_lost_is_noticed(school: Registry) -> None:
    keep(school, WANG_LINE)
    pages = school.store.database[COLLECTION]
    pages.update_one({}, {"$set": {"content": b"other"}})
    with pytest.raises(PageLost):
        lines(school)
    pages.delete_many({})
    with pytest.raises(PageLost):
        lines(school)


def test_the_ledger_of_lists_is_rebuilt_from_the_log_and_still_finds_its_pages(school: Registry) -> None:
    keep(school, WANG_LINE, LI_LINE)
    before = kept(school)
    rebuild(school.application, LISTS_LEDGER, {})
    assert kept(school) == before
    assert len(lines(school)) == 2


@pytest.mark.parametrize(
    ("kind", "heading", "row", "expected"),
    [
        (
            ListKind.DEATHS,
            ["姓名", "身份证号", "销户日期"],
            ["王小雨", WANG, "2026-07-01"],
            {"on": date(2026, 7, 1)},
        ),
        (
            ListKind.MIGRATION,
            ["姓名", "身份证号", "迁移方向", "迁移日期", "是否核实"],
            ["王小雨", WANG, "迁出", "2026-07-01", "是"],
            {"on": date(2026, 7, 1), "state": "OUT", "confirmed": True},
        ),
        (
            ListKind.POVERTY,
            ["户编号", "户主姓名", "家庭成员姓名", "成员身份证号", "困难类别", "认定日期"],
            ["H1", "王大山", "王小雨", WANG, "脱贫户", "2020-01-01"],
            {"household_no": "H1", "guardian_name": "王大山", "state": "LIFTED_OUT"},
        ),
        (
            ListKind.DISABILITY,
            ["姓名", "身份证号", "残疾类别等级"],
            ["王小雨", WANG, "听力二级"],
            {"state": "听力二级"},
        ),
        (
            ListKind.LAST_ROSTERS,
            ["姓名", "身份证号", "年级", "班级", "学校标识码"],
            ["王小雨", WANG, "五年级", "2班", SCHOOL],
            {"school": SCHOOL, "grade": 5, "class_no": 2},
        ),
    ],
)
def test_every_kind_of_list_is_read_under_its_own_headings(
    school: Registry, kind: ListKind, heading: list[str], row: list[str], expected: dict[str, Any]
) -> None:
    assert keep(school, row, kind=kind, heading=heading).counts["good"] == 1
    (line,) = lines(school)
    assert line.name == "王小雨"
    assert {name: getattr(line, name) for name in expected} == expected


# -- read again

REGISTRATION = ["姓名", "学籍号", "学校标识码", "年级", "学籍状态"]
NEW_SCHOOL = "2134000009"
AT_OLD = ["王小雨", f"G{WANG}", SCHOOL, "六年级", "正常"]
AT_NEW = ["李大河", f"G{LI}", NEW_SCHOOL, "五年级", "正常"]


def keep_export(nol: Registry, *rows: Sequence[Any]) -> ImportReport:
    return keep(nol, *rows, kind=ListKind.REGISTRATIONS, heading=REGISTRATION, on=SECOND)


def believed(nol: Registry) -> list[Line]:
    return list(Believed.of(nol.store, nol.personal, ListKind.REGISTRATIONS).lines())


@pytest.mark.rule("9-03")
def test_a_list_that_came_before_its_school_is_read_anew_and_takes_the_place_of_what_was_kept(
    school: Registry,
) -> None:
    """Given a row refused for its school; when that is registered and the same file sent again; then it counts."""
    first = keep_export(school, AT_OLD, AT_NEW)
    assert (first.counts["good"], first.counts["refused"], len(believed(school))) == (1, 1, 1)
    school.do(RegisterSchool(school_code=NEW_SCHOOL, name="河口小学", kind="PRIMARY", division="349921101"))
    second = keep_export(school, AT_OLD, AT_NEW)
    counts = {name: second.counts[name] for name in ("good", "refused", "new", "gone", "changed")}
    assert counts == {"good": 2, "refused": 0, "new": 1, "gone": 0, "changed": 0}
    assert (second.kept["replaces"], second.kept["lines"]) == (first.kept["list_id"], 2)
    assert [line.name for line in believed(school)] == ["王小雨", "李大河"]


def test_the_answer_says_that_what_is_kept_says_the_same(school: Registry) -> None:
    first, again = keep(school, WANG_LINE), keep(school, WANG_LINE)
    assert not first.kept["repeated"]
    assert again.kept == {"list_id": first.kept["list_id"], "lines": 1, "replaces": None, "repeated": True}
    assert again.counts["new"] == 0


def test_what_was_sent_first_may_be_sent_again_after_something_else_was(school: Registry) -> None:
    """The list that is believed is the one that was sent last, also where it was sent before."""
    keep_export(school, AT_OLD)
    keep_export(school, [*AT_OLD[:4], "休学"])
    back = keep_export(school, AT_OLD)
    assert (back.kept["repeated"], back.counts["changed"]) == (False, 1)
    assert [line.state for line in believed(school)] == ["ACTIVE"]


def test_a_list_of_which_a_page_is_lost_is_kept_again(school: Registry) -> None:
    keep_export(school, AT_OLD)
    school.store.database[COLLECTION].delete_many({})
    assert keep_export(school, AT_OLD).kept["repeated"] is False
    assert [line.name for line in believed(school)] == ["王小雨"]
