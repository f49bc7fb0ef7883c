"""What must hold of the toy's suite after any fault."""

from collections import Counter
from collections.abc import Iterable

from shared.kernel.verify import verify_ledger, verify_log
from tests.kernel.harness import LocalSource
from tests.system.load import Answer, moves_in
from tests.system.running import Running
from tests.system.toys import MIRROR, TOY


def assert_acknowledged_is_recorded_once(running: Running, answers: Iterable[Answer]) -> None:
    """Acknowledged ⊆ log, under the ids that were told, and no command twice."""
    recorded = moves_in(running)
    for answer in answers:
        assert [recorded[id_] for id_ in answer.events] == [(answer.account, answer.amount)]
    twice = [move for move, times in Counter(recorded.values()).items() if times > 1]
    assert twice == []


def assert_everything_agrees(running: Running) -> None:
    """Logs unbroken; every ledger equals the replay of its log; the mirror equals the plain model of what it read."""
    running.settle()
    source = LocalSource(running.toy)
    for store in running.stores.values():
        assert list(verify_log(store)) == []
        for ledger in store.service.ledgers:
            assert list(verify_ledger(store, ledger, {TOY: source})) == []
    assert [(each["_id"], each["state"], each["error"]) for each in running.mirror.parked.find({})] == []
    amounts = model(running)
    assert {key: row["amounts"] for key, row in running.rows(MIRROR, "seen").items()} == amounts
    moved = {key: values for key, values in amounts.items() if values}
    assert {key: row["amounts"] for key, row in running.rows(MIRROR, "tallies").items()} == moved
    assert {key: row["balance"] for key, row in running.rows(TOY, "balances").items()} == {
        key: sum(values) for key, values in amounts.items()
    }


def model(running: Running) -> dict[str, list[int]]:
    """Account by account, the amounts in the order of the log."""
    amounts: dict[str, list[int]] = {}
    for partition in range(running.toy.partitions):
        for event in running.toy.read_partition(partition, 0, 10**6):
            moves = amounts.setdefault(event.key, [])
            if event.type == "toy.moved.v1":
                moves.append(event.data["amount"])
    return amounts
