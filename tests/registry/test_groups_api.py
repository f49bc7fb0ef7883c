"""Lists of special groups as callers meet them: on a day, in ledgers, and hidden from who need not know."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from services.registry.groups.catalogue import catalogue
from services.registry.ledgers.groups import GROUP_VIEWS
from tests.registry.test_api import PUPIL, SCHOOL, SignIn, child_id, code, officer
from tests.shared.http.client import Client

__all__ = ["child_id", "officer"]  # fixtures, used by name
ALLOWED = ("SUBSISTENCE_ALLOWANCE", "2026-10-01", None)
NO_DAY = ("SUBSISTENCE_ALLOWANCE", "2026-10-01", "2026-10-01")
OPEN = ("EXTREME_POVERTY", "2025-06-01", None)
ROSTER = {"source": "2026年秋季摸底表", "from_on": "2026-09-10", "evidence": ["摸底表第2页"]}


def put(client: Client, child_id: str, group: str, **more: Any) -> Any:
    answer = client.post(f"/children/{child_id}/group-entries", {"group": group, **ROSTER, **more})
    assert answer.status_code == 201, answer.json
    return answer


def lists(client: Client, child_id: str, on: str = "") -> list[tuple[str, str, str | None]]:
    answer = client.get(f"/children/{child_id}/memberships" + (f"?on={on}" if on else ""))
    assert answer.status_code == 200, answer.json
    return [(item["list"], item["from"], item["to"]) for item in answer.json["items"]]


@pytest.fixture
def poor_and_left_behind(officer: Client, child_id: str) -> str:
    category = {"category": "MONITORED", "effective_from": "2025-03-01"}
    assert officer.post(f"/children/{child_id}/household-categories", category).status_code == 201
    put(officer, child_id, "LEFT_BEHIND")
    away = {"group": "LEFT_BEHIND", "left_on": "2026-10-08", "reason": "母亲返乡"}
    assert officer.post(f"/children/{child_id}/group-departures", away).status_code == 201
    raised = {"category": "SUBSISTENCE_ALLOWANCE", "effective_from": "2026-10-01"}
    assert officer.post(f"/children/{child_id}/household-categories", raised).status_code == 201
    return child_id


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-02-28", []),
        ("2025-03-01", ["MONITORED"]),
        ("2026-09-30", ["MONITORED", "LEFT_BEHIND"]),
        ("2026-10-01", ["LEFT_BEHIND", "SUBSISTENCE_ALLOWANCE"]),
        ("2026-10-07", ["LEFT_BEHIND", "SUBSISTENCE_ALLOWANCE"]),
        ("2026-10-08", ["SUBSISTENCE_ALLOWANCE"]),
    ],
)
def test_whether_a_child_was_on_a_list_that_day_has_an_answer(
    officer: Client, poor_and_left_behind: str, day: str, expected: list[str]
) -> None:
    assert [name for name, _, _ in lists(officer, poor_and_left_behind, day)] == expected


def test_all_memberships_are_told_with_their_times(officer: Client, poor_and_left_behind: str) -> None:
    assert lists(officer, poor_and_left_behind) == [
        ("MONITORED", "2025-03-01", "2026-10-01"),
        ("LEFT_BEHIND", "2026-09-10", "2026-10-08"),
        ("SUBSISTENCE_ALLOWANCE", "2026-10-01", None),
    ]


def categorise(client: Client, child_id: str, category: str, day: str, **more: Any) -> None:
    body = {"category": category, "effective_from": day, **more}
    assert client.post(f"/children/{child_id}/household-categories", body).status_code == 201


def test_a_category_has_its_source_and_evidence(officer: Client, child_id: str) -> None:
    paper = {"source": "县乡村振兴局", "evidence": ["青振〔2025〕3号"]}
    categorise(officer, child_id, "MONITORED", "2025-03-01", **paper)
    [told] = officer.get(f"/children/{child_id}/memberships").json["items"]
    assert {name: told[name] for name in paper} == paper
    [row] = officer.get("/ledgers/poor-children").json["rows"]
    assert (row["cells"]["category_source"], row["cells"]["category_evidence"]) == tuple(paper.values())


def test_what_was_wanting_of_a_category_is_told_once(officer: Client, child_id: str) -> None:
    categorise(officer, child_id, "MONITORED", "2025-03-01")
    for source in ("县乡村振兴局", "县乡村振兴局", "县民政局"):
        categorise(officer, child_id, "MONITORED", "2025-03-01", source=source)
    told = officer.get(f"/children/{child_id}/memberships").json["items"]
    assert [(each["from"], each["to"], each["source"]) for each in told] == [("2025-03-01", None, "县乡村振兴局")]


@pytest.mark.parametrize(
    ("category", "day", "expected"),
    [
        ("EXTREME_POVERTY", "2025-06-01", [("MONITORED", "2025-03-01", "2025-06-01"), OPEN, NO_DAY]),
        ("NONE", "2026-09-30", [("MONITORED", "2025-03-01", "2026-09-30"), NO_DAY]),
        ("SUBSISTENCE_ALLOWANCE", "2026-10-01", [("MONITORED", "2025-03-01", "2026-10-01"), ALLOWED]),
    ],
)
def test_a_category_from_an_earlier_day_turns_no_time_around(
    officer: Client, poor_and_left_behind: str, category: str, day: str, expected: list[Any]
) -> None:
    """Given MONITORED up to 1 October 2026, and the allowance since; then those before end, none before it began."""
    categorise(officer, poor_and_left_behind, category, day)
    found = [span for span in lists(officer, poor_and_left_behind) if span[0] != "LEFT_BEHIND"]
    assert found == expected


@pytest.mark.rule("5-02")
def test_who_need_not_know_a_difficulty_sees_it_nowhere(officer: Client, child_id: str, sign_in: SignIn) -> None:
    put(officer, child_id, "DIFFICULTY_CONDUCT", particulars="与同学多次冲突")
    clerk = sign_in("township_clerk", division="349921101")
    assert lists(clerk, child_id) == []
    file = clerk.get(f"/children/{child_id}")
    assert file.json["child"]["groups"] == []
    feed = clerk.get("/events?limit=500")
    assert "registry.child-enrolled.v1" in feed.text
    for answer in (file, feed, clerk.get(f"/events/{_event_of(officer, 'group-entered')}")):
        assert "DIFFICULTY_CONDUCT" not in answer.text
    assert clerk.get("/ledgers/special-groups").status_code == 403
    assert "DIFFICULTY_CONDUCT" in officer.get(f"/children/{child_id}").text
    assert "与同学" not in officer.get(f"/children/{child_id}").text


@pytest.mark.rule("5-02")
def test_the_teacher_who_needs_a_difficulty_sees_it(officer: Client, child_id: str, sign_in: SignIn) -> None:
    put(officer, child_id, "DIFFICULTY_LEARNING")
    teacher = sign_in("class_teacher", school=SCHOOL)
    assert [name for name, _, _ in lists(teacher, child_id)] == ["DIFFICULTY_LEARNING"]


def _event_of(client: Client, name: str) -> str:
    events = client.get("/events?limit=500").json["events"]
    return str(next(event["id"] for event in events if event["type"] == f"registry.{name}.v1"))


@pytest.mark.rule("11-24")
def test_left_behind_children_without_a_bed_are_on_the_boarding_list_until_they_board(
    officer: Client, child_id: str
) -> None:
    assert officer.get("/ledgers/left-behind-boarding").json["rows"] == []
    put(officer, child_id, "LEFT_BEHIND")
    assert [row["key"] for row in officer.get("/ledgers/left-behind-boarding").json["rows"]] == [child_id]
    place = PUPIL["enrolment"] | {"boarder": True}
    assert officer.post(f"/children/{child_id}/enrolments", place).status_code == 201
    assert officer.get("/ledgers/left-behind-boarding").json["rows"] == []


@pytest.mark.parametrize("group", ["LEFT_BEHIND", "DISABLED", "DIFFICULTY_LEARNING"])
def test_a_child_of_a_risk_group_has_a_line_among_the_files_at_risk(
    officer: Client, child_id: str, group: str
) -> None:
    put(officer, child_id, "IN_LEGAL_CASE")
    assert officer.get("/ledgers/at-risk-children").json["rows"] == []
    put(officer, child_id, group)
    sheet = openpyxl.load_workbook(BytesIO(officer.get("/ledgers/at-risk-children.xlsx").data)).active
    shown = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "林小雨" in shown
    assert "重点群体" in shown


def test_a_group_nobody_knows_is_refused_with_a_sentence(officer: Client, child_id: str) -> None:
    answer = officer.post(f"/children/{child_id}/group-entries", {"group": "VIP", **ROSTER})
    assert code(answer) == (422, "group-unknown")


MINE = {"township_clerk": "special-groups-of-townships", "class_teacher": "special-groups-of-classes"}


@pytest.mark.rule("5-02")
@pytest.mark.parametrize(
    ("role", "scope", "seen"),
    [
        ("township_clerk", {"division": "349921101"}, ["LEFT_BEHIND"]),
        ("village_cadre", {"division": "349921101201"}, ["LEFT_BEHIND"]),
        ("class_teacher", {"school": SCHOOL}, ["DIFFICULTY_CONDUCT", "LEFT_BEHIND"]),
    ],
)
def test_who_may_set_some_groups_has_the_list_of_those_and_of_no_other(
    officer: Client, child_id: str, sign_in: SignIn, role: str, scope: dict[str, str], seen: list[str]
) -> None:
    """Given a child of three groups, each known to fewer people; then each sees what its role may know."""
    for group in ("LEFT_BEHIND", "DIFFICULTY_CONDUCT", "IN_LEGAL_CASE"):
        put(officer, child_id, group)
    someone = sign_in(role, **scope)
    names = {each["name"] for each in someone.get("/ledgers").json["ledgers"]}
    [mine] = [name for name in names if name.startswith("special-groups")]
    page = someone.get(f"/ledgers/{mine}")
    [row] = page.json["rows"]
    assert row["cells"]["groups"] == seen
    book = openpyxl.load_workbook(BytesIO(someone.get(f"/ledgers/{mine}.xlsx").data))
    told = page.text + str(list(book.worksheets[0].values))
    assert "IN_LEGAL_CASE" not in told
    assert "涉案" not in told
    assert someone.get(f"/ledgers/{mine}?status=IN_LEGAL_CASE").status_code == 422
    for other in {"special-groups", *MINE.values()} - {mine}:
        assert someone.get(f"/ledgers/{other}").status_code == 403


@pytest.mark.rule("5-02")
def test_a_child_of_no_group_that_a_role_may_know_is_on_none_of_its_lists(
    officer: Client, child_id: str, sign_in: SignIn
) -> None:
    put(officer, child_id, "IN_LEGAL_CASE")
    for role, scope in (("township_clerk", {"division": "349921101"}), ("class_teacher", {"school": SCHOOL})):
        assert sign_in(role, **scope).get(f"/ledgers/{MINE[role]}").json["rows"] == []
    assert len(officer.get("/ledgers/special-groups").json["rows"]) == 1


def test_every_role_that_may_know_a_group_has_just_one_list_of_them() -> None:
    knowing = {role for audience in catalogue().audiences.values() for role in audience}
    lists_of = {role: [view.name for view in GROUP_VIEWS if role in view.roles] for role in knowing}
    assert {role: len(names) for role, names in lists_of.items()} == dict.fromkeys(knowing, 1)
