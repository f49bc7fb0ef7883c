"""The papers (佐证材料) that a fact of a child's schooling stands on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """`kind` is a code of `transitions.toml`; `reference` a number, a photograph's SHA-256, a page of a list."""

    kind: str
    reference: str
    dated: date | None = None


Papers = tuple[Paper, ...]


def missing_from(papers: Iterable[Paper], required: Iterable[str]) -> list[str]:
    """The requirements that no paper meets. `A|B` is met by either kind."""
    there = {paper.kind for paper in papers}
    return [each for each in required if there.isdisjoint(each.split("|"))]
