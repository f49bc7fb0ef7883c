"""A job belongs to the worker whose lease it carries: who has lost the lease leaves it as the next one has made it."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from pymongo.errors import AutoReconnect
from structlog.testing import capture_logs

from shared.kernel.jobs import LEASE, JobRun, Jobs
from shared.kernel.refusals import NotFound
from tests.kernel.harness import CLERK, Running, running
from tests.kernel.toy import toy_service

KIND = "toy.count"
Ending = Callable[[JobRun], None]


@pytest.fixture
def toy(mongo: str, database: str) -> Iterator[Running]:
    with running(mongo, database, toy_service()) as [toy]:
        yield toy


@pytest.fixture
def jobs(toy: Running) -> Jobs:
    unsealed = partial(bytes)
    return Jobs(toy.store, toy.clock, unsealed, unsealed)


def connection_lost(run: JobRun) -> None:
    """What the driver says to whoever wakes up after its connections were given up."""
    raise AutoReconnect("connection closed")


def defect(run: JobRun) -> None:
    raise ZeroDivisionError


def refused(run: JobRun) -> None:
    raise NotFound("account a")


def tell_progress(run: JobRun) -> None:
    run.progress(1, 3, {"read": 1})


def finish(run: JobRun) -> None:
    run.finish({"lines": 0}, b"of the first", "first.txt")


@pytest.mark.prop("P9")
@pytest.mark.parametrize("ending", [tell_progress, finish, refused, defect, connection_lost])
def test_a_worker_that_stood_still_past_its_lease_changes_nothing_however_its_work_ends(
    toy: Running, jobs: Jobs, ending: Ending
) -> None:
    jobs.create("job-1", KIND, {}, CLERK, upload=b"three lines")

    def second(run: JobRun) -> None:
        run.finish({"lines": 3}, b"of the second", "second.txt")

    def first(run: JobRun) -> None:
        toy.clock.advance(LEASE)
        assert jobs.run_next({KIND: second})
        ending(run)

    with capture_logs() as said:
        assert jobs.run_next({KIND: first})

    job = jobs.get("job-1", CLERK)
    assert (job.state, job.result, job.error, job.result_name) == ("done", {"lines": 3}, {}, "second.txt")
    assert jobs.result_file("job-1", CLERK) == b"of the second"
    assert toy.store.database["job_files.files"].count_documents({}) == 1, "no file that nobody can fetch"
    assert said[-1]["event"] == "job taken over"
    assert not jobs.run_next({KIND: first})


def test_a_job_that_failed_in_passing_is_tried_again_and_a_broken_one_says_so(toy: Running, jobs: Jobs) -> None:
    jobs.create("passing", KIND, {}, CLERK)
    assert jobs.run_next({KIND: connection_lost})
    assert jobs.get("passing", CLERK).state == "queued"
    assert not jobs.run_next({KIND: finish}), "not before its pause has passed"
    toy.clock.advance(LEASE)
    assert jobs.run_next({KIND: finish})
    assert jobs.get("passing", CLERK).state == "done"

    jobs.create("broken", KIND, {}, CLERK)
    assert jobs.run_next({KIND: defect})
    job = jobs.get("broken", CLERK)
    assert (job.state, job.error["code"]) == ("failed", "job-failed")


def test_a_job_whose_connection_fails_again_and_again_is_given_up(toy: Running, jobs: Jobs) -> None:
    jobs.create("job-1", KIND, {}, CLERK)
    tries = 0
    while jobs.run_next({KIND: connection_lost}):
        tries += 1
        toy.clock.advance(LEASE)
    assert (tries, jobs.get("job-1", CLERK).state) == (5, "failed")
