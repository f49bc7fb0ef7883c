"""What each agreement and disagreement of two files is worth, as a county may read and change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

SHIPPED = Path(__file__).with_name("duplicates.toml")


class Level(StrEnum):
    LIKELY = "LIKELY"
    POSSIBLE = "POSSIBLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that may be said of two files. `points`: each doubles the odds. `rarity`: what is counted to tell how
    much more a rare value weighs, `most`: but no more than so. `against`: it speaks for two children.
    """

    words: str
    points: float
    rarity: str = ""
    most: float = 0
    against: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Slips:
    """How far a mistaken birth date may be from the true one, and how far those of brothers and sisters must be."""

    years: int
    days: int
    months_apart: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    possible: float
    likely: float
    population: int
    largest_block: int
    slips: Slips
    level: Mapping[str, str]
    finding: Mapping[str, Finding]
    surname: Mapping[str, str]

    def labels(self, *, against: bool) -> dict[str, str]:
        """The words of what speaks for one child, or for two."""
        return {code: each.words for code, each in self.finding.items() if each.against is against}

    def level_of(self, points: float) -> Level | None:
        """None below what is worth asking."""
        if points < self.possible:
            return None
        return Level.LIKELY if points >= self.likely else Level.POSSIBLE


@cache
def weights() -> Weights:
    """Raises msgspec.ValidationError for a table with a gap."""
    return msgspec.toml.decode(SHIPPED.read_bytes(), type=Weights)
