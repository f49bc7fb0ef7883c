"""Schools as callers meet them: what they are, the census, boarding places, and where pupils of closed ones went."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from shared.kernel.firing import fire_due
from tests.registry.conftest import Registry
from tests.registry.test_api import SignIn, code
from tests.shared.http.client import Client

POINT, CENTRAL, SPECIAL, GARDEN, AWAY = (f"213400000{number}" for number in range(1, 6))
HAND_OVER = {"assets": "校舍由石坪村看护", "records": "档案移交中心小学", "taken_over_by": "何志强"}
CLOSING = {"receiving_school_code": CENTRAL, "closed_on": "2026-11-20", "hand_over": HAND_OVER}


def tell(client: Client, path: str, body: dict[str, Any]) -> Any:
    answer = client.post(path, body)
    assert answer.status_code == 201, answer.json
    return answer.json


def school(client: Client, code: str, kind: str, name: str, **more: Any) -> None:
    body = {"school_code": code, "name": name, "kind": kind, "division": "349921101", **more}
    tell(client, "/schools/registrations", body)


def pupil(client: Client, number: int, at: str, **place: Any) -> str:
    enrolment = {"school_code": at, "grade": 3, "class_no": 1, "enrolled_on": "2026-09-01", **place}
    body = {
        "name": f"田小{'零一二三四五六七八九'[number]}",
        "sex": "F",
        "birth_date": "2016-05-01",
        "division": "349921102201",
    }
    return str(tell(client, "/children/registrations", body | {"enrolment": enrolment})["stream"])[len("child-") :]


@pytest.fixture
def officer(sign_in: SignIn) -> Client:
    client = sign_in("bureau_officer", division="349921")
    school(client, POINT, "TEACHING_POINT", "石坪教学点")
    school(client, CENTRAL, "PRIMARY", "青石镇中心小学")
    school(client, SPECIAL, "SPECIAL", "云岭县特殊教育学校")
    school(client, GARDEN, "KINDERGARTEN", "青石镇朝阳幼儿园", private=True, demonstration_level="CITY")
    school(client, AWAY, "PRIMARY", "白沙镇中心小学", division="349921102")
    return client


def test_a_kindergarten_has_a_level_and_an_owner_which_a_later_word_without_them_keeps(officer: Client) -> None:
    school(officer, GARDEN, "KINDERGARTEN", "青石镇向阳幼儿园")
    found = officer.get(f"/schools/{GARDEN}").json
    assert (found["name"], found["private"], found["demonstration_level"]) == ("青石镇向阳幼儿园", True, "CITY")
    assert (found["status"], found["closed_on"]) == ("OPEN", None)


def test_a_primary_school_has_no_demonstration_level(officer: Client) -> None:
    body = {"school_code": CENTRAL, "name": "小学", "kind": "PRIMARY", "division": "349921101"}
    answer = officer.post("/schools/registrations", body | {"demonstration_level": "COUNTY"})
    assert code(answer) == (422, "level-of-kindergartens-only")


@pytest.mark.rule("10-01")
def test_the_census_counts_each_kind_and_its_items_add_up_to_schools_and_pupils_in_all(officer: Client) -> None:
    for number, at in enumerate((POINT, CENTRAL, CENTRAL, SPECIAL, AWAY)):
        pupil(officer, number, at)
    census = officer.get("/school-census").json
    found = {(item["kind"], item["private"]): (item["schools"], item["pupils"]) for item in census["items"]}
    assert found == {
        ("KINDERGARTEN", True): (1, 0),
        ("PRIMARY", False): (2, 3),
        ("SPECIAL", False): (1, 1),
        ("TEACHING_POINT", False): (1, 1),
    }
    assert [item["label"] for item in census["items"]] == ["幼儿园", "小学", "特殊教育学校", "教学点"]
    assert (census["schools"], census["pupils"]) == (5, 5)
    assert sum(item["schools"] for item in census["items"]) == census["schools"]
    by_school = officer.get("/headcounts").json["items"]
    assert sum(item["registered"] for item in by_school) == census["pupils"]


@pytest.mark.rule("10-01")
def test_the_census_of_a_township_counts_pupils_where_their_school_lies(officer: Client, sign_in: SignIn) -> None:
    pupil(officer, 1, CENTRAL)
    pupil(officer, 2, AWAY)
    one = officer.get("/school-census?division=349921102").json
    assert (one["schools"], one["pupils"]) == (1, 1)
    clerk = sign_in("township_clerk", division="349921102")
    assert clerk.get("/school-census").json == one
    assert clerk.get("/school-census?division=349921101").json == {
        "items": [],
        "schools": 0,
        "pupils": 0,
        "unconfirmed": 0,
    }


@pytest.mark.rule("10-01", "11-20")
def test_a_closed_school_leaves_the_census_and_its_pupils_do_not(officer: Client, nol: Registry) -> None:
    pupil(officer, 1, POINT)
    tell(officer, f"/schools/{POINT}/closures", CLOSING)
    while_closing = officer.get("/school-census").json
    assert (while_closing["schools"], while_closing["pupils"]) == (4, 1)
    while fire_due(nol.application):
        pass
    after = officer.get("/school-census").json
    assert (after["schools"], after["pupils"]) == (4, 1)
    assert {item["kind"]: item["pupils"] for item in after["items"]}["PRIMARY"] == 1


@pytest.mark.rule("11-20")
def test_the_ledger_shows_where_the_pupils_of_a_closed_school_went(officer: Client, nol: Registry) -> None:
    child = pupil(officer, 1, POINT)
    pupil(officer, 2, CENTRAL)
    tell(officer, f"/schools/{POINT}/mergers", CLOSING)
    while fire_due(nol.application):
        pass
    rows = officer.get("/ledgers/pupils-of-closed-schools").json["rows"]
    assert [row["key"] for row in rows] == [child]
    cells = rows[0]["cells"]
    assert (cells["former_school_name"], cells["school_name"]) == ("石坪教学点", "青石镇中心小学")
    assert cells["moved_on"] == "2026-11-20"
    book = openpyxl.load_workbook(BytesIO(officer.get("/ledgers/pupils-of-closed-schools.xlsx").data))
    text = "".join(str(cell) for line in book.active.iter_rows(values_only=True) for cell in line)
    assert "撤并学校学生去向" in text
    assert "学校合并" in text
    closed = officer.get("/ledgers/closed-schools").json["rows"]
    assert [row["cells"]["receiving_school_name"] for row in closed] == ["青石镇中心小学"]
    assert officer.get(f"/schools/{POINT}").json["status"] == "MERGED"


@pytest.mark.rule("11-20")
def test_closing_needs_a_hand_over_note_and_is_the_countys_to_decide(officer: Client, sign_in: SignIn) -> None:
    bare = {name: value for name, value in CLOSING.items() if name != "hand_over"}
    assert officer.post(f"/schools/{POINT}/closures", bare).status_code == 422
    empty = CLOSING | {"hand_over": HAND_OVER | {"assets": ""}}
    assert officer.post(f"/schools/{POINT}/closures", empty).status_code == 422
    principal = sign_in("school_admin", school=POINT)
    assert principal.post(f"/schools/{POINT}/closures", CLOSING).status_code == 403
    neighbours = sign_in("bureau_officer", division="349922")
    assert neighbours.post(f"/schools/{POINT}/closures", CLOSING).status_code == 404


@pytest.mark.rule("11-20")
def test_a_school_is_restored(officer: Client) -> None:
    tell(officer, f"/schools/{POINT}/closures", CLOSING)
    back = {"need": "搬迁点学生增多", "restored_on": "2026-11-20", "hand_over": HAND_OVER}
    tell(officer, f"/schools/{POINT}/restorations", back)
    assert officer.get(f"/schools/{POINT}").json["status"] == "RESTORED"


@pytest.mark.rule("11-24")
def test_boarding_places_are_counted_against_boarders_and_left_behind_children_who_wait(officer: Client) -> None:
    pupil(officer, 1, CENTRAL, boarder=True)
    waiting = pupil(officer, 2, CENTRAL)
    entry = {"group": "LEFT_BEHIND", "source": "2026年秋季摸底表", "from_on": "2026-09-10"}
    tell(officer, f"/children/{waiting}/group-entries", entry)
    tell(officer, f"/schools/{CENTRAL}/boarding-places", {"places": 40, "set_on": "2026-09-01"})
    assert officer.get("/boarding-places").json["items"] == [
        {"school": CENTRAL, "school_name": "青石镇中心小学", "places": 40, "boarders": 1, "free": 39, "waiting": 1}
    ]
    listed = officer.get("/ledgers/left-behind-boarding").json["rows"]
    assert [row["cells"]["boarding.boarding_places"] for row in listed] == [40]
