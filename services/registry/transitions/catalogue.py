"""The transitions of schooling as data: from which statuses, and on which papers. Read from `transitions.toml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from services.registry.children.statuses import Attendance
from services.registry.transitions.papers import Paper, missing_from

SHIPPED = Path(__file__).with_name("transitions.toml")


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """`papers`: what must be shown, each a kind or kinds of which one is enough (`A|B`)."""

    label: str
    from_: frozenset[Attendance] = msgspec.field(name="from")
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Transitions:
    paper: Mapping[str, str]
    transition: Mapping[str, Transition]

    def missing(self, name: str, papers: Iterable[Paper]) -> list[str]:
        """What is still to be shown for a transition, in words."""
        return [self._in_words(each) for each in missing_from(papers, self.transition[name].papers)]

    def _in_words(self, required: str) -> str:
        return "或".join(self.paper[kind] for kind in required.split("|"))


@cache
def transitions() -> Transitions:
    """Raises msgspec.ValidationError for a table with a gap."""
    return msgspec.toml.decode(SHIPPED.read_bytes(), type=Transitions)
