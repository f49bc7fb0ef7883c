"""Between the services: every published type is read or knowingly ignored by each of its readers."""

from importlib import import_module
from typing import Any

import pytest

from services.process import SERVICES
from tests.services import built

PAIRS = [(reader, source) for reader in SERVICES for source in import_module(f"services.{reader}.contracts").CONTRACTS]


@pytest.mark.parametrize(("reader", "source"), PAIRS)
def test_a_reader_knows_every_type_that_its_source_publishes(reader: str, source: str) -> None:
    contract = built(reader).contracts[source]
    published = set(built(source).events.classes)
    assert published - set(contract.classes) - {name for name in published if contract.ignores(name)} == set()


@pytest.mark.parametrize(("reader", "source"), PAIRS)
def test_a_reader_expects_nothing_that_its_source_does_not_publish(reader: str, source: str) -> None:
    assert set(built(reader).contracts[source].classes) <= set(built(source).events.classes)


@pytest.mark.parametrize(("reader", "source"), PAIRS)
def test_what_a_reader_takes_of_an_event_is_there(reader: str, source: str) -> None:
    """The reader's fields without a default are fields of the published event."""
    for name, narrow in built(reader).contracts[source].classes.items():
        wide = built(source).events.classes[name]
        assert _required(narrow) <= set(wide.__dataclass_fields__), f"{reader} reads {name}"


def _required(cls: Any) -> set[str]:
    from dataclasses import MISSING

    fields = cls.__dataclass_fields__.values()
    return {field.name for field in fields if field.default is MISSING and field.default_factory is MISSING}
