"""A 2xx answer means that the event is on disk, whatever is killed, and one command has one effect."""

import threading
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from tests.system.load import ACCOUNTS, load, moves_in, open_accounts, post
from tests.system.running import Running
from tests.system.toys import MIRROR, TOY
from tests.system.truths import assert_acknowledged_is_recorded_once, assert_everything_agrees

pytestmark = pytest.mark.system
PARTS = (f"{TOY}-api", f"{TOY}-worker", f"{MIRROR}-worker")


@pytest.mark.prop("P1")
@pytest.mark.parametrize("seed", range(2))
def test_what_was_acknowledged_is_in_the_log_whoever_is_killed(running: Running, seed: int) -> None:
    running.start(*PARTS)
    victims = [*PARTS, "database", "database", f"{TOY}-api"]  # each at least once, those that hold the facts twice
    Random(seed).shuffle(victims)

    with load(running) as clerks:
        for victim in victims:
            clerks.wait_for(15)
            running.database.restart() if victim == "database" else running.restart(victim)
        clerks.wait_for(15)

    assert_acknowledged_is_recorded_once(running, clerks.answers)
    assert_everything_agrees(running)


@pytest.mark.prop("P2")
def test_a_command_sent_three_times_at_once_across_crashes_has_one_effect(running: Running) -> None:
    running.start(f"{TOY}-api", f"{MIRROR}-worker")
    open_accounts(running)
    commands = [(f"key-{number}", f"a{number % ACCOUNTS}", number) for number in range(1, 41)]
    never = threading.Event()

    with running.client() as client, ThreadPoolExecutor(12) as threads:
        sent = [[threads.submit(post, client, *command, never) for _ in range(3)] for command in commands]
        for tenth in (1, 2):
            sent[tenth * 10][0].result()
            running.restart(f"{TOY}-api")
        sent[30][0].result()
        running.database.restart()
        answers = [[future.result() for future in thrice] for thrice in sent]

    assert all(first == second == third for first, second, third in answers)
    assert sorted(amount for _, amount in moves_in(running).values()) == list(range(1, 41))
    assert_acknowledged_is_recorded_once(running, (first for first, _, _ in answers))
    assert_everything_agrees(running)
