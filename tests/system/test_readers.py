"""Every event reaches every ledger once, whatever happens to those who carry it: on the feed."""

import pytest

from tests.kernel.toy import Move
from tests.system.load import ACCOUNTS, FIRST_AMOUNT, load, open_accounts
from tests.system.running import Running, eventually
from tests.system.toys import MIRROR, TOY
from tests.system.truths import assert_everything_agrees

pytestmark = pytest.mark.system
READER, FEED = f"{MIRROR}-worker", f"{TOY}-api"


def record(running: Running, count: int) -> None:
    """So many more moves, each of another amount."""
    first = FIRST_AMOUNT + sum(running.toy.positions())
    amounts = range(first, first + count)
    running.execute({f"move-{each}": Move(account_id=f"a{each % ACCOUNTS}", amount=each) for each in amounts})


def wait_until_read(running: Running, more: int) -> None:
    """Until the mirror has read so many more events, or all of them."""
    wanted = min(sum(running.read()) + more, sum(running.toy.positions()))
    eventually(lambda: sum(running.read()) >= wanted, f"{wanted} events read")


@pytest.mark.prop("P5")
def test_readers_killed_in_mid_run_end_where_the_model_ends(running: Running) -> None:
    running.start(FEED)
    open_accounts(running)
    record(running, 700)

    running.start(READER)
    for victims in ([READER], [FEED], [READER, FEED], [READER]):
        wait_until_read(running, 100)
        running.restart(*victims)
        record(running, 20)

    assert_everything_agrees(running)


@pytest.mark.prop("P5")
def test_a_reader_that_was_away_reads_all_that_it_missed(running: Running) -> None:
    running.start(FEED, READER)
    open_accounts(running)
    record(running, 30)
    running.settle()
    running.kill(READER)
    record(running, 600)
    running.start(READER)

    assert_everything_agrees(running)


@pytest.mark.prop("P9")
def test_two_workers_of_one_service_apply_each_event_once(running: Running) -> None:
    running.start(FEED, READER)
    running.start_twin(MIRROR)
    with load(running) as clerks:
        clerks.wait_for(120)

    assert_everything_agrees(running)


@pytest.mark.prop("P9")
def test_a_reader_that_stood_still_while_another_went_on_does_no_harm(running: Running) -> None:
    running.start(FEED, READER)
    open_accounts(running)
    record(running, 400)
    wait_until_read(running, 50)
    running.parts[READER].freeze()
    twin = running.start_twin(MIRROR)
    record(running, 100)
    running.end_open_transactions()
    running.settle()

    running.parts[READER].thaw()
    record(running, 100)
    running.settle()
    running.kill(twin)
    record(running, 20)

    assert_everything_agrees(running)
