"""A list of guardians: good rows link guardians in the order of the law, the others come back with reasons."""

from typing import Any

from shared.kernel.caller import Caller, Scope
from shared.workbooks.rows import BadRow
from tests.registry.conftest import Registry
from tests.registry.imports.test_importing import LI, OTHER, WANG, school, sheet

__all__ = ["school"]  # a fixture, used by name
HEADING = [
    "学生姓名",
    "学生身份证号",
    "监护人姓名",
    "与学生关系",
    "监护人身份证号",
    "监护人电话",
    "起始日期",
    "同意文书",
]
GRANDMOTHER = ["王小雨", WANG, "程桂兰", "奶奶", "", "13800000001", "2026-09-10", ""]
MOTHER = ["王小雨", WANG, "陈秀英", "母亲", "349921198603040022", "13800000002", "2026年9月20日", ""]
AUNT = ["李大河", LI, "李二妹", "姑姑", "", "", "2026-09-01", "青石镇石桥村民委员会同意书（2026）3号"]


def load(nol: Registry, *rows: list[Any], title: str = "监护人名单", caller: Caller | None = None) -> Any:
    content = sheet(title, HEADING, *rows)
    return nol.load("guardians", content, caller=caller) if caller else nol.load("guardians", content)


def child(nol: Registry, id_number: str) -> dict[str, Any]:
    row = nol.store.ledger_collection("children").find_one({"id_index": nol.personal.index("id_number", id_number)})
    assert row is not None
    return row


def guardians(nol: Registry, id_number: str) -> list[tuple[str, str]]:
    return [(each["name"], each["relation"]) for each in child(nol, id_number)["guardians"]]


def said(row: BadRow) -> list[tuple[str, str]]:
    assert all(problem.reason and problem.remedy for problem in row.problems)
    return [(problem.code, problem.field_title) for problem in row.problems]


def test_guardians_stand_in_the_order_of_the_law_whatever_the_order_of_the_list(school: Registry) -> None:
    report = load(school, GRANDMOTHER, MOTHER, AUNT)
    assert (report.counts["changed"], report.refused) == (3, [])
    assert guardians(school, WANG) == [("陈秀英", "52"), ("程桂兰", "62")]
    assert child(school, WANG)["guardian_name"] == "陈秀英"
    assert guardians(school, LI) == [("李二妹", "97")]


def test_the_same_list_twice_changes_nothing_even_from_another_file(school: Registry) -> None:
    load(school, GRANDMOTHER, MOTHER, AUNT)
    events = school.facts()
    assert load(school, GRANDMOTHER, MOTHER, AUNT).counts["unchanged"] == 3
    assert load(school, GRANDMOTHER, MOTHER, AUNT, title="监护人名单（第二次）").counts["unchanged"] == 3
    assert school.facts() == events


def test_a_new_phone_is_news_of_the_same_guardian(school: Registry) -> None:
    load(school, MOTHER)
    changed = [*MOTHER[:5], "13800000009", *MOTHER[6:]]
    assert load(school, changed).counts["changed"] == 1
    (mother,) = child(school, WANG)["guardians"]
    assert school.personal.holds(child(school, WANG)["_id"], "guardian_phone", mother["phone"], "13800000009")


def test_numbers_and_phones_are_sealed_on_their_way_in(school: Registry) -> None:
    load(school, MOTHER)
    (event,) = school.store.events.find({"type": "registry.guardian-linked.v1"})
    assert event["data"]["guardian_id_number"].startswith("enc:")
    assert event["data"]["guardian_phone"].startswith("enc:")
    assert "349921198603040022" not in str(event)
    assert "13800000002" not in str(event)


def test_who_needs_consent_and_shows_none_is_refused_on_the_row(school: Registry) -> None:
    report = load(school, [*AUNT[:7], ""], MOTHER)
    (refused,) = report.refused
    assert said(refused) == [("guardian-consent-needed", "同意文书")]
    assert "其他亲属" in refused.problems[0].reason
    assert refused.row_number == 3
    assert guardians(school, LI) == []
    assert guardians(school, WANG) == [("陈秀英", "52")]


def test_bad_rows_come_back_and_cost_no_good_one(school: Registry) -> None:
    report = load(
        school,
        ["钱多多", "349921201202290033", *GRANDMOTHER[2:]],
        ["李大河", WANG, *GRANDMOTHER[2:]],
        [*GRANDMOTHER[:3], "邻居家", *GRANDMOTHER[4:]],
        [*GRANDMOTHER[:6], "2027-01-01", ""],
        [*GRANDMOTHER[:6], "", ""],
        ["王小雨", "", *GRANDMOTHER[2:]],
        [*MOTHER[:4], "349921198603040021", *MOTHER[5:]],
        GRANDMOTHER,
        GRANDMOTHER,
    )
    assert sorted(said(row)[0] for row in report.refused) == [
        ("cell-missing", "起始日期"),
        ("cell-out-of-range", "起始日期"),
        ("cell-unknown-choice", "与学生关系"),
        ("pupil-not-so-named", "学生姓名"),
        ("pupil-not-so-named", "学生姓名"),
        ("resident-id-check-digit", "监护人身份证号"),
        ("row-no-identity", "身份证号"),
        ("row-repeated", "整行"),
    ]
    assert report.counts["changed"] == 1
    assert guardians(school, WANG) == [("程桂兰", "62")]


def test_a_phone_that_cannot_be_one_is_left_out_and_costs_no_guardian(school: Registry) -> None:
    report = load(school, [*GRANDMOTHER[:5], "1380000", *GRANDMOTHER[6:]])
    assert [said(row) for row in report.warned] == [[("phone-shape", "监护人电话")]]
    assert (report.counts["changed"], report.refused) == (1, [])


def test_a_guardian_is_not_linked_in_another_part_of_the_county(school: Registry) -> None:
    stranger = Caller("u9", "school_admin", Scope("", OTHER))
    report = load(school, GRANDMOTHER, caller=stranger)
    assert [said(row)[0][0] for row in report.refused] == ["not-found"]
    assert guardians(school, WANG) == []
