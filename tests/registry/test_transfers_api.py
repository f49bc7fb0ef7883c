"""Transfers as schools and bureau meet them over HTTP."""

from typing import Any

import pytest

from tests.registry.test_api import ID_NUMBER, PUPIL, SCHOOL, SignIn, child_id, code, officer
from tests.shared.http.client import Client

__all__ = ["child_id", "officer"]  # fixtures, used by name
SECOND = "2134000002"
PAPERS = [{"kind": "GUARDIAN_APPLICATION", "reference": "1号"}, {"kind": "TRANSFER_FORM", "reference": "2号"}]
REQUEST: dict[str, Any] = {
    "id_number": ID_NUMBER,
    "name": "林小雨",
    "receiving_school_code": SECOND,
    "grade": 6,
    "reason": "随父母迁居",
    "requested_on": "2026-11-20",
    "papers": PAPERS,
}


@pytest.fixture
def receiving(officer: Client, child_id: str, sign_in: SignIn) -> Client:
    body = {"school_code": SECOND, "name": "白沙镇中心小学", "kind": "PRIMARY", "division": "349921102"}
    assert officer.post("/schools/registrations", body).status_code == 201
    return sign_in("school_admin", school=SECOND)


def test_a_transfer_from_the_request_to_the_first_day_in_class(
    officer: Client, child_id: str, receiving: Client, sign_in: SignIn
) -> None:
    assert receiving.post("/transfers", REQUEST).status_code == 201
    confirm = f"/children/{child_id}/transfer-confirmations"
    today = {"confirmed_on": "2026-11-20"}
    assert officer.post(confirm, today | {"receipt": "XJ-1"}).status_code == 201
    assert sign_in("school_admin", school=SCHOOL).post(confirm, today | {"left_on": "2026-11-20"}).status_code == 201
    flight = officer.get("/ledgers/transfers-in-flight").json["rows"]
    assert [row["cells"]["turn"] for row in flight] == ["SENDING_BUREAU"]
    assert code(receiving.post(confirm, today))[0] == 404
    assert officer.post(confirm, today | {"receipt": "XJ-2"}).status_code == 201
    arrived = receiving.post(f"/children/{child_id}/transfer-arrivals", {"arrived_on": "2026-11-20"})
    assert arrived.status_code == 201
    assert officer.get("/ledgers/transfers-in-flight").json["rows"] == []
    assert receiving.get(f"/children/{child_id}").json["child"]["school"] == SECOND


@pytest.mark.parametrize(
    "change", [{"name": "林大雨"}, {"id_number": "34992120130901002X"}, {"name": PUPIL["guardian_name"]}]
)
def test_a_number_or_a_name_alone_finds_nobody(receiving: Client, change: dict[str, Any]) -> None:
    answer = receiving.post("/transfers", REQUEST | change)
    assert code(answer) == (404, "not-found")
    assert "林小雨" not in answer.text


def test_a_child_is_named_by_a_number(receiving: Client) -> None:
    body = {field: value for field, value in REQUEST.items() if field != "id_number"}
    assert code(receiving.post("/transfers", body)) == (422, "fields-not-valid")
    assert receiving.post("/transfers", body | {"student_number": f"G{ID_NUMBER}"}).status_code == 201


def test_a_school_that_drives_a_child_out_is_told_where_to_report(receiving: Client) -> None:
    answer = receiving.post("/transfers", REQUEST | {"initiated_by": "SCHOOL"})
    assert code(answer) == (409, "transfer-driven-by-school")
    assert "疑似劝退" in answer.json["detail"]


def test_a_push_out_is_seen_by_the_county_and_not_by_the_school(
    officer: Client, child_id: str, sign_in: SignIn
) -> None:
    told = {"what": "班主任多次劝其转学", "reported_by": "家长", "reported_on": "2026-11-20"}
    assert officer.post(f"/children/{child_id}/push-out-reports", told).status_code == 201
    assert [row["cells"]["name"] for row in officer.get("/ledgers/push-out-reports").json["rows"]] == ["林小雨"]
    school = sign_in("school_admin", school=SCHOOL)
    assert school.get("/ledgers/push-out-reports").status_code == 403
    for path in (f"/children/{child_id}", "/events"):
        assert "班主任多次劝其转学" in officer.get(path).text, path
        assert "班主任多次劝其转学" not in school.get(path).text, path
        assert "push_out" not in school.get(path).text, path


