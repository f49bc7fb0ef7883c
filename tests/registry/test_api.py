"""The registry as its callers meet it."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from services.registry.imports.jobs import import_jobs
from shared.runtime import Runtime
from shared.workbooks.writing import write_table
from tests.registry.conftest import Registry
from tests.shared.http.client import Client

SignIn = Callable[..., Client]
SCHOOL, OTHER = "2134000001", "3134000002"
ID_NUMBER = "349921201409031020"
PUPIL: dict[str, Any] = {
    "name": "林小雨",
    "sex": "F",
    "birth_date": "2014-09-03",
    "division": "349921101201",
    "id_number": ID_NUMBER,
    "guardian_name": "林大山",
    "guardian_phone": "13800005678",
    "enrolment": {
        "school_code": SCHOOL,
        "grade": 6,
        "class_no": 2,
        "enrolled_on": "2026-09-01",
        "student_number": f"G{ID_NUMBER}",
        "class_teacher": "周老师",
    },
}


@pytest.fixture
def officer(sign_in: SignIn) -> Client:
    client = sign_in("bureau_officer", division="349921")
    for code, name, division in ((SCHOOL, "青石镇中心小学", "349921101"), (OTHER, "白沙初级中学", "349921102")):
        body = {"school_code": code, "name": name, "kind": "PRIMARY", "division": division}
        assert client.post("/schools/registrations", body).status_code == 201
    return client


@pytest.fixture
def child_id(officer: Client) -> str:
    answer = officer.post("/children/registrations", PUPIL)
    assert answer.status_code == 201, answer.json
    assert len(answer.json["events"]) == 2
    return str(answer.json["stream"].removeprefix("child-"))


def code(answer: Any) -> tuple[int, str]:
    assert re.search("[\u4e00-\u9fff]", answer.json["detail"])
    return answer.status_code, answer.json["code"]


def upload(client: Client, kind: str, name: str, content: bytes) -> TestResponse:
    boundary, body = encode_multipart({"file": FileStorage(BytesIO(content), name)})
    return client.send("POST", f"/imports/{kind}", body, f"multipart/form-data; boundary={boundary}")


def test_a_child_is_drawn_an_id_that_says_nothing(child_id: str) -> None:
    assert re.fullmatch("c[a-z2-7]{26}", child_id)


def test_a_file_shows_its_history_and_masks_personal_data(officer: Client, child_id: str) -> None:
    answer = officer.get(f"/children/{child_id}")
    child, history = answer.json["child"], answer.json["history"]
    assert child["id_number"] == "349921********1020"
    assert child["student_number"] == "G349921********1020"
    assert child["guardian_phone"] == "138****5678"
    assert [event["type"] for event in history] == ["registry.child-registered.v1", "registry.child-enrolled.v1"]
    assert answer.headers["ETag"] == '"2"'
    assert ID_NUMBER not in answer.text
    assert "13800005678" not in answer.text
    assert "enc:" not in answer.text


def test_a_child_is_found_by_its_id_number_however_it_is_typed(officer: Client, child_id: str) -> None:
    typed = "３４９９２１ 20140903 1020"
    answer = officer.post("/children/searches", {"id_number": typed})
    assert (answer.status_code, answer.json["child"]["child_id"]) == (200, child_id)
    unknown = officer.post("/children/searches", {"id_number": "349921201501010011"})
    assert code(unknown) == (404, "not-found")


def test_the_same_id_number_is_registered_once(officer: Client, child_id: str) -> None:
    assert code(officer.post("/children/registrations", PUPIL)) == (409, "already-recorded")


@pytest.mark.rule("9-07")
def test_a_school_enrols_whom_the_township_registered_by_number_and_name(officer: Client, sign_in: SignIn) -> None:
    """The school cannot see the child before it comes; who holds its papers may bring it in, and nobody else."""
    township = sign_in("township_clerk", division="349921101")
    at_home = {name: value for name, value in PUPIL.items() if name != "enrolment"}
    stream = township.post("/children/registrations", at_home).json["stream"]
    school = sign_in("school_admin", school=SCHOOL)
    where = stream.replace("child-", "/children/")
    assert school.get(where).status_code == 404
    assert code(school.post("/children/registrations", PUPIL | {"name": "林大雨"})) == (409, "already-recorded")
    assert school.post("/children/registrations", PUPIL).json["stream"] == stream
    assert school.get(where).json["child"]["status"] == "IN_SCHOOL"
    other = sign_in("school_admin", school=OTHER)
    elsewhere = PUPIL["enrolment"] | {"school_code": OTHER}
    assert code(other.post(f"{where}/enrolments", elsewhere)) == (404, "not-found")


def test_a_repeated_registration_gets_its_first_answer(officer: Client) -> None:
    first = officer.post("/children/registrations", PUPIL, idempotency_key="k1")
    again = officer.post("/children/registrations", PUPIL, idempotency_key="k1")
    assert (again.status_code, again.json["stream"]) == (201, first.json["stream"])
    assert again.json["repeated"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id_number": "349921201409031021"}, "id_number"),
        ({"birth_date": "2014-02-30"}, "birth_date"),
        ({"birth_date": "2014-09-04"}, "birth_date"),
        ({"sex": "M"}, "sex"),
        ({"sex": 1}, "sex"),
        ({"guardian_phone": "12345"}, "guardian_phone"),
        ({"nickname": "小雨"}, "nickname"),
        ({"division": "34992"}, "division"),
        ({"enrolment": PUPIL["enrolment"] | {"grade": 9.5}}, "enrolment.grade"),
        ({"enrolment": PUPIL["enrolment"] | {"grade": 10}}, "enrolment.grade"),
    ],
)
def test_what_cannot_be_is_refused_field_by_field_in_chinese(
    officer: Client, change: dict[str, Any], field: str
) -> None:
    answer = officer.post("/children/registrations", PUPIL | change)
    assert code(answer) == (422, "fields-not-valid")
    assert [each["field"] for each in answer.json["errors"]] == [field]
    assert re.search("[\u4e00-\u9fff]", answer.json["errors"][0]["message"])


def test_a_child_is_lost_and_returns(officer: Client, child_id: str, nol: Registry) -> None:
    path = f"/children/{child_id}"
    nobody_away = {"school_code": SCHOOL, "returned_on": "2026-11-20", "evidence": ["报到单1号"]}
    assert code(officer.post(f"{path}/returns", nobody_away)) == (409, "child-is-not-away")
    assert officer.post(f"{path}/absences", {"day": "2026-11-20"}).status_code == 201
    nol.wait_until(date(2026, 11, 26))
    assert len(officer.post(f"{path}/absences", {"day": "2026-11-20", "until": "2026-11-26"}).json["events"]) == 4
    nol.wait_until(date(2026, 11, 27))
    assert nol.child(child_id)["status"] == "SUSPECTED_DROPOUT"
    early = {"confirmed_on": "2026-11-27", "cause": "厌学"}
    assert code(officer.post(f"{path}/dropouts", early)) == (409, "absent-too-short")
    back = {"school_code": SCHOOL, "returned_on": "2026-11-27", "evidence": ["报到单1号"]}
    assert len(officer.post(f"{path}/returns", back).json["events"]) == 1
    nol.wait_until(date(2026, 12, 28))
    assert nol.child(child_id)["status"] == "IN_SCHOOL"
    assert officer.get(path).json["history"][-1]["type"] == "registry.return-stabilised.v1"


def test_headcounts_follow(officer: Client, child_id: str) -> None:
    def counts() -> Any:
        return officer.get("/headcounts?by=class").json["items"]

    assert [(each["class_no"], each["registered"], each["in_school"]) for each in counts()] == [(2, 1, 1)]
    officer.post(f"/children/{child_id}/absences", {"day": "2026-11-20"})
    assert [(each["in_school"], each["absent"]) for each in counts()] == [(0, 1)]


def test_another_school_sees_nothing_and_changes_nothing(sign_in: SignIn, child_id: str) -> None:
    stranger = sign_in("school_admin", school=OTHER)
    assert code(stranger.get(f"/children/{child_id}")) == (404, "not-found")
    assert code(stranger.post(f"/children/{child_id}/absences", {"day": "2026-11-20"})) == (404, "not-found")
    assert code(stranger.post("/children/searches", {"id_number": ID_NUMBER})) == (404, "not-found")
    assert stranger.get("/headcounts").json["items"] == []


@pytest.mark.parametrize("role", ["auditor", "inspector", "finance_approver"])
def test_who_only_looks_records_nothing(sign_in: SignIn, child_id: str, role: str) -> None:
    answer = sign_in(role, division="349921").post(f"/children/{child_id}/absences", {"day": "2026-11-20"})
    assert code(answer) == (403, "role-not-allowed")


def test_who_pays_sees_the_poor_and_not_why_a_child_stays_away(sign_in: SignIn, child_id: str) -> None:
    payer = sign_in("finance_preparer", division="349921")
    assert payer.get("/ledgers/poor-children").status_code == 200
    for path in (f"/children/{child_id}", "/ledgers/dropouts", "/ledgers/suspected-dropouts", "/events"):
        assert code(payer.get(path)) == (403, "role-not-allowed"), path


def test_a_list_is_imported_as_a_job_and_refused_rows_come_back(officer: Client, runtime: Runtime) -> None:
    stream = BytesIO()
    headings = [("学校标识码", 12.0), ("学校名称", 20.0), ("办学类型", 10.0), ("所在乡镇代码", 12.0)]
    rows = [["2134000009", "柳溪小学", "小学", "349921103"], ["21340", "短码小学", "小学", "349921103"]]
    write_table(stream, "学校", "学校名单", headings, rows)
    answer = upload(officer, "schools", "学校名单.xlsx", stream.getvalue())
    assert answer.status_code == 202, answer.json
    assert runtime.jobs.run_next(import_jobs(runtime))
    job = officer.get(f"/jobs/{answer.json['id']}").json
    assert (job["state"], job["counts"]) == ("done", {"changed": 1, "refused": 1, "warned": 0})
    assert job["result_name"] == "学校名单-退回.xlsx"
    assert officer.get("/schools/2134000009").json["name"] == "柳溪小学"


def test_a_file_that_is_no_workbook_is_refused_at_once(officer: Client, runtime: Runtime) -> None:
    answer = upload(officer, "rosters", "花名册.xlsx", b"hello")
    assert code(answer) == (422, "workbook-not-excel")
    assert not runtime.jobs.run_next(import_jobs(runtime))


def test_an_unknown_kind_of_list_is_not_found(officer: Client) -> None:
    answer = upload(officer, "secrets", "x.xlsx", b"x")
    assert code(answer) == (404, "not-found")


def test_a_school_takes_no_pupil_into_a_grade_that_it_does_not_teach(officer: Client, child_id: str) -> None:
    seventh = {"school_code": SCHOOL, "grade": 7, "class_no": 2, "enrolled_on": "2026-09-01"}
    newcomer = {"name": "周小川", "sex": "M", "birth_date": "2014-03-05", "division": "349921101201"}
    moved = officer.post(f"/children/{child_id}/enrolments", seventh)
    registered = officer.post("/children/registrations", newcomer | {"enrolment": seventh})
    for answer in (moved, registered):
        assert code(answer) == (422, "grade-not-taught")
        assert answer.json["field"] == "grade"
    assert officer.get(f"/children/{child_id}").json["child"]["grade"] == 6


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("from=2026-09-01&to=2026-09-01", 1),
        ("from=2026-09-02", 0),
        ("to=2026-08-31", 0),
        ("to=9999-12-31", 1),
    ],
)
def test_a_ledger_is_asked_for_by_days_of_which_first_and_last_belong_to_it(
    officer: Client, child_id: str, days: str, found: int
) -> None:
    rows = officer.get(f"/ledgers/class-rosters?{days}").json["rows"]
    assert [row["key"] for row in rows] == [child_id] * found


@pytest.mark.parametrize("scope", [{"role": "operator"}, {"role": "finance_preparer", "division": "349921"}])
def test_who_pays_and_who_runs_the_machines_read_no_child_s_file(
    officer: Client, child_id: str, sign_in: SignIn, scope: dict[str, str]
) -> None:
    stranger = sign_in(**scope)
    assert code(stranger.post("/children/searches", {"id_number": ID_NUMBER})) == (403, "role-not-allowed")
    for path in ("", "/memberships", "/gates", "/alert-chain"):
        assert code(stranger.get(f"/children/{child_id}{path}")) == (403, "role-not-allowed"), path


def test_who_runs_the_machines_reads_no_list_of_children(officer: Client, child_id: str, sign_in: SignIn) -> None:
    operator = sign_in("operator")
    assert code(operator.get("/ledgers/school-age-children")) == (403, "role-not-allowed")
    reveal = {"field": "id_number", "reason": "系统排查故障"}
    assert code(operator.post(f"/ledgers/school-age-children/{child_id}/reveals", reveal)) == (403, "role-not-allowed")
    readable = [view["name"] for view in operator.get("/ledgers").json["ledgers"]]
    assert "schools" in readable
    for name in readable:
        assert "林小雨" not in operator.get(f"/ledgers/{name}").text, name
