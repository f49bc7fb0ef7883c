"""Lost races inside a transaction, told apart from the driver's errors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pymongo.errors import BulkWriteError, DuplicateKeyError

_DUPLICATE_KEY = 11000


class StreamRaced(Exception):
    """Another writer took the same stream version first: load again and retry."""


class CommandRaced(Exception):
    """A command with this id is already recorded: its stored outcome is the answer."""


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
