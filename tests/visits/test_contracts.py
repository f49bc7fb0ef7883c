"""What the services say to each other: nothing published here surprises a reader, and nothing heard surprises us."""

from dataclasses import fields

import pytest

from services.registry import contracts as registry_reads
from services.registry.attendance import events as attendance
from services.registry.children import events as files
from services.registry.households import events as households
from services.registry.schools import schools
from services.supervision import contracts as supervision_reads
from services.visits.contracts import REGISTRY
from services.visits.events import EVENTS
from shared.kernel.events import EventTypes
from tests.visits import examples as ex

READERS = {
    "registry": registry_reads.CONTRACTS["visits"],
    "supervision": supervision_reads.CONTRACTS["visits"],
}
PUBLISHED_BY_REGISTRY = {
    each.TYPE: each
    for module in (attendance, files, households, schools)
    for each in vars(module).values()
    if hasattr(each, "TYPE")
}
HEARD_BY_OTHERS = [ex.attempted(), ex.team_assigned()]


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_every_reader_reads_or_knowingly_ignores_each_type_that_this_service_publishes(reader: EventTypes) -> None:
    assert {type_ for type_ in EVENTS.classes if type_ not in reader.classes and not reader.ignores(type_)} == set()


@pytest.mark.parametrize("event", HEARD_BY_OTHERS, ids=lambda event: event.TYPE)
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_reader_understands_what_it_reads(reader: EventTypes, event: object) -> None:
    data, type_ = EVENTS.encode(event), event.TYPE  # type: ignore[arg-type,attr-defined]
    if not reader.ignores(type_):
        assert reader.decode(type_, data).cycle == 1


def test_each_type_that_the_registry_publishes_is_read_or_ignored_here() -> None:
    unknown = {
        type_ for type_ in PUBLISHED_BY_REGISTRY if type_ not in REGISTRY.classes and not REGISTRY.ignores(type_)
    }
    assert unknown == set()


@pytest.mark.parametrize("read", REGISTRY.classes.values(), ids=REGISTRY.classes)
def test_each_field_read_here_is_one_that_the_registry_writes(read: type) -> None:
    written = {field.name for field in fields(PUBLISHED_BY_REGISTRY[read.TYPE])}  # type: ignore[attr-defined,arg-type]
    assert {field.name for field in fields(read)} <= written  # type: ignore[arg-type]


def test_every_stored_type_is_named_after_this_service_and_described() -> None:
    assert all(type_.startswith("visits.") and type_.endswith(".v1") for type_ in EVENTS.classes)
    assert all(cls.__doc__ for cls in EVENTS.classes.values())
