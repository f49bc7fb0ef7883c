"""Ledgers as of a past date: the one place where the API meets the kernel's way of making them."""

import threading
from datetime import date

from pymongo.collection import Collection

from shared.calendar import local_date
from shared.http.refusals import FieldFault, FieldsNotValid
from shared.kernel.as_of import as_of_collection
from shared.kernel.sources import SourceUnavailable
from shared.kernel.store import Document
from shared.kernel.views import RowsOf
from shared.runtime import Runtime

_MAKING = threading.Lock()
"""Past ledgers are made when they are first asked for, one at a time in a process."""


def rows_as_of(runtime: Runtime, day: date | None) -> RowsOf:
    """The rows at the end of that day; the live ones for today or None. Raises FieldsNotValid for later days."""
    today = local_date(runtime.ports.clock.now())
    if day is None or day == today:
        return runtime.store.ledger_collection
    if day > today:
        raise FieldsNotValid([FieldFault("as_of", "不能查询将来的日期。")])

    def rows_of(name: str) -> Collection[Document]:
        return _make(runtime, name, day)

    return rows_of


def _make(runtime: Runtime, name: str, day: date) -> Collection[Document]:
    store, sources = runtime.store, runtime.sources
    ledger = store.service.ledger(name)
    if ledger.source != store.service.name and ledger.source not in sources:
        raise SourceUnavailable(f"no address of {ledger.source}")
    with _MAKING:
        return as_of_collection(store, ledger, day, sources)
