"""What this service reads of the others is what they publish: no type unknown, no field missing."""

from dataclasses import MISSING, fields

import pytest

from services.registry.service import EVENTS as REGISTRY_EVENTS
from services.supervision.contracts import CONTRACTS
from services.supervision.reactions import REACTIONS
from services.visits.events import EVENTS as VISITS_EVENTS
from shared.kernel.events import EventTypes

PUBLISHED = {"registry": REGISTRY_EVENTS, "visits": VISITS_EVENTS}


@pytest.mark.parametrize("source", sorted(CONTRACTS))
def test_every_published_type_is_read_or_knowingly_ignored(source: str) -> None:
    contract = CONTRACTS[source]
    unknown = [
        name for name in PUBLISHED[source].classes if name not in contract.classes and not contract.ignores(name)
    ]
    assert unknown == []


@pytest.mark.parametrize("source", sorted(CONTRACTS))
def test_every_field_read_is_published(source: str) -> None:
    for name, reading in CONTRACTS[source].classes.items():
        published = {field.name for field in fields(_class(PUBLISHED[source], name))}
        needed = {field.name for field in fields(reading) if field.default is MISSING}
        assert needed <= published, name


def test_every_reaction_answers_an_event_that_is_read() -> None:
    read = {cls for contract in CONTRACTS.values() for cls in contract.classes.values()}
    assert set(REACTIONS) <= read


def _class(types: EventTypes, name: str) -> type:
    assert name in types.classes, f"{name} is not published"
    return types.classes[name]
