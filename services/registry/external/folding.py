"""What systems outside know of a child."""

from dataclasses import replace

from services.registry.children.child import Child
from services.registry.external.events import ExternalEntryReturned, ExternalSystemTold
from services.registry.external.systems import NOTHING


def evolve_told(child: Child, event: ExternalSystemTold | ExternalEntryReturned) -> Child:
    told = event.told if isinstance(event, ExternalSystemTold) else NOTHING
    return replace(child, told={**child.told, event.system: told})
