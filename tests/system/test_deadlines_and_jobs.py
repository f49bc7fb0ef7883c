"""Deadlines fire once and jobs are carried to their end, though workers die, stand still, or come in twos."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from shared.kernel.jobs import Jobs
from tests.kernel.toy import REMIND_AFTER
from tests.system.load import moves_in, open_accounts
from tests.system.running import CLERK, Running, eventually
from tests.system.toys import JOB, TOY

pytestmark = pytest.mark.system
WORKER = f"{TOY}-worker"
DUE_AT_ONCE = 60
DEPOSITS, HOLD_AFTER = 40, 15


def fired(running: Running) -> int:
    """How many idle accounts have had their move of 1."""
    return len(moves_in(running))


def balances(running: Running) -> set[int]:
    return {row["balance"] for row in running.rows(TOY, "balances").values()}


@pytest.mark.prop("P14")
def test_deadlines_that_fall_due_together_fire_once_each_though_workers_are_killed_at_it(running: Running) -> None:
    running.start(WORKER)
    twin = running.start_twin(TOY)
    open_accounts(running, DUE_AT_ONCE)

    running.clock.advance(REMIND_AFTER + timedelta(minutes=1))
    eventually(lambda: fired(running) > 0, "a deadline has fired")
    running.restart(WORKER, twin)
    eventually(lambda: fired(running) == DUE_AT_ONCE, "all deadlines have fired")
    assert balances(running) == {1}

    running.clock.advance(timedelta(days=300))  # each firing set its account's next deadline
    eventually(lambda: fired(running) == 2 * DUE_AT_ONCE, "all have fired again")
    assert balances(running) == {2}


@pytest.mark.prop("P14")
def test_a_deadline_that_passed_while_nobody_worked_fires_at_the_next_start(running: Running) -> None:
    open_accounts(running, 1)
    running.clock.advance(REMIND_AFTER + timedelta(days=100))
    assert fired(running) == 0

    running.start(WORKER)
    running.start_twin(TOY)

    eventually(lambda: fired(running) == 1, "the deadline has fired")
    assert balances(running) == {1}


@pytest.fixture
def hold(running: Running) -> Iterator[Path]:
    """While this file exists a job stands still in its middle."""
    path = running.suite.var / "hold"
    path.touch()
    yield path
    path.unlink(missing_ok=True)


def job_of(running: Running) -> dict[str, Any]:
    return running.toy.jobs.find_one({"_id": "job-1"}) or {}


def queue(running: Running, hold: Path) -> None:
    open_accounts(running, 1)
    unsealed = partial(bytes)
    params = {"account": "a0", "total": DEPOSITS, "hold": str(hold), "hold_after": HOLD_AFTER}
    Jobs(running.toy, running.clock, unsealed, unsealed).create("job-1", JOB, params, CLERK)
    eventually(lambda: job_of(running)["done"] == HOLD_AFTER, "the job has come to its middle")


def let_the_lease_end(running: Running) -> None:
    """As half a minute without a sign of life does. Jobs live in real time, whatever clock the facts have."""
    running.toy.jobs.update_one({"_id": "job-1"}, {"$set": {"lease_until": datetime.now(UTC)}})


def assert_done_as_if_nothing_had_happened(running: Running) -> None:
    eventually(lambda: job_of(running)["state"] == "done", "the job is done")
    assert job_of(running)["result"] == {"deposited": DEPOSITS}
    assert sorted(amount for _, amount in moves_in(running).values()) == list(range(1, DEPOSITS + 1))


def test_a_job_whose_worker_was_killed_is_taken_over(running: Running, hold: Path) -> None:
    running.start(WORKER)
    queue(running, hold)
    running.kill(WORKER)
    hold.unlink()
    let_the_lease_end(running)

    running.start_twin(TOY)

    assert_done_as_if_nothing_had_happened(running)
    assert job_of(running)["attempts"] == 2


@pytest.mark.prop("P9")
def test_a_worker_that_stood_still_past_its_lease_gives_the_job_up(running: Running, hold: Path) -> None:
    running.start(WORKER)
    queue(running, hold)
    running.parts[WORKER].freeze()
    hold.unlink()
    let_the_lease_end(running)
    running.start_twin(TOY)
    assert_done_as_if_nothing_had_happened(running)
    ended = job_of(running)

    running.parts[WORKER].thaw()

    log = running.suite.var / f"{WORKER}.log"
    eventually(lambda: '"job taken over"' in log.read_text("utf-8"), "the first worker has noticed")
    assert job_of(running) == ended
    assert_done_as_if_nothing_had_happened(running)