def test_a_withdrawn_transfer_is_off_the_list_of_those_in_flight(
    officer: Client, child_id: str, receiving: Client
) -> None:
    destination = {"province": "云川省", "school_name": "河口小学", "grade": 6, "out_of_province": True}
    out = {"destination": destination, "reason": "随父母务工", "requested_on": "2026-11-20", "papers": PAPERS}
    assert officer.post(f"/children/{child_id}/transfers-out", out).status_code == 201
    assert code(receiving.post("/transfers", REQUEST)) == (409, "transfer-under-way")
    ended = {"ending": "WITHDRAWN", "reason": "不走了", "ended_on": "2026-11-20"}
    assert officer.post(f"/children/{child_id}/transfer-endings", ended).status_code == 201
    assert officer.get("/ledgers/transfers-in-flight").json["rows"] == []


def asked_for(client: Client) -> list[Any]:
    answer = client.get("/ledgers/transfer-requests")
    assert answer.status_code == 200
    return list(answer.json["rows"])


def test_the_receiving_school_sees_its_request_from_the_moment_it_asks(
    officer: Client, child_id: str, receiving: Client, sign_in: SignIn
) -> None:
    assert asked_for(receiving) == []
    assert receiving.post("/transfers", REQUEST).status_code == 201
    (row,) = asked_for(receiving)
    assert row["cells"] == {
        "child_name": "林小雨",
        "receiving_school_name": "白沙镇中心小学",
        "grade": 6,
        "reason": "随父母迁居",
        "requested_on": "2026-11-20",
        "status": "UNDER_WAY",
        "turn": "RECEIVING_BUREAU",
        "respond_by": "2026-12-04",
        "respond_by_note": "",
        "respond_by_before": None,
        "overdue": False,
        "ended_because": None,
        "moved_on": None,
        "arrived_on": None,
    }
    assert receiving.get(f"/ledgers/transfer-requests/{row['key']}").json["cells"] == row["cells"]
    assert receiving.get("/ledgers/transfers-in-flight").json["rows"] == []
    for path in ("", "/memberships", "/gates"):
        assert code(receiving.get(f"/children/{child_id}{path}")) == (404, "not-found")


def test_both_schools_and_both_sides_bureaus_see_a_transfer_and_no_third(
    officer: Client, child_id: str, receiving: Client, sign_in: SignIn
) -> None:
    assert receiving.post("/transfers", REQUEST).status_code == 201
    in_flight = "/ledgers/transfers-in-flight"
    sending, sending_side = sign_in("school_admin", school=SCHOOL), sign_in("township_clerk", division="349921101")
    receiving_side = sign_in("township_clerk", division="349921102")
    third, third_side = sign_in("school_admin", school="2134000003"), sign_in("township_clerk", division="349921103")
    seen = {
        name: (len(client.get(in_flight).json["rows"]), len(asked_for(client)))
        for name, client in {
            "county": officer,
            "sending school": sending,
            "sending side": sending_side,
            "receiving school": receiving,
            "receiving side": receiving_side,
            "third school": third,
            "third side": third_side,
        }.items()
    }
    assert seen == {
        "county": (1, 1),
        "sending school": (1, 0),
        "sending side": (1, 0),
        "receiving school": (0, 1),
        "receiving side": (0, 1),
        "third school": (0, 0),
        "third side": (0, 0),
    }
    (row,) = asked_for(receiving)
    assert code(sending.get(f"/ledgers/transfer-requests/{row['key']}"))[0] == 404
    assert code(third.get(f"/ledgers/transfer-requests/{row['key']}"))[0] == 404


def test_a_filter_of_the_list_of_requests_speaks_of_the_receiving_side(
    officer: Client, child_id: str, receiving: Client
) -> None:
    assert receiving.post("/transfers", REQUEST).status_code == 201

    def counted(query: str) -> int:
        return len(officer.get(f"/ledgers/transfer-requests?{query}").json["rows"])

    assert (counted(f"school={SECOND}"), counted(f"school={SCHOOL}")) == (1, 0)
    assert (counted("division=349921102"), counted("division=349921101")) == (1, 0)


def test_the_receiving_school_is_told_that_and_why_its_request_was_refused(
    officer: Client, child_id: str, receiving: Client
) -> None:
    assert receiving.post("/transfers", REQUEST).status_code == 201
    ended = {"ending": "REFUSED", "reason": "转学联系表未盖章", "ended_on": "2026-11-20"}
    assert officer.post(f"/children/{child_id}/transfer-endings", ended).status_code == 201
    (row,) = asked_for(receiving)
    assert (row["cells"]["status"], row["cells"]["turn"]) == ("REFUSED", "")
    assert row["cells"]["ended_because"] == "转学联系表未盖章"


def test_a_child_that_leaves_the_county_is_on_nobodys_list_of_requests(officer: Client, child_id: str) -> None:
    destination = {"province": "云川省", "school_name": "河口小学", "grade": 6, "out_of_province": True}
    out = {"destination": destination, "reason": "随父母务工", "requested_on": "2026-11-20", "papers": PAPERS}
    assert officer.post(f"/children/{child_id}/transfers-out", out).status_code == 201
    assert asked_for(officer) == []
