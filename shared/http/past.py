"""Ledgers as of a past date: the one place where the API meets the kernel's way of making them."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from datetime import date
from typing import TypeVar

from pymongo.collection import Collection

from shared.calendar import local_date
from shared.http.refusals import FieldFault, FieldsNotValid
from shared.kernel.as_of import as_of_collection, as_of_if_ready
from shared.kernel.refusals import Kind, Refused
from shared.kernel.sources import SourceUnavailable
from shared.kernel.store import Document
from shared.kernel.views import RowsOf
from shared.runtime import Runtime

T = TypeVar("T")
PATIENCE_S = 20.0
"""So long a request waits for a past ledger to be made: less than the proxies in front of an API commonly do."""

_making: dict[tuple[str, str, date], "Future[Collection[Document]]"] = {}
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
    key = store.database.name, name, day
    with _guard:
        if key not in _making:
            _making[key] = _in_background(lambda: as_of_collection(store, ledger, day, sources))
        making = _making[key]
    if not wait([making], PATIENCE_S).done:
        raise PastBeingMade(day)
    with _guard:
        _making.pop(key, None)
    return making.result()


def _in_background(work: Callable[[], T]) -> "Future[T]":
    """Begin `work` in a thread that does not hold up the end of the process."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            with _one_at_a_time:
                future.set_result(work())
        except BaseException as fault:  # noqa: BLE001  whoever waits for the result has it raised
            future.set_exception(fault)

    threading.Thread(target=run, daemon=True, name="past").start()
    return future
