"""What a measure says: one line each, `name | value | limit | ratio`, and whether its aim is met."""

from dataclasses import dataclass
from typing import Any

HEADING = "name | value | limit | ratio"
BARE, AIMED = "bare", "aim"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The ratio of ours to the bare work must reach this."""

    ratio: float

    def met(self, line: "Line") -> bool:
        return line.ratio is not None and line.ratio >= self.ratio

    def __str__(self) -> str:
        return f"ratio ≥ {self.ratio:g}"


@dataclass(frozen=True, slots=True)
class Below:
    """The value must stay under this, in the line's unit."""

    value: float

    def met(self, line: "Line") -> bool:
        return line.value < self.value

    def __str__(self) -> str:
        return f"< {self.value:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure. `limit` is the same work done bare, or, where there is no bare equivalent, the aim itself."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    aim: AtLeast | Below | None = None

    @property
    def ratio(self) -> float | None:
        return None if not self.limit else self.value / self.limit

    @property
    def met(self) -> bool | None:
        """None where nothing is aimed at."""
        return None if self.aim is None else self.aim.met(self)

    @property
    def limit_kind(self) -> str:
        if self.limit is None:
            return ""
        return AIMED if isinstance(self.aim, Below) else BARE

    @property
    def cells(self) -> tuple[str, str, str, str]:
        limit = "-" if self.limit is None else f"{_figure(self.limit)} {self.unit} ({self.limit_kind})"
        ratio = "-" if self.ratio is None else f"{self.ratio:.2f}"
        return self.name, f"{_figure(self.value)} {self.unit}", limit, ratio

    def __str__(self) -> str:
        return " | ".join(self.cells)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "limit": self.limit,
            "limit_kind": self.limit_kind,
            "ratio": self.ratio,
            "aim": None if self.aim is None else str(self.aim),
            "met": self.met,
        }


def below(name: str, value: float, unit: str, aim: float) -> Line:
    """A line whose limit is its aim."""
    return Line(name=name, value=value, unit=unit, limit=aim, aim=Below(aim))


def _figure(value: float) -> str:
    """Three significant figures; whole numbers from a hundred on."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
