"""Failures of the moment, told apart from those that will come again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pymongo.errors import BulkWriteError, ConnectionFailure, DuplicateKeyError, PyMongoError

_DUPLICATE_KEY = 11000


class StreamRaced(Exception):
    """Another writer took the same stream version first: load again and retry."""


class CommandRaced(Exception):
    """A command with this id is already recorded: its stored outcome is the answer."""


def is_passing(error: BaseException) -> bool:
    """Whether an error is of the moment (a race, a lost connection, a time-out) and not of what was attempted."""
    if isinstance(error, PyMongoError):
        labelled = error.has_error_label("TransientTransactionError") or error.has_error_label(
            "UnknownTransactionCommitResult"
        )
        return labelled or error.timeout or isinstance(error, ConnectionFailure)
    return isinstance(error, (StreamRaced, CommandRaced))


@contextmanager
def duplicates_raise(make: Callable[[], Exception]) -> Iterator[None]:
    """Turn a duplicate key inside the block into the given exception; let every other error through."""
    try:
        yield
    except DuplicateKeyError as error:
        raise make() from error
    except BulkWriteError as error:
        codes = {item.get("code") for item in error.details.get("writeErrors", [])}
        if codes == {_DUPLICATE_KEY}:
            raise make() from error
        raise
