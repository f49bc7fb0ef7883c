"""What the registry publishes: pinned as it was published, and known to every service that listens."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from services.registry.service import EVENTS
from shared.kernel.events import EventTypes

PINNED: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "published.json").read_text("utf-8"))
LISTENERS = ("visits", "assistance", "supervision")


def test_a_sample_of_every_type_is_pinned() -> None:
    assert set(PINNED) == set(EVENTS.classes)


@pytest.mark.prop("P11")
@pytest.mark.parametrize("type_", PINNED)
def test_a_pinned_event_reads_back_as_it_was_published(type_: str) -> None:
    assert EVENTS.encode(EVENTS.decode(type_, PINNED[type_])) == PINNED[type_]


@pytest.mark.parametrize("listener", LISTENERS)
@pytest.mark.parametrize("type_", PINNED)
def test_every_listener_reads_it_or_says_that_it_has_no_use_for_it(listener: str, type_: str) -> None:
    contract: EventTypes = import_module(f"services.{listener}.contracts").CONTRACTS["registry"]
    assert contract.ignores(type_) or contract.decode(type_, PINNED[type_])
