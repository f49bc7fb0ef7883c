"""The API: facts posted by people in their scope, and what clerks are told when a fact cannot be."""

from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from tests.shared.http.client import Client
from tests.visits import examples as ex
from tests.visits.conftest import County, SignIn, children

JPEG = b"\xff\xd8\xff\xe0" + b"an invented photograph" * 40
VISIT = {"visited_on": "2026-09-07", "place": "HOME", "people": ["王芳"], "cause": "WORKING", "result": "REFUSED"}
ATTEMPT = {"method": "PHONE", "attempted_on": "2026-09-07", "persons": ["王芳"], "result": "REFUSED"}


@pytest.fixture
def away(county: County) -> str:
    """A child that is away, with an open visit."""
    (child,) = children(county, ["陈小雨"])
    county.hear(county.registry.suspected(child))
    return child


def visit_of(client: Client, child: str) -> str:
    (visit,) = client.get(f"/children/{child}").json["visits"]  # type: ignore[index]
    return str(visit["visit_id"])


def code_of(answer: Any) -> tuple[int, str]:
    assert answer.content_type == "application/problem+json"
    return answer.status_code, answer.json["code"]


def test_a_visit_is_recorded_and_the_same_request_again_is_the_same_visit(
    county: County, teacher: Client, away: str
) -> None:
    path = f"/children/{away}/visits/{visit_of(teacher, away)}/records"
    first = teacher.post(path, VISIT | {"counts_as_attempt": True}, idempotency_key="a")
    again = teacher.post(path, VISIT | {"counts_as_attempt": True}, idempotency_key="a")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json["events"] == again.json["events"]  # type: ignore[index]
    assert county.row("household-visits")["status"] == "DONE"
    assert county.row("persuasion-attempts")["method"] == "VISIT"
    assert code_of(teacher.post(path, VISIT)) == (409, "visit-already-recorded")


def test_a_childs_file_shows_plan_visits_attempts_and_returns(county: County, teacher: Client, away: str) -> None:
    teacher.post(f"/children/{away}/attempts", ATTEMPT | {"next_on": "2026-09-12"})
    county.hear(county.registry.returned(away))
    answer = teacher.get(f"/children/{away}")
    assert answer.json is not None
    assert answer.json["plan"]["status"] == "FOLLOWING_UP"
    assert [visit["status"] for visit in answer.json["visits"]] == ["CANCELLED"]
    assert [attempt["next_on"] for attempt in answer.json["attempts"]] == ["2026-09-12"]
    assert [each["checks_planned"] for each in answer.json["returns"]] == [3]
    check = {"check_no": 1, "checked_on": "2026-10-15", "finding": "ATTENDING"}
    county.go_to(ex.RELAPSED)
    assert (
        teacher.post(f"/children/{away}/stability-checks", check, if_match=answer.headers["ETag"]).status_code == 201
    )
    check["check_no"] = 2
    late = teacher.post(f"/children/{away}/stability-checks", check, if_match=answer.headers["ETag"])
    assert code_of(late) == (412, "version-conflict")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"attempted_on": "2026-09-08"}, 422, "date-in-future"),
        ({"attempted_on": "2026-08-31"}, 422, "date-out-of-order"),
        ({"attempted_on": "2026-02-30"}, 422, "fields-not-valid"),
        ({"next_on": "2026-09-07"}, 422, "next-date-out-of-order"),
        ({"persons": []}, 422, "fields-not-valid"),
        ({"persons": ["  "]}, 422, "fields-not-valid"),
        ({"method": "PIGEON"}, 422, "fields-not-valid"),
        ({"photos": ["abc"]}, 422, "fields-not-valid"),
        ({"colour": "red"}, 422, "fields-not-valid"),
    ],
)
def test_a_bad_attempt_is_refused_in_chinese_and_changes_nothing(
    county: County, teacher: Client, away: str, change: dict[str, Any], status: int, code: str
) -> None:
    answer = teacher.post(f"/children/{away}/attempts", ATTEMPT | change)
    assert code_of(answer) == (status, code)
    assert any("一" <= letter <= "鿿" for letter in answer.json["detail"])  # type: ignore[index]
    assert county.rows("persuasion-attempts") == []


