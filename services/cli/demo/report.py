"""What a demo run has shown: every check, every ledger before and after, every receipt."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must be so, and whether it was."""

    scene: str
    what: str
    expected: Any
    actual: Any

    @property
    def held(self) -> bool:
        return bool(self.expected == self.actual)


@dataclass(frozen=True, slots=True)
class Landing:
    """An event's arrival at one of its readers. `ms`: from its recording until it was applied there."""

    event: str
    type: str
    consumer: str
    state: str
    ms: float | None


@dataclass(frozen=True, slots=True)
class LedgerView:
    """What one ledger said of one child before and after something happened."""

    scene: str
    child: str
    service: str
    ledger: str
    before: str
    after: str


@dataclass(slots=True)
class Report:
    checks: list[Check] = field(default_factory=list)
    landings: list[Landing] = field(default_factory=list)
    ledgers: list[LedgerView] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return bool(self.checks) and all(check.held for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "checks": [asdict(check) | {"held": check.held} for check in self.checks],
            "landings": [asdict(landing) for landing in self.landings],
            "ledgers": [asdict(view) for view in self.ledgers],
        }
