"""Rebuilding a ledger, beside a bare scan of the events and a bulk write of the same rows."""

from collections.abc import Iterator

from services.cli.bench.ground import Ground
from services.cli.bench.lines import AtLeast, Line
from services.cli.bench.pupils import register_pupils
from services.cli.bench.rounds import alternate, timed
from services.registry.ledgers.children import CHILDREN_LEDGER
from shared.kernel.rebuild import INSERT_AT_ONCE, rebuild
from shared.kernel.store import Document
from shared.runtime import Runtime

METHOD = """\
The registry's ledger of children, rebuilt with `shared.kernel.rebuild` beside the live one and switched in. The bare
side reads the same events in the same order with one pymongo cursor, and inserts the same rows, in portions of the
same size, into a new collection with the same indexes,
having dropped the one of the round before, as the rebuild drops the last but one."""

AIM = AtLeast(0.5)


def measure(ground: Ground) -> Iterator[Line]:
    with ground.registry() as runtime:
        register_pupils(runtime, ground.size.rebuilt_pupils)
        rows = list(runtime.store.ledger_collection(CHILDREN_LEDGER.name).find({}))
        events = sum(runtime.store.positions())
        rates = alternate(
            ground.size.rebuild_rounds,
            lambda: events / timed(lambda: rebuild(runtime.application, CHILDREN_LEDGER, {})),
            lambda: events / timed(lambda: _scan_and_write(runtime, rows)),
        )
        yield Line(name="ledger rebuild", value=rates.ours, unit="events/s", limit=rates.bare, aim=AIM)


def _scan_and_write(runtime: Runtime, rows: list[Document]) -> None:
    store = runtime.store
    target = store.database["bare_rows"]
    target.delete_many({})
    target.drop()
    store.database.create_collection(target.name, check_exists=False)
    store.prepare_ledger(CHILDREN_LEDGER, target)
    for _ in store.events.find({}, batch_size=2000).sort("_id", 1):
        pass
    for start in range(0, len(rows), INSERT_AT_ONCE):
        target.insert_many(rows[start : start + INSERT_AT_ONCE], ordered=False)
