"""A number and a name are two statements of who somebody is: they agree, or the row comes back and nothing moves."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.registry.children.ids import ChildId
from services.registry.children.names import is_called
from services.registry.corrections.decisions import AdvanceCorrection, RequestCorrection
from services.registry.corrections.steps import Step
from services.registry.duplicates.decisions import FindDuplicate, MergeDuplicate
from services.registry.duplicates.weights import Level
from services.registry.imports.naming import KnownChild, Meant, Named, in_household, whom
from services.registry.sealing import registration
from services.registry.snapshots.importing import ListFile, import_list
from services.registry.snapshots.kinds import ListKind
from shared.kernel.caller import Caller, Scope
from tests.registry.conftest import COUNTY, Registry
from tests.registry.imports.test_importing import OTHER, SCHOOL, sheet

ANNA = KnownChild(
    id=ChildId("c1"),
    name="王小雨",
    school=SCHOOL,
    school_name="青石镇中心小学",
    grade=6,
    class_no=1,
    enrolled_on=date(2026, 9, 1),
    leaving=False,
    guardians=(),
    former_names=("王晓雨",),
    id_index="x",
)
BORIS = replace(ANNA, id=ChildId("c2"), name="王小雪", former_names=(), id_index="y")


def codes(meant: Meant) -> list[str]:
    return [fault.code for fault in (*meant.doubts, *([meant.against] if meant.against else []))]


@pytest.mark.parametrize(
    ("row", "by_id", "by_number", "child", "told"),
    [
        (Named("王小雨"), ANNA, None, ANNA, []),
        (Named("王小雨"), ANNA, ANNA, ANNA, []),
        (Named("王小雨"), None, None, None, []),
        (Named("王小雪"), ANNA, None, None, ["pupil-not-so-named"]),
        (Named("王小雪"), None, ANNA, None, ["pupil-not-so-named"]),
        (Named("王晓雨"), ANNA, None, ANNA, ["name-former"]),
        (Named("王小\ufe00雨"), ANNA, None, ANNA, ["name-spelled-otherwise"]),
        (Named("王大雨", former="王小雨"), ANNA, None, ANNA, ["name-not-yet-corrected"]),
        (Named("王小雨"), ANNA, BORIS, None, ["row-numbers-of-two"]),
        (Named("王小雪"), ANNA, BORIS, None, ["row-numbers-of-two"]),
        (Named("李四"), ANNA, BORIS, None, ["pupil-not-so-named"]),
        (Named("王小雨", id_index="z"), None, ANNA, ANNA, ["row-id-number-differs"]),
        (Named("王小雨", id_index="z"), None, replace(ANNA, id_index=None), replace(ANNA, id_index=None), []),
    ],
)
def test_whom_a_row_means(
    row: Named, by_id: KnownChild | None, by_number: KnownChild | None, child: KnownChild | None, told: list[str]
) -> None:
    meant = whom(row, by_id, by_number)
    assert (meant.child, codes(meant)) == (child, told)


@pytest.mark.parametrize(
    ("row", "namesakes", "child", "told"),
    [
        (Named("王小雨"), [], None, []),
        (Named("王小雨"), [ANNA], ANNA, []),
        (Named("王晓雨"), [ANNA], ANNA, ["name-former"]),
        (Named("王小雨"), [ANNA, replace(BORIS, name="王小雨")], None, ["household-name-not-unique"]),
        (Named("王小雨", id_index="z"), [ANNA], None, ["pupil-not-so-named"]),
    ],
)
def test_whom_a_member_of_a_household_without_a_known_number_means(
    row: Named, namesakes: list[KnownChild], child: KnownChild | None, told: list[str]
) -> None:
    meant = in_household(row, namesakes)
    assert (meant.child, codes(meant)) == (child, told)


# -- over real workbooks: the twins' lines have slipped

FIRST, SECOND = ("王小雨", "349921201409031020"), ("王小雪", "349921201409031047")
ROSTER = ["姓名", "性别", "身份证号", "年级", "班级", "户编号", "曾用名"]
TWINS: dict[str, tuple[list[str], list[Any]]] = {
    "rosters": (["姓名", "身份证号", "性别", "年级", "班级"], ["女", "六年级", "3班"]),
    "attendance": (["姓名", "身份证号", "缺勤日期", "缺勤类型"], ["2026-11-16", "旷课"]),
    "accounts": (["学生姓名", "身份证号", "监护人姓名", "账号"], ["王大山", "6217000000000000007"]),
    "groups": (
        ["姓名", "身份证号", "群体类别", "列入日期", "来源"],
        ["留守儿童", "2026-09-01", "县民政局"],
    ),
    "guardians": (["学生姓名", "身份证号", "监护人姓名", "与学生关系", "起始日期"], ["王大山", "父亲", "2026-09-01"]),
    "households": (
        ["家庭成员姓名", "成员身份证号", "户编号", "困难类别", "认定日期"],
        ["H1", "低保户", "2026-03-01"],
    ),
    "graduates": (
        ["姓名", "身份证号", "证书类别", "证书编号", "毕业日期"],
        ["毕业", "B-1", "2026-07-05"],
    ),
    "primary-leavers": (["姓名", "身份证号", "升入学校标识码", "毕业日期"], [OTHER, "2026-07-05"]),
}


@pytest.fixture
def twins(nol: Registry) -> Registry:
    headings = ["学校标识码", "学校名称", "办学类型", "所在乡镇代码"]
    schools = [[SCHOOL, "青石镇中心小学", "小学", "349921101"], [OTHER, "白沙初级中学", "初级中学", "349921102"]]
    nol.load("schools", sheet("学校名单", headings, *schools))
    roster(nol, *FIRST)
    roster(nol, *SECOND)
    return nol


def roster(nol: Registry, name: str, number: str, former: str = "", class_: str = "2班") -> Any:
    row = [name, "女", number, "六年级", class_, "H1", former]
    return nol.load("rosters", sheet("青石镇中心小学花名册", ROSTER, row))


def row_of(nol: Registry, number: str) -> dict[str, Any]:
    row = nol.store.ledger_collection("children").find_one({"id_index": nol.personal.index("id_number", number)})
    assert row is not None
    return row


def refusals(report: Any) -> list[str]:
    return [problem.code for row in report.refused for problem in row.problems if problem.blocking]


@pytest.mark.parametrize("kind", TWINS)
def test_two_twins_whose_lines_have_slipped_both_come_back_and_nothing_moves(twins: Registry, kind: str) -> None:
    headings, rest = TWINS[kind]
    before = twins.facts()
    slipped = [[FIRST[0], SECOND[1], *rest], [SECOND[0], FIRST[1], *rest]]
    report = twins.load(kind, sheet("青石镇中心小学名单", headings, *slipped))
    assert refusals(report) == ["pupil-not-so-named"] * 2
    assert twins.facts() == before


@pytest.mark.parametrize("kind", ListKind)
def test_a_kept_list_takes_no_line_for_a_registered_child_of_another_name(twins: Registry, kind: ListKind) -> None:
    if kind in (ListKind.POVERTY, ListKind.LAST_ROSTERS):
        headings, rest = TWINS["households" if kind is ListKind.POVERTY else "rosters"]
    else:
        headings = ["姓名", "身份证号", "性别", "学籍号", "出生日期", "村居代码", "学校标识码"]
        headings += ["死亡日期", "迁移方向", "迁移日期", "残疾类别等级"]
        rest = ["女", "", "", "349921101201", SCHOOL, "2026-07-05", "迁出", "2026-07-05", "肢体四级"]
    content = sheet("青石镇中心小学名单", headings, [FIRST[0], SECOND[1], *rest], [*FIRST, *rest])
    file = ListFile(kind=kind, list_on=date(2026, 8, 1), source="县公安局", name="名单.xlsx", content=content)
    report = import_list(file, twins.application, twins.personal, COUNTY, lambda *_: None)
    assert (refusals(report), report.counts["good"]) == (["pupil-not-so-named"], 1)


def test_a_roster_row_of_two_childrens_numbers_is_refused(twins: Registry) -> None:
    heading = ["姓名", "性别", "身份证号", "学籍号", "年级", "班级"]
    own = [FIRST[0], "女", FIRST[1], "L349921202500000011", "六年级", "2班"]
    assert refusals(twins.load("rosters", sheet("青石镇中心小学花名册", heading, own))) == []
    mixed = [SECOND[0], "女", SECOND[1], *own[3:]]
    assert refusals(twins.load("rosters", sheet("青石镇中心小学花名册", heading, mixed))) == ["row-numbers-of-two"]


def corrected(nol: Registry, name: str) -> None:
    """The first twin is called `name` from now on."""
    child_id, on = ChildId(row_of(nol, FIRST[1])["_id"]), date(2026, 11, 20)
    key = f"k-{name}"
    asked = RequestCorrection(
        child_id=child_id, correction_id=key, field="name", new_value=name, basis="户口簿", requested_on=on
    )
    nol.do(asked)
    hands = [
        ("village_cadre", Step.VILLAGE_REVIEWED),
        ("township_clerk", Step.TOWNSHIP_ACCEPTED),
        ("township_clerk", Step.ENTERED_IN_NATIONAL_SYSTEM),
        ("township_clerk", Step.CONFIRMED),
    ]
    for number, (role, step) in enumerate(hands):
        command = AdvanceCorrection(child_id=child_id, correction_id=key, step=step, advanced_on=on, reference="GJ-7")
        nol.do(command, caller=Caller(f"hand-{number}", role, Scope("349921101")))


def test_an_old_list_with_a_former_name_is_taken_with_a_warning(twins: Registry) -> None:
    corrected(twins, "王小玉")
    corrected(twins, "王小羽")
    for name in (FIRST[0], "王小玉", "王小羽"):
        report = roster(twins, name, FIRST[1], class_=f"{len(name)}班")
        assert refusals(report) == []
        assert report.counts["warned"] == (name != "王小羽")
    assert row_of(twins, FIRST[1])["name"] == "王小羽"
    assert is_called(row_of(twins, FIRST[1]), FIRST[0])
    assert refusals(roster(twins, "王小宇", FIRST[1])) == ["pupil-not-so-named"]


def test_a_roster_that_tells_the_registered_name_as_the_former_one_is_taken_and_changes_no_name(
    twins: Registry,
) -> None:
    report = roster(twins, "王小玉", FIRST[1], former=FIRST[0])
    assert (refusals(report), report.counts["warned"]) == ([], 1)
    assert row_of(twins, FIRST[1])["name"] == FIRST[0]


def test_a_merged_files_name_is_a_former_name_of_the_kept_one(twins: Registry) -> None:
    kept = ChildId(row_of(twins, FIRST[1])["_id"])
    told = {"name": "王雨", "sex": "F", "birth_date": date(2014, 9, 3), "division": "349921101"}
    twins.do(registration(twins.personal, ChildId("c9"), told))
    first, second = sorted([kept, ChildId("c9")])
    found = FindDuplicate(
        child_id=first,
        other_id=second,
        level=Level.LIKELY,
        agreements=("NAME_SAME", "BIRTH_SAME"),
        disagreements=(),
        division="349921101",
    )
    twins.do(found)
    merged = MergeDuplicate(
        child_id=kept, absorbed_id=ChildId("c9"), reason="同一人", merged_on=date(2026, 11, 20), evidence=("1",)
    )
    twins.do(merged)
    report = roster(twins, "王雨", FIRST[1])
    assert (refusals(report), report.counts["warned"]) == ([], 1)


def test_a_receipt_of_a_correction_names_the_child_whose_correction_it_is(twins: Registry) -> None:
    heading = ["更正编号", "姓名", "录入日期", "录入回执编号"]
    child_id = row_of(twins, FIRST[1])["_id"]
    report = twins.load(
        "correction-receipts", sheet("清单", heading, [f"{child_id}:k1", SECOND[0], "2026-11-20", "1"])
    )
    assert refusals(report) == ["pupil-not-so-named"]
