"""Comparing and working off over HTTP: the job, the queue, its papers, and who may not."""

from typing import Any

import pytest

from services.registry.policy import read_policy
from services.registry.reconciliation.jobs import reconciliation_jobs
from services.registry.snapshots.jobs import list_jobs
from shared.runtime import Runtime
from tests.registry.snapshots.test_lists_api import upload
from tests.registry.test_api import SignIn, code, officer
from tests.shared.http.client import Client

__all__ = ["officer"]  # a fixture, used by name
UNKNOWN_LINE = ["孙小天", "女", "349921201606010026", "", "349921101203", "H7", "孙大地"]
PAPERS = [
    {"kind": "PERSUASION_RECORD", "reference": "劝返记录3号"},
    {"kind": "REGISTRATION_RECEIPT", "reference": "回执12号"},
]


@pytest.fixture
def queued(officer: Client, runtime: Runtime) -> dict[str, Any]:
    """A girl whom only the population list knows, in the queue."""
    assert upload(officer, "/lists/population?list_on=2026-09-01", UNKNOWN_LINE).status_code == 202
    started = officer.post("/reconciliations", {})
    assert started.status_code == 202, started.json
    while runtime.jobs.run_next({**list_jobs(runtime), **reconciliation_jobs(runtime, read_policy().age)}):
        pass
    job = officer.get(f"/jobs/{started.json['id']}").json
    assert (job["state"], job["result"]["N2"]) == ("done", 1), job
    (row,) = officer.get("/ledgers/differences").json["rows"]
    return dict(row)


def resolve(client: Client, key: str, **more: Any) -> Any:
    return client.post(f"/differences/{key}/resolutions", {"papers": PAPERS, "resolved_on": "2026-11-20", **more})


@pytest.mark.rule("9-05")
def test_the_queue_and_the_list_of_unregistered_children_show_who_what_and_until_when(
    officer: Client, queued: dict[str, Any]
) -> None:
    cells = queued["cells"]
    assert (cells["name"], cells["reason"], cells["owner"]) == ("孙小天", "N2", "VILLAGE")
    assert (cells["found_on"], cells["due_on"]) == ("2026-11-20", "2026-12-05")
    assert cells["id_number"] == "349921********0026"
    assert cells["papers"] == ["PERSUASION_RECORD", "REGISTRATION_RECEIPT"]
    (listed,) = officer.get("/ledgers/unregistered-children").json["rows"]
    assert listed["key"] == queued["key"]
    assert officer.get("/ledgers/differences.xlsx").status_code == 200
    (run,) = officer.get("/ledgers/reconciliation-runs").json["rows"]
    assert (run["cells"]["of_age"], run["cells"]["count_N2"]) == (1, 1)


def test_its_papers_take_a_difference_off_the_queue_and_somebody_may_put_it_back(
    officer: Client, queued: dict[str, Any]
) -> None:
    key = queued["key"]
    assert resolve(officer, key).status_code == 201
    assert officer.get("/ledgers/differences").json["rows"] == []
    (row,) = officer.get("/ledgers/resolved-differences").json["rows"]
    assert row["key"] == key
    assert code(resolve(officer, key)) == (409, "difference-not-open")
    again = officer.post(f"/differences/{key}/reopenings", {"why": "回执查无此号", "reopened_on": "2026-11-20"})
    assert again.status_code == 201, again.json
    assert [row["key"] for row in officer.get("/ledgers/differences").json["rows"]] == [key]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"papers": PAPERS[:1]}, (422, "papers-missing")),
        ({"papers": [{"kind": "PROMISE", "reference": "1"}]}, (422, "fields-not-valid")),
        ({"reason": "R1"}, (422, "difference-reason-not-possible")),
        ({"resolved_on": "2026-11-21"}, (422, "date-in-future")),
    ],
)
def test_less_is_refused(
    officer: Client, queued: dict[str, Any], more: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert code(resolve(officer, queued["key"], **more)) == expected


def test_what_is_elsewhere_is_not_found(sign_in: SignIn, queued: dict[str, Any]) -> None:
    elsewhere = sign_in("township_clerk", division="349921102")
    assert code(resolve(elsewhere, queued["key"])) == (404, "not-found")
    assert elsewhere.get("/ledgers/differences").json["rows"] == []
    assert code(resolve(elsewhere, "pnobody:NO_REG")) == (404, "difference-unknown")


def test_who_only_reads_neither_compares_nor_resolves(sign_in: SignIn, queued: dict[str, Any]) -> None:
    inspector = sign_in("inspector", division="349921")
    assert code(inspector.post("/reconciliations", {})) == (403, "role-not-allowed")
    assert code(resolve(inspector, queued["key"])) == (403, "role-not-allowed")


def history(client: Client, child_id: str) -> list[str]:
    return [event["type"] for event in client.get(f"/children/{child_id}").json["history"]]


@pytest.mark.rule("9-07")
def test_one_step_registers_whom_only_the_lists_know_and_has_the_child_sought(
    officer: Client, queued: dict[str, Any]
) -> None:
    answer = officer.post(
        f"/differences/{queued['key']}/registrations", {"guardian_name": "孙大地", "guardian_relation": "51"}
    )
    assert answer.status_code == 201, answer.json
    child_id = answer.json["stream"].removeprefix("child-")
    child = officer.get(f"/children/{child_id}").json["child"]
    assert (child["name"], child["birth_date"], child["id_number"]) == ("孙小天", "2016-06-01", "349921********0026")
    assert (child["status"], child["finding"], child["guardian_name"]) == ("NEVER_ENROLLED", "LISTS", "孙大地")
    assert history(officer, child_id) == ["registry.child-registered.v1", "registry.out-of-school-child-found.v1"]
    found = officer.post("/children/searches", {"id_number": "349921201606010026"}).json["child"]
    assert found["child_id"] == child_id
    assert officer.get("/ledgers/differences").json["rows"] == []
    (row,) = officer.get("/ledgers/resolved-differences").json["rows"]
    assert row["cells"]["fact"] == "KNOWN_HERE"
    (listed,) = officer.get("/ledgers/not-enrolled").json["rows"]
    assert (listed["cells"]["sought_on"], listed["cells"]["finding"]) == ("2026-11-20", "LISTS")


def test_whom_somebody_registered_already_is_not_registered_again(officer: Client, queued: dict[str, Any]) -> None:
    where = f"/differences/{queued['key']}/registrations"
    assert officer.post(where, {}).status_code == 201
    assert code(officer.post(where, {})) == (409, "difference-not-open")


def test_a_person_of_another_township_is_not_registered(
    officer: Client, queued: dict[str, Any], sign_in: SignIn
) -> None:
    stranger = sign_in("township_clerk", division="349921102")
    assert stranger.post(f"/differences/{queued['key']}/registrations", {}).status_code == 404
    assert officer.get("/ledgers/not-enrolled").json["rows"] == []
