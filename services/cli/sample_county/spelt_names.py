"""Names that the roster spells with other characters than every other list does."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from services.cli.sample_county.county import County
from services.cli.sample_county.people import Child
from services.cli.sample_county.reserve import Reserve
from services.cli.sample_county.roster_faults import RosterFault, Spoil
from services.cli.sample_county.styles import Cells

LOOKALIKE = "name-lookalike"


@dataclass(frozen=True, slots=True)
class Spelling:
    """`name` is the child's, by the family's name; the roster writes `instead` for the character `char`."""

    kind: str
    name: Callable[[str], str]
    char: str
    instead: str
    warned: str | None = None


SPELLINGS = (
    Spelling("name_with_circle", "{}〇".format, "〇", "○", LOOKALIKE),
    Spelling("name_with_apostrophe", "{}尔'娜".format, "'", "’"),
    Spelling("name_with_square_dot", "卓玛·{}".format, "·", "▪"),
    Spelling("name_with_wide_dot", "央金·{}".format, "·", "・"),
    Spelling("name_with_radical", "{}石".format, "石", "⽯", LOOKALIKE),
)


def _spelling(each: Spelling) -> Spoil:
    def spell(cells: Cells) -> None:
        cells["name"] = cells["name"].replace(each.char, each.instead)

    return spell


def rename(county: County, reserve: Reserve) -> tuple[County, dict[str, RosterFault]]:
    """The county in which some bear such names, and what their rosters make of them."""
    named: dict[str, Child] = {}
    faults: dict[str, RosterFault] = {}
    for each in SPELLINGS:
        for child in reserve.take():
            named[child.key] = replace(child, name=each.name(child.household.family))
            faults[child.key] = RosterFault(each.kind, warned=each.warned, spoil=_spelling(each))
    return replace(county, children=tuple(named.get(child.key, child) for child in county.children)), faults
