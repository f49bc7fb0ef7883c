"""What systems outside have been told. Lies in the child's stream."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.ids import ChildId
from services.registry.external.systems import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalSystemTold:
    """Somebody has entered in a system outside where the child stands. `receipt`: the number that it gave; `change`:
    which of the child's changes it was.
    """

    TYPE: ClassVar[str] = "registry.external-system-told.v1"
    OCCURRED_ON: ClassVar[str] = "told_on"
    child_id: ChildId
    system: str
    change: int
    told: Told
    receipt: str
    told_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalEntryReturned:
    """The system outside sent the entry back after its receipt, for `reason`: it must be told again."""

    TYPE: ClassVar[str] = "registry.external-entry-returned.v1"
    OCCURRED_ON: ClassVar[str] = "returned_on"
    child_id: ChildId
    system: str
    reason: str
    returned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalChangeStruckOff:
    """A change that was owed to a system outside need not be told, for `reason`; the event's actor answers for it."""

    TYPE: ClassVar[str] = "registry.external-change-struck-off.v1"
    OCCURRED_ON: ClassVar[str] = "struck_off_on"
    child_id: ChildId
    system: str
    change: int
    told: Told
    reason: str
    struck_off_on: date
