"""What happened to a child's guardians. `principal_name`: who comes first by law afterwards, or empty."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from services.registry.children.ids import ChildId


class Unlinking(StrEnum):
    """Why a guardian is one no longer."""

    DECEASED = "DECEASED"
    REVOKED = "REVOKED"  # by a court (民法典第三十六条)
    CHANGED = "CHANGED"
    MISTAKE = "MISTAKE"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianLinked:
    """Somebody is the child's guardian, or more is known of a guardian. ID number and phone are sealed.

    `consent` names the paper by which committee or office agreed to one who is neither parent, grandparent nor
    sibling; for these it is empty.
    """

    TYPE: ClassVar[str] = "registry.guardian-linked.v1"
    OCCURRED_ON: ClassVar[str] = "linked_on"
    child_id: ChildId
    guardian_id: str
    name: str
    relation: str
    guardian_id_number: str | None
    guardian_id_index: str | None
    guardian_phone: str | None
    consent: str
    principal_name: str
    linked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianUnlinked:
    """Somebody is the child's guardian no longer."""

    TYPE: ClassVar[str] = "registry.guardian-unlinked.v1"
    OCCURRED_ON: ClassVar[str] = "unlinked_on"
    child_id: ChildId
    guardian_id: str
    reason: Unlinking
    evidence: list[str]
    principal_name: str
    unlinked_on: date


GuardianEvent = GuardianLinked | GuardianUnlinked
