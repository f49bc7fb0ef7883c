"""A list of special groups: good rows become memberships, the others come back with reasons."""

from shared.kernel.caller import Caller, Scope
from tests.registry.conftest import Registry
from tests.registry.imports.test_importing import LI, WANG, ZHAO, school, sheet

__all__ = ["school"]  # a fixture, used by name
HEADING = ["姓名", "身份证号", "类别", "认定时间", "来源", "佐证材料", "备注"]
WANG_LEFT_BEHIND = ["王小雨", WANG, "农村留守儿童", "2026年9月10日", "青石镇摸底", "摸底表2页", ""]
LI_DISABLED = ["李大河", LI, "残疾", "2025-03-01", "县残联", "", "听力二级"]


def lists_of(nol: Registry, id_number: str) -> list[tuple[str, str, str]]:
    row = nol.store.ledger_collection("children").find_one({"id_index": nol.personal.index("id_number", id_number)})
    assert row is not None
    return [(span["list"], span["from"], span["source"]) for span in row["memberships"]]


def test_each_row_enters_a_child_under_whatever_word_the_list_has(school: Registry) -> None:
    report = school.load("groups", sheet("重点群体名单", HEADING, WANG_LEFT_BEHIND, LI_DISABLED))
    assert (report.counts["changed"], report.refused) == (2, [])
    assert lists_of(school, WANG) == [("LEFT_BEHIND", "2026-09-10", "青石镇摸底")]
    assert lists_of(school, LI) == [("DISABLED", "2025-03-01", "县残联")]


def test_the_same_list_twice_changes_nothing_even_from_another_file(school: Registry) -> None:
    school.load("groups", sheet("重点群体名单", HEADING, WANG_LEFT_BEHIND))
    events = school.facts()
    report = school.load("groups", sheet("重点群体名单（第二次）", HEADING, WANG_LEFT_BEHIND))
    assert (report.counts["unchanged"], school.facts()) == (1, events)


def test_bad_rows_come_back_and_cost_no_good_one(school: Registry) -> None:
    stranger = ["钱多多", "349921201202290033", *LI_DISABLED[2:]]
    tomorrow = [*WANG_LEFT_BEHIND[:3], "2027-01-01", *WANG_LEFT_BEHIND[4:]]
    unknown = ["赵小溪", ZHAO, "优等生", *LI_DISABLED[3:]]
    rows = [stranger, tomorrow, unknown, LI_DISABLED, [*LI_DISABLED]]
    report = school.load("groups", sheet("重点群体名单", HEADING, *rows))
    codes = sorted(row.problems[0].code for row in report.refused)
    assert codes == ["cell-out-of-range", "cell-unknown-choice", "pupil-not-so-named", "row-repeated"]
    assert report.counts["changed"] == 1
    assert lists_of(school, LI) == [("DISABLED", "2025-03-01", "县残联")]


def test_a_clerk_cannot_enter_by_list_what_the_clerk_may_not_know(school: Registry) -> None:
    clerk = Caller("clerk-1", "township_clerk", Scope("349921101"))
    learning = ["王小雨", WANG, "学困生", *WANG_LEFT_BEHIND[3:]]
    report = school.load("groups", sheet("重点群体名单", HEADING, learning), caller=clerk)
    (refused,) = report.refused
    assert [(problem.code, problem.field_title) for problem in refused.problems] == [("group-unknown", "群体类别")]
    assert lists_of(school, WANG) == []


def test_what_lies_behind_a_label_is_sealed_on_its_way_in(school: Registry) -> None:
    school.load("groups", sheet("重点群体名单", HEADING, LI_DISABLED))
    (event,) = school.store.events.find({"type": "registry.group-entered.v1"})
    assert event["data"]["particulars"].startswith("enc:")
    assert "听力" not in str(event)
