"""Every event ever published stays readable: to the service that owns it, and to all that listen."""

import json

import pytest

from services.process import SERVICES
from shared.kernel.recorded import to_json
from tests.pinned import samples
from tests.services import built

READERS = [(reader, type_) for reader in SERVICES for type_ in samples() if type_.partition(".")[0] != reader]


@pytest.mark.prop("P11")
@pytest.mark.parametrize("service", SERVICES)
def test_every_published_type_is_pinned(service: str) -> None:
    """If this fails: `python -m tests.pinned`."""
    assert set(built(service).events.classes) <= samples().keys()


@pytest.mark.prop("P11")
@pytest.mark.parametrize("type_", samples())
def test_its_owner_reads_a_pinned_event_and_loses_nothing_of_it(type_: str) -> None:
    events = built(type_.partition(".")[0]).events
    event = events.decode(type_, samples()[type_])
    if type_ == event.TYPE:  # an older version may have become something else
        again = json.loads(to_json(events.encode(event)))
        assert {name: again.get(name) for name in samples()[type_]} == samples()[type_]


@pytest.mark.prop("P11")
@pytest.mark.parametrize(("reader", "type_"), READERS)
def test_every_listener_reads_it_or_says_that_it_has_no_use_for_it(reader: str, type_: str) -> None:
    contract = built(reader).contracts.get(type_.partition(".")[0])
    assert contract is None or contract.ignores(type_) or contract.decode(type_, samples()[type_])
