"""Firing deadlines: any worker polls what is due; each firing is a command like any other, and happens once."""

from datetime import date, datetime

import msgspec
from pymongo import ASCENDING

from shared.calendar.zone import local_date
from shared.kernel.application import Application
from shared.kernel.caller import system_caller
from shared.kernel.commands import Context, Order
from shared.kernel.deadlines import firing_id
from shared.kernel.parking import Failure, describe, retry_fields
from shared.kernel.raced import is_passing
from shared.kernel.store import Document
from shared.kernel.unit_of_work import UnitOfWork


def fire_due(application: Application, limit: int = 100) -> int:
    """Fire up to `limit` due deadlines, earliest first; how many fired.

    A deadline whose command fails is tried again with growing pauses and then waits for an operator; the others go on.
    """
    now = application.clock.now()
    due = application.store.deadlines.find({"next_try_at": {"$lte": now}}).sort("next_try_at", ASCENDING).limit(limit)
    return sum(_fire(application, document) for document in list(due))


def _fire(application: Application, document: Document) -> bool:
    try:
        return application.transact(lambda work: _fire_in(application, work, document), [document["_id"]])
    except Exception as error:
        if is_passing(error):
            raise
        _note_failure(application, document, error)
        return False


def _fire_in(application: Application, work: UnitOfWork, document: Document) -> bool:
    """Take the deadline away and carry out its command, together. False: another worker was first."""
    store = application.store
    same = {"_id": document["_id"], "due_at": document["due_at"]}
    if store.deadlines.delete_one(same, session=work.session).deleted_count == 0:
        return False
    command = msgspec.convert(document["data"], store.service.commands.command_class(document["command"]))
    command_id = firing_id(document["_id"], document["due_at"])
    work.begin()
    work.execute(
        Order(command=command, command_id=command_id, caller=system_caller(store.service.name)),
        _context(store.service.name, command_id, application.clock.now(), as_of=_fell_due(document)),
    )
    work.flush()
    return True


def _fell_due(document: Document) -> date:
    """The day on which it was to fire; one that was set late (a sheet of last week was entered) fell due when set."""
    return max(local_date(document["due_at"]), date.fromisoformat(document["set_on"]))


def _context(service: str, command_id: str, now: datetime, as_of: date) -> Context:
    """It is decided as of the day on which it fell due, and recorded now."""
    return Context(caller=system_caller(service), now=now, today=as_of, correlation=command_id)


def _note_failure(application: Application, document: Document, error: Exception) -> None:
    failure = Failure(describe(error), document["attempts"] + 1)
    fields = retry_fields(failure, application.clock.now())
    same = {"_id": document["_id"], "due_at": document["due_at"]}
    application.store.deadlines.update_one(same, {"$set": fields})
