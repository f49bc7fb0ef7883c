"""Which special groups there are, and who may know that a child belongs to one. Read from `groups.toml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

DIFFICULTY = "DIFFICULTY"
"""The family of the groups of helped pupils."""
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
    def difficulties(self) -> list[str]:
        """The kinds of difficulty for which a pupil is helped (帮扶对象): conduct, learning, poverty. Rule 5-02."""
        return [each.code for each in self.group if each.family == DIFFICULTY]

    @property
    def with_a_plan(self) -> list[str]:
        """The groups whose members have a plan and a helper: those at risk, and those of a difficulty."""
        return [each.code for each in self.group if each.at_risk or each.family == DIFFICULTY]

    @property
    def roles_that_know_the_plan(self) -> frozenset[str]:
        """Who may know of every group whose members have a plan, and so of the plan."""
        return frozenset.intersection(
            *(self.audiences[each.known_to] for each in self.group if each.code in self.with_a_plan)
        )

    @property
    def known_with_the_plan(self) -> frozenset[str]:
        """The codes of the groups that every role may know that may know a plan."""
        return frozenset.intersection(*map(self.known_to, self.roles_that_know_the_plan))

    @property
    def roles_that_know_all(self) -> frozenset[str]:
        return frozenset.intersection(*(self.audiences[each.known_to] for each in self.group))


@cache
def catalogue() -> Catalogue:
    """Raises msgspec.ValidationError for a table with a gap."""
    return msgspec.toml.decode(SHIPPED.read_bytes(), type=Catalogue)
