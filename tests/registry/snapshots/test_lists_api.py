"""Keeping a list over HTTP: a job, its counts, its refused rows, and the ledger of lists."""

from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from services.registry.snapshots.jobs import list_jobs
from shared.runtime import Runtime
from tests.registry.imports.test_importing import WANG, sheet
from tests.registry.snapshots.test_keeping import HEADING, WANG_LINE
from tests.registry.test_api import SignIn, code, officer
from tests.shared.http.client import Client

__all__ = ["officer"]  # a fixture, used by name
BROKEN = ["钱多多", "男", WANG[:-1] + "9", "", "349921101201", "H4", ""]


def upload(client: Client, path: str, *rows: list[str]) -> TestResponse:
    file = FileStorage(BytesIO(sheet("人口名单", HEADING, *rows)), "人口.xlsx")
    boundary, body = encode_multipart({"file": file})
    return client.send("POST", path, body, f"multipart/form-data; boundary={boundary}")


def test_a_list_is_kept_by_a_job_and_shown_in_the_ledger_of_lists(officer: Client, runtime: Runtime) -> None:
    answer = upload(officer, "/lists/population?list_on=2026-09-01&source=县公安局", WANG_LINE, BROKEN)
    assert answer.status_code == 202, answer.json
    assert answer.json
    assert runtime.jobs.run_next(list_jobs(runtime))
    job = officer.get(f"/jobs/{answer.json['id']}").json
    assert (job["state"], job["result"]["good"], job["result"]["refused"]) == ("done", 1, 1)
    assert job["result_name"] == "人口-退回.xlsx"
    (shown,) = officer.get("/ledgers/imported-lists").json["rows"]
    row = shown["cells"]
    assert (row["kind"], row["list_on"], row["source"], row["rows"]) == ("population", "2026-09-01", "县公安局", 2)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/lists/population", (422, "fields-not-valid")),
        ("/lists/population?list_on=2027-01-01", (422, "date-in-future")),
        ("/lists/registrations?list_on=2026-09-01", (422, "workbook-header-not-found")),
        ("/lists/births?list_on=2026-09-01", (404, "not-found")),
    ],
)
def test_what_cannot_be_a_list_is_refused_at_once(officer: Client, path: str, expected: tuple[int, str]) -> None:
    assert code(upload(officer, path, WANG_LINE)) == expected


def test_a_school_keeps_no_population_list(officer: Client, sign_in: SignIn) -> None:
    school = sign_in("school_admin", school="2134000001")
    answer = upload(school, "/lists/population?list_on=2026-09-01", WANG_LINE)
    assert code(answer) == (403, "role-not-allowed")


def test_the_same_key_for_another_day_is_another_request(officer: Client) -> None:
    file = sheet("人口名单", HEADING, WANG_LINE)
    answers = []
    for day in ("2026-09-01", "2026-09-01", "2026-09-02"):
        boundary, body = encode_multipart({"file": FileStorage(BytesIO(file), "人口.xlsx")}, boundary="b")
        kind = f"multipart/form-data; boundary={boundary}"
        path = f"/lists/population?list_on={day}"
        answers.append(officer.send("POST", path, body, kind, idempotency_key="one").status_code)
    assert answers == [202, 202, 422]
