"""The plan that a child has."""

from dataclasses import replace

from services.registry.children.child import Child
from services.registry.risk.events import RiskPlanSet


def evolve_plan(child: Child, event: RiskPlanSet) -> Child:
    return replace(child, risk_plan=event)
