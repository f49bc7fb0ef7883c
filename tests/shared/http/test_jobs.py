"""Long work over HTTP: begun once, looked after by those who may, its file taken away."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from werkzeug.test import TestResponse

from shared.kernel.jobs import KEPT, JobRun
from shared.runtime import Runtime
from tests.shared.http.client import Client

CONTENT = "账户\n甲\n乙\n".encode()
BOUNDARY = "----part"


def upload(client: Client, content: bytes = CONTENT, key: str = "k") -> TestResponse:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'.encode()
    body = head + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return client.send("POST", "/accounts/imports", body, kind, idempotency_key=key)


def count_lines(run: JobRun) -> None:
    lines = run.read_input().decode().splitlines()
    run.progress(1, len(lines), {"read": 1})
    run.finish({"lines": len(lines)}, b"done", "结果.txt")


def test_a_job_is_begun_followed_and_its_file_taken_away(clerk: Client, runtime: Runtime) -> None:
    begun = upload(clerk)
    assert begun.status_code == 202
    address = begun.headers["Location"].removeprefix("/api/v1")
    assert clerk.get(address).json["state"] == "queued"
    assert clerk.get(f"{address}/result").status_code == 404

    assert runtime.jobs.run_next({"toy.import": count_lines})

    job = clerk.get(address).json
    assert (job["state"], job["result"], job["counts"], job["total"]) == ("done", {"lines": 3}, {"read": 1}, 3)
    assert clerk.get(f"{address}/result").data == b"done"


def test_the_same_upload_again_is_the_same_job_and_another_is_refused(clerk: Client, runtime: Runtime) -> None:
    first = upload(clerk)

    assert upload(clerk).json["id"] == first.json["id"]
    other = upload(clerk, "账户\n丙\n".encode())
    assert (other.status_code, other.json["code"]) == (422, "idempotency-key-reused")
    assert runtime.store.jobs.count_documents({}) == 1


def test_an_upload_is_not_stored_in_the_clear(clerk: Client, runtime: Runtime) -> None:
    upload(clerk, b"secret-text" * 10)

    chunks = list(runtime.store.database["job_files.chunks"].find())
    assert chunks
    assert all(b"secret-text" not in chunk["data"] for chunk in chunks)


def test_a_job_is_seen_in_scope_and_begun_by_role(sign_in: Callable[..., Client], clerk: Client) -> None:
    address = upload(clerk).headers["Location"].removeprefix("/api/v1")

    assert sign_in("county").get(address).status_code == 200
    for foreign in (sign_in("clerk", subject="x", division="349922"), sign_in("head", school="3400000001")):
        assert foreign.get(address).status_code == 404
        assert foreign.get(f"{address}/result").status_code == 404
    assert upload(sign_in("county")).status_code == 403


def test_a_job_is_its_owners_in_the_scope_and_role_alone_in_which_it_was_begun(
    sign_in: Callable[..., Client], clerk: Client
) -> None:
    address = upload(clerk).headers["Location"].removeprefix("/api/v1")
    mine = sign_in("clerk", division="349921")
    assert mine.get(address).status_code == 200
    for elsewhere in (
        sign_in("clerk", division="349922"),
        sign_in("clerk", division="349921101101"),
        sign_in("head", subject="clerk-1", division="", school="3400000001"),
    ):
        assert elsewhere.get(address).status_code == 404
        assert elsewhere.get(f"{address}/result").status_code == 404


def test_one_key_in_two_scopes_begins_two_jobs(sign_in: Callable[..., Client]) -> None:
    here = upload(sign_in("clerk", division="349921101"), key="same").headers["Location"]
    there = upload(sign_in("clerk", division="349921102"), key="same").headers["Location"]
    assert here != there


def test_an_ended_job_is_forgotten_with_its_file_after_a_month_and_a_waiting_one_is_not(
    clerk: Client, runtime: Runtime
) -> None:
    ended = upload(clerk).headers["Location"].removeprefix("/api/v1")
    assert runtime.jobs.run_next({"toy.import": count_lines})
    waiting = upload(clerk, key="another").headers["Location"].removeprefix("/api/v1")
    files = runtime.store.database["job_files.files"]

    def let_pass(time: timedelta) -> None:
        """Jobs live in real time, whatever clock the facts have."""
        moved = {"$set": {"finished_at": datetime.now(UTC) - time}}
        runtime.store.jobs.update_many({"state": "done"}, moved)

    let_pass(KEPT - timedelta(minutes=1))
    assert runtime.jobs.forget_old() == 0
    assert (clerk.get(f"{ended}/result").status_code, files.count_documents({})) == (200, 2)

    let_pass(KEPT + timedelta(minutes=1))
    assert runtime.jobs.forget_old() == 1
    assert clerk.get(ended).status_code == 404
    assert (clerk.get(waiting).json["state"], files.count_documents({})) == ("queued", 1)
