"""The guardians of one child as a value: kept in the order of the law."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.registry.guardians.events import GuardianLinked
from services.registry.guardians.relations import tier
from shared.identifiers import same_name

ON_REGISTRATION = "registration"
"""The id of the guardian named when the child was registered, until somebody tells more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    id: str
    name: str
    relation: str
    id_index: str | None = None
    phone: str | None = None
    since: date | None = None


Guardians = tuple[Guardian, ...]


def named_on_registration(name: str, relation: str, phone: str | None) -> Guardians:
    return (Guardian(id=ON_REGISTRATION, name=name, relation=relation, phone=phone),) if name else ()


def guardian_of(event: GuardianLinked) -> Guardian:
    return Guardian(
        id=event.guardian_id,
        name=event.name,
        relation=event.relation,
        id_index=event.guardian_id_index,
        phone=event.guardian_phone,
        since=event.linked_on,
    )


def same_person(guardians: Sequence[Guardian], id_index: str | None, name: str, relation: str) -> Guardian | None:
    """Who of them that is: by ID number, or, while one of the two has none, by name and relation."""
    for guardian in guardians:
        if guardian.id_index and id_index:
            if guardian.id_index == id_index:
                return guardian
        elif guardian.relation == relation and same_name(guardian.name, name):
            return guardian
    return None


def with_guardian(guardians: Sequence[Guardian], guardian: Guardian) -> Guardians:
    """Instead of the one of the same id, if there is one. Of one tier, who was linked first comes first."""
    others = [each for each in guardians if each.id != guardian.id]
    return tuple(sorted([*others, guardian], key=lambda each: (tier(each.relation), each.since or date.min)))


def without(guardians: Sequence[Guardian], guardian_id: str) -> Guardians:
    return tuple(each for each in guardians if each.id != guardian_id)


def principal_name(guardians: Sequence[Guardian]) -> str:
    return guardians[0].name if guardians else ""
