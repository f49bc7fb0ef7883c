"""What this service publishes is understood by its readers; that each knows every type: tests/test_contracts.py."""

import pytest

from services.registry import contracts as registry_reads
from services.supervision import contracts as supervision_reads
from services.visits.events import EVENTS
from shared.kernel.events import EventTypes
from tests.visits import examples as ex

READERS = {
    "registry": registry_reads.CONTRACTS["visits"],
    "supervision": supervision_reads.CONTRACTS["visits"],
}
HEARD_BY_OTHERS = [ex.attempted(), ex.team_assigned()]


@pytest.mark.parametrize("event", HEARD_BY_OTHERS, ids=lambda event: event.TYPE)
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_reader_understands_what_it_reads(reader: EventTypes, event: object) -> None:
    data, type_ = EVENTS.encode(event), event.TYPE  # type: ignore[arg-type,attr-defined]
    if not reader.ignores(type_):
        assert reader.decode(type_, data).cycle == 1


def test_every_stored_type_is_named_after_this_service_and_described() -> None:
    assert all(type_.startswith("visits.") and type_.endswith(".v1") for type_ in EVENTS.classes)
    assert all(cls.__doc__ for cls in EVENTS.classes.values())
