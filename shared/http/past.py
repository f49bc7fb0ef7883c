"""Ledgers as of a past date: the one place where the API meets the kernel's way of making them."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from datetime import date

from pymongo.collection import Collection

from shared.calendar import local_date
from shared.http.refusals import FieldFault, FieldsNotValid
from shared.kernel.as_of import as_of_collection, as_of_if_ready
from shared.kernel.refusals import Kind, Refused
from shared.kernel.sources import SourceUnavailable
from shared.kernel.store import Document
from shared.kernel.views import RowsOf
from shared.runtime import Runtime

PATIENCE_S = 10.0
"""So long a request waits for a past ledger to be made, and holds one of the few threads that others need."""

MOST_WAITING = 6
"""So many past ledgers at most are made or wait to be; whoever asks for another is told to come again."""

_Key = tuple[str, str, date]
_making: dict[_Key, "Future[Collection[Document]]"] = {}
_one_at_a_time, _guard = threading.Lock(), threading.Lock()
"""Past ledgers are made when they are first asked for, one at a time in a process."""


class PastBeingMade(Refused):
    """A past ledger of a large county takes minutes to fold; it is being made, and will then be there at once."""

    code = "past-being-made"
    kind = Kind.UNAVAILABLE

    def __init__(self, day: date) -> None:
        super().__init__(
            f"{day.isoformat()} 的台账正在生成，数据多时需要几分钟，请稍后再查。",
            f"the ledger as of {day.isoformat()} is being made; try again in some minutes",
            field="as_of",
        )


def rows_as_of(runtime: Runtime, day: date | None) -> RowsOf:
    """The rows at the end of that day; the live ones for today or None. Raises FieldsNotValid for later days.

    Reading them raises PastBeingMade when they take long to make.
    """
    today = local_date(runtime.ports.clock.now())
    if day is None or day == today:
        return runtime.store.ledger_collection
    if day > today:
        raise FieldsNotValid([FieldFault("as_of", "不能查询将来的日期。")])

    def rows_of(name: str) -> Collection[Document]:
        return _made(runtime, name, day)

    return rows_of


def _made(runtime: Runtime, name: str, day: date) -> Collection[Document]:
    store, sources = runtime.store, runtime.sources
    ledger = store.service.ledger(name)
    if ledger.source != store.service.name and ledger.source not in sources:
        raise SourceUnavailable(f"no address of {ledger.source}")
    ready = as_of_if_ready(store, ledger, day)
    if ready is not None:
        return ready
    making = _in_background((store.database.name, name, day), lambda: as_of_collection(store, ledger, day, sources))
    if making is None or not wait([making], PATIENCE_S).done:
        raise PastBeingMade(day)
    return making.result()


def _in_background(key: _Key, make: Callable[[], Collection[Document]]) -> "Future[Collection[Document]] | None":
    """What comes of making this, begun by now in a thread that does not hold up the end of the process.

    None when too many wait already.
    """
    with _guard:
        if key in _making:
            return _making[key]
        if len(_making) >= MOST_WAITING:
            return None
        future = _making[key] = Future[Collection[Document]]()

    def run() -> None:
        try:
            with _one_at_a_time:
                made = make()
        except BaseException as fault:  # noqa: BLE001  whoever waits for the result has it raised
            _forget(key)
            future.set_exception(fault)
        else:
            _forget(key)
            future.set_result(made)

    threading.Thread(target=run, daemon=True, name="past").start()
    return future


def _forget(key: _Key) -> None:
    """Whoever asks from now on looks at what is there: it may have made room for another meanwhile."""
    with _guard:
        del _making[key]
