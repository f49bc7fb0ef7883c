"""What a child is called, and was called before: two statements of who somebody is must agree."""

from collections.abc import Mapping, Sequence
from typing import Any

from shared.identifiers import same_name


def former_names_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The names that corrections have replaced, by the child's ledger row."""
    return tuple(row.get("former_names", ()))


def is_one_of(name: str, names: Sequence[str]) -> bool:
    return any(same_name(name, each) for each in names)


def is_called(row: Mapping[str, Any], name: str) -> bool:
    """Whether the child of a ledger row has this name, or had it."""
    return is_one_of(name, (row["name"], *former_names_of(row)))
