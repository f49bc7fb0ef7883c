"""Which special groups there are, and who may know that a child belongs to one. Read from `groups.toml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

SHIPPED = Path(__file__).with_name("groups.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """`known_to` names the audience whose roles may see the label, and set it; `forms` are other words for it."""

    code: str
    label: str
    family: str
    known_to: str
    forms: str = ""
    at_risk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    audiences: Mapping[str, frozenset[str]]
    group: Sequence[Group]

    def known_to(self, role: str) -> frozenset[str]:
        """The codes of the groups whose members this role may know."""
        return frozenset(each.code for each in self.group if role in self.audiences[each.known_to])

    @property
    def codes(self) -> list[str]:
        return [each.code for each in self.group]

    @property
    def labels(self) -> dict[str, str]:
        return {each.code: each.label for each in self.group}

    @property
    def written_as(self) -> dict[str, str]:
        """Each word that lists have for a group, with its code."""
        return {form: each.code for each in self.group for form in (each.label, *each.forms.split(), each.code)}

    @property
    def at_risk(self) -> list[str]:
        return [each.code for each in self.group if each.at_risk]

    @property
    def roles_that_know_the_risk(self) -> frozenset[str]:
        """Who may know of every group at risk, and so of the plan for a child in one."""
        return frozenset.intersection(*(self.audiences[each.known_to] for each in self.group if each.at_risk))

    @property
    def roles_that_know_all(self) -> frozenset[str]:
        return frozenset.intersection(*(self.audiences[each.known_to] for each in self.group))


@cache
def catalogue() -> Catalogue:
    """Raises msgspec.ValidationError for a table with a gap."""
    return msgspec.toml.decode(SHIPPED.read_bytes(), type=Catalogue)