def test_an_attempt_for_a_child_in_school_is_refused(county: County, teacher: Client, away: str) -> None:
    county.hear(county.registry.returned(away))
    county.go_to(date(2026, 10, 13))
    today = ATTEMPT | {"attempted_on": "2026-10-13"}
    assert code_of(teacher.post(f"/children/{away}/attempts", today)) == (409, "child-is-not-away")


def test_a_team_of_two_is_refused(officer: Client, away: str) -> None:
    two = {"teacher": "王芳", "village_cadre": "李建国", "guardian": "李建国 "}
    assert code_of(officer.post(f"/children/{away}/teams", two)) == (422, "team-of-the-same")
    assert officer.post(f"/children/{away}/teams", two | {"guardian": "赵秀英"}).status_code == 201


@pytest.mark.parametrize(("one", "other"), [("王 芳", "王芳"), ("古丽·买买提", "古丽﹒买买提"), ("⻢小青", "马小青")])
def test_one_person_spelled_in_two_ways_is_not_two_of_a_team(officer: Client, away: str, one: str, other: str) -> None:
    team = {"teacher": one, "village_cadre": other, "guardian": "赵秀英"}
    assert code_of(officer.post(f"/children/{away}/teams", team)) == (422, "team-of-the-same")


def test_what_is_no_name_is_no_member_of_a_team(officer: Client, away: str) -> None:
    team = {"teacher": "王芳2", "village_cadre": "李建国", "guardian": "赵秀英"}
    assert code_of(officer.post(f"/children/{away}/teams", team)) == (422, "fields-not-valid")


def test_a_visit_is_handed_over_by_the_office_and_not_by_a_teacher(
    county: County, teacher: Client, officer: Client, away: str
) -> None:
    path = f"/children/{away}/visits/{visit_of(officer, away)}/handovers"
    assert code_of(teacher.post(path, {"teacher": "周明"})) == (403, "role-not-allowed")
    assert officer.post(path, {"teacher": "周明"}).status_code == 201
    assert county.row("household-visits")["teacher"] == "周明"


@pytest.mark.prop("P16")
def test_a_child_of_another_school_or_village_reads_as_one_that_does_not_exist(
    sign_in: SignIn, officer: Client, away: str
) -> None:
    visit = visit_of(officer, away)
    strangers = [sign_in("class_teacher", school="3499210099"), sign_in("township_clerk", division="349921104")]
    for stranger in strangers:
        for child in (away, "c0"):
            assert code_of(stranger.get(f"/children/{child}")) == (404, "not-found")
            assert code_of(stranger.post(f"/children/{child}/attempts", ATTEMPT)) == (404, "not-found")
            path = f"/children/{child}/visits/{visit}/records"
            assert code_of(stranger.post(path, VISIT)) == (404, "not-found")


def test_a_school_assigns_its_own_class_teachers_alone(county: County, sign_in: SignIn, officer: Client) -> None:
    body = {"grade": 3, "class_no": 2, "teacher": "王芳", "assigned_on": "2026-09-01"}
    path = f"/schools/{ex.SCHOOL}/class-teachers"
    own, other = sign_in("school_admin", school=ex.SCHOOL), sign_in("school_admin", school="3499210099")
    assert code_of(other.post(path, body)) == (403, "out-of-scope")
    assert code_of(officer.post("/schools/3499210099/class-teachers", body)) == (404, "school-not-known")
    assert own.post(path, body).status_code == 201
    assert county.row("posts")["holder"] == "王芳"
    assert code_of(other.post(path, body | {"teacher": "周明"})) == (404, "not-found")


