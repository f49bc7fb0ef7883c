"""The four services as the suite runs them, put together without a process."""

from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from services.process import bootstrap_of
from shared.calendar.live import LiveCalendar
from shared.kernel.clock import SystemClock
from shared.kernel.service import Service
from shared.privacy import BlindIndex, Cipher
from shared.privacy.keyring_file import generate_keyring, parse_keyring
from shared.runtime import Ports


@cache
def built(name: str) -> Service:
    """A service with the shipped numbers and a keyring of its own."""
    keyring = parse_keyring(generate_keyring())
    ports = Ports(
        settings=cast("Any", SimpleNamespace(service=name, peers={}, clock_file=Path())),
        clock=SystemClock(),
        calendar=LiveCalendar(),
        cipher=Cipher(keyring),
        blind_index=BlindIndex(keyring.index_key),
    )
    service: Service = bootstrap_of(name).build(ports)
    return service
