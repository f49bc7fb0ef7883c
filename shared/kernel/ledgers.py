"""Ledgers (台账): pure functions from events to rows, and the named views that people ask for."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.kernel.caller import OWN_PLACE, PlaceFields
from shared.kernel.recorded import Recorded

Row = dict[str, Any]
"""A ledger row as JSON builtins. The kernel adds `_id` (key), `division`, `school` and `at` (last event's id)."""

KERNEL_FIELDS = ("_id", "division", "school", "at")


def by_partition_key(_: Any, recorded: Recorded) -> str | None:
    """The usual row key: one row a child (or whatever the partition key names)."""
    return recorded.key


@dataclass(frozen=True, slots=True)
class Index:
    """Fields to index in order. A unique one also refuses: `what` names the value in the refusal.

    Unique indexes skip rows in which the first field is null or absent.
    """

    fields: tuple[str, ...]
    unique: bool = False
    what: str = ""

    @property
    def name(self) -> str:
        return "_".join(self.fields)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A projection of one service's events.

    `source` is the service whose log feeds it: the owner's own (then rows change inside the command's transaction)
    or another's (then through the consumer). `apply` takes the row so far (None if there is none), the event and its
    envelope, and returns the new row, or None to take the row off. All events that touch one row must share a
    partition key: then the order is the log's, and a rebuild gives the same bytes.
    `guests` are events of other streams that say something of a row's subject: they neither make a row nor move it to
    their own place.
    """

    name: str
    source: str
    events: frozenset[type]
    apply: Callable[[Row | None, Any, Recorded], Row | None]
    key: Callable[[Any, Recorded], str | None] = by_partition_key
    indexes: tuple[Index, ...] = ()
    guests: frozenset[type] = frozenset()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a view: `field` of the row (`join.field` for a joined ledger), Chinese heading, how it is shown.

    `kind`: text, date, number, money (integer fen, shown in yuan), code (shown through `labels`) or sealed: personal
    data that is shown masked as `mask` says (resident-id, mobile, account, student-number, address, or hidden whole).
    `sealed_as` is the name of the field under which the value was sealed, where it is not this row's own name for it.
    `only`: of a list of codes, those that this view's readers may see; empty: all.
    """

    field: str
    heading: str
    kind: str = "text"
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict)
    width: int = 14
    mask: str = "whole"
    sealed_as: str = ""
    only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Join:
    """Adds another ledger's row under `name`, found by this row's `by` field (or `_id`)."""

    name: str
    ledger: str
    by: str


@dataclass(frozen=True, slots=True)
class Elements:
    """The list in a row of which a view shows one line for each element, not one for each row.

    An element is a flat dict in the list `field`, which only grows. `date` is the ISO day by which lines are ordered
    and filtered, `status` the code by which they are; `schools` name the schools that see it (out of them, or into
    them), and `school_field` the row's list of all schools that its elements name.
    """

    field: str
    date: str
    status: str
    schools: tuple[str, ...]
    school_field: str


@dataclass(frozen=True, slots=True)
class View:
    """A ledger as people ask for it: a selection of one stored ledger's rows, with columns and a Chinese title.

    `where` is a MongoDB filter on stored fields; `status_field` and `date_field` are what the filters `status`,
    `from` and `to` of the API speak about; `roles` may read it (empty: every signed-in role).
    Rows come in the `order` of these stored fields (ascending, nothing before something), then by key; none of
    them personal, for cursors stand in addresses. With `elements`, the lines are elements of the rows, in the order of
    their days; columns and joins read the element, and behind it the row.
    A row may concern a second place beside its own, such as the school that asks for another one's pupil. A view that
    names its fields as `place` is for those in charge there: the caller's scope is laid over that place alone.
    """

    name: str
    title: str
    of: str
    columns: tuple[Column, ...]
    where: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    joins: tuple[Join, ...] = ()
    status_field: str = "status"
    date_field: str = ""
    roles: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    elements: Elements | None = None
    place: PlaceFields = OWN_PLACE
