"""Rows that carry the state they are folded from: a ledger is then another use of the same `evolve`."""

from typing import Any, TypeVar

import msgspec

from shared.kernel.ledgers import Row

State = TypeVar("State")
FIELD = "state"


def state_of(row: Row | None, kind: type[State]) -> State | None:
    """The state that a row carries."""
    return None if row is None else msgspec.convert(row[FIELD], kind)


def with_state(state: Any, columns: Row) -> Row:
    """A row of these columns, as JSON builtins, that carries the state."""
    row: Row = msgspec.to_builtins({**columns, FIELD: state})
    return row