def test_a_township_assigns_the_cadres_of_its_villages(county: County, sign_in: SignIn) -> None:
    body = {"cadre": "李建国", "assigned_on": "2026-09-01"}
    clerk, stranger = (sign_in("township_clerk", division=code) for code in ("349921103", "349921104"))
    assert code_of(stranger.post(f"/villages/{ex.VILLAGE}/cadres", body)) == (403, "out-of-scope")
    assert clerk.post(f"/villages/{ex.VILLAGE}/cadres", body).status_code == 201
    assert code_of(clerk.post("/villages/village/cadres", body)) == (422, "division-shape")


# -- photographs


def test_a_photograph_is_kept_under_its_hash_and_given_back(county: County, teacher: Client) -> None:
    for _ in range(2):
        answer = teacher.send("POST", "/photos", JPEG, "image/jpeg")
        assert (answer.status_code, answer.json) == (
            201,
            {"photo": sha256(JPEG).hexdigest(), "media_type": "image/jpeg", "size": len(JPEG)},
        )
    shown = teacher.get(f"/photos/{sha256(JPEG).hexdigest()}")
    assert (shown.data, shown.content_type) == (JPEG, "image/jpeg")
    assert county.runtime.store.database["photos.files"].count_documents({}) == 1
    chunks = list(county.runtime.store.database["photos.chunks"].find({}))
    assert chunks
    assert not any(JPEG[4:40] in chunk["data"] for chunk in chunks), "sealed"


def test_what_is_no_photograph_is_refused_and_not_kept(county: County, teacher: Client, sign_in: SignIn) -> None:
    assert code_of(teacher.send("POST", "/photos", b"%PDF-1.7", "image/jpeg")) == (422, "not-a-photo")
    assert code_of(teacher.send("POST", "/photos")) == (422, "not-a-photo")
    auditor = sign_in("auditor", division="349921")
    assert code_of(auditor.send("POST", "/photos", JPEG, "image/jpeg")) == (403, "role-not-allowed")
    assert county.runtime.store.database["photos.files"].count_documents({}) == 0


def test_a_photograph_too_large_is_refused(county: County, teacher: Client) -> None:
    limit = county.runtime.ports.settings.max_upload_bytes
    answer = teacher.send("POST", "/photos", JPEG[:4] + bytes(limit), "image/jpeg")
    assert code_of(answer) == (413, "body-too-large")


def test_a_photograph_of_another_school_reads_as_not_found(teacher: Client, sign_in: SignIn) -> None:
    teacher.send("POST", "/photos", JPEG, "image/jpeg")
    stranger = sign_in("class_teacher", school="3499210099")
    assert code_of(stranger.get(f"/photos/{sha256(JPEG).hexdigest()}")) == (404, "not-found")
    assert stranger.send("POST", "/photos", JPEG, "image/jpeg").status_code == 201


def test_a_photograph_that_serves_for_two_children_is_flagged(county: County, teacher: Client) -> None:
    first, second = children(county, ["陈小雨", "孙浩"])
    county.hear(county.registry.suspected(first), county.registry.suspected(second))
    with_photo = ATTEMPT | {"photos": [sha256(JPEG).hexdigest()]}
    for child in (first, first, second):
        assert teacher.post(f"/children/{child}/attempts", with_photo).status_code == 201
    flagged = {row["_id"]: row["photos_reused"] for row in county.rows("persuasion-attempts")}
    assert flagged == {f"{first}:1:1": 0, f"{first}:1:2": 0, f"{second}:1:1": 1}
    assert (county.row("photos")["status"], county.row("photos")["uses"]) == ("REUSED", 3)


def test_where_an_attempt_took_place_is_not_made_up_and_a_visit_must_say_it(county: County, teacher: Client) -> None:
    [child] = children(county, ["陈小雨"])
    county.hear(county.registry.suspected(child))
    assert teacher.post(f"/children/{child}/attempts", ATTEMPT).status_code == 201
    assert county.row("persuasion-attempts")["place"] == "NOT_TOLD"
    visit = county.row("household-visits")["visit_id"]
    answer = teacher.post(f"/children/{child}/visits/{visit}/records", VISIT | {"place": "NOT_TOLD"})
    assert code_of(answer) == (422, "fields-not-valid")
