"""What one process of a service runs on, built once, after any fork: clients and locks do not survive one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.calendar import WorkingCalendar
from shared.kernel.application import Application
from shared.kernel.clock import Clock
from shared.kernel.service import Service
from shared.kernel.store import Store
from shared.privacy import BlindIndex, Cipher

if TYPE_CHECKING:
    from shared.config import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """What a service is given of the outside world."""

    settings: "Settings"
    clock: Clock
    calendar: WorkingCalendar
    cipher: Cipher
    blind_index: BlindIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """A service put together: its parts as data, its database, and its way to change facts."""

    ports: Ports
    service: Service
    store: Store
    application: Application


def build_runtime(settings: "Settings", build: Callable[[Ports], Service]) -> Runtime:
    """Connect to the database, install what is missing, and put the service together.

    Raises `PartitionsChanged`, `KeyringInvalid`, `OSError`, or pymongo's errors when no database answers.
    """
    raise NotImplementedError
