"""A doubt about its file changes nothing of what may be decided about a child."""

from services.registry.children.child import Child
from services.registry.quality.events import QualityIssueAccepted


def evolve_quality(child: Child, _: QualityIssueAccepted) -> Child:
    return child
