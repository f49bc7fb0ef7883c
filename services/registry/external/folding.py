"""What systems outside know of a child."""

from dataclasses import replace

from services.registry.children.child import Child
from services.registry.external.events import ExternalSystemTold


def evolve_told(child: Child, event: ExternalSystemTold) -> Child:
    return replace(child, told={**child.told, event.system: event.told})
