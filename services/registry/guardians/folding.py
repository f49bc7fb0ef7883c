"""Who a child's guardians are after somebody became one, or is one no longer."""

from dataclasses import replace
from typing import assert_never

from services.registry.children.child import Child
from services.registry.guardians.events import GuardianEvent, GuardianLinked, GuardianUnlinked
from services.registry.guardians.guardians import guardian_of, with_guardian, without


def evolve_guardians(child: Child, event: GuardianEvent) -> Child:
    match event:
        case GuardianLinked():
            return replace(child, guardians=with_guardian(child.guardians, guardian_of(event)))
        case GuardianUnlinked(guardian_id=guardian_id):
            return replace(child, guardians=without(child.guardians, guardian_id))
        case _:
            assert_never(event)
