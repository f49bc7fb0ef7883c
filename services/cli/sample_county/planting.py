"""Planting differences between the lists, with a note of each."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from random import Random

from services.cli.sample_county.county import County
from services.cli.sample_county.outside import CERTIFICATE, Outside, line_of
from services.cli.sample_county.people import Child
from services.cli.sample_county.planted import Planted, PlantedDifference, PlantedFact
from services.cli.sample_county.roster_faults import RosterFault
from services.cli.sample_county.strangers import Strangers
from shared.calendar.terms import school_year_of

ONE_OF_EACH_PER_STUDENTS, FEWEST_OF_EACH = 2000, 2


@dataclass(slots=True)
class Planting:
    """The lists while differences are planted in them. `pupils` are at school, and nothing else is told of them."""

    county: County
    lists: Outside
    planted: Planted
    poor: set[str]
    strangers: Strangers
    pupils: Iterator[Child]

    def completing(self, years: int) -> date:
        """The birth date of who completes so many years on the day that decides about this school year."""
        cut_off = school_year_of(self.planted.compared_on).age_cut_off
        return cut_off.replace(year=cut_off.year - years)

    def finds(self, why: str, child: Child, *reasons: str, key: str = "") -> None:
        """`reasons` are what comparing must find of the child."""
        poor = child.household.household_no in self.poor
        for reason in reasons:
            self._note(why, key or child.key, child.name, reason, poor)

    def agrees(self, why: str, child: Child) -> None:
        """The child only seems to be a difference."""
        self._note(why, child.key, child.name, None, poor=False)

    def away_from_school(self, why: str, child: Child) -> None:
        """On file and at no school: missing from last term's roster, too, unless it was on none or has left."""
        last = self.lists.last_rosters.get(child.key)
        left = last is None or self.lists.last_term.has_left(last["grade"], self.planted.compared_on)
        self.finds(why, child, "R1", *([] if left else ["ROSTER_MISSING"]))

    def record_disability(self, child: Child) -> None:
        """On the list of the certified, and in the county's own list of special groups."""
        since, source = self.county.term_began, {"group_source": "县残联", "evidence": "残疾人证"}
        self.lists.disability[child.key] = line_of(child, certificate=CERTIFICATE)
        self.lists.groups[child.key] = line_of(
            child, group="残疾儿童", from_on=since, particulars=CERTIFICATE, **source
        )

    def make_known(self, child: Child) -> None:
        """The registry has heard of the child, who is on no roster."""
        guardian = child.household.guardian
        known = {
            "name": child.name,
            "sex": "F" if child.girl else "M",
            "birth_date": child.born_on.isoformat(),
            "division": child.household.village.code,
            "id_number": child.id_number,
            "household_no": child.household.household_no,
            "guardian_name": guardian.name,
            "guardian_relation": guardian.relation,
        }
        self.planted.facts.append(PlantedFact(path="children/registrations", body=known))

    def _note(self, why: str, key: str, name: str, reason: str | None, poor: bool) -> None:
        self.planted.differences.append(PlantedDifference(why=why, key=key, name=name, reason=reason, poor=poor))


Plot = Callable[[Planting], None]
"""Does one thing to the lists, and notes what must come of it."""


def plant(
    county: County,
    faults: Mapping[str, RosterFault],
    poor: set[str],
    seed: int,
    planted: Planted,
    plots: Sequence[Plot],
    once: Sequence[Plot],
    spared: Set[str],
) -> Outside:
    """The lists, with each plot some times, those of `once` a single time whatever the county's size; what is known
    from rosters and attendance is noted, too. Nothing is done to the `spared`, as those who
    are absent on the last day.
    """
    lists = Outside.agreeing(county, faults)
    spared = spared | {story.key for story in planted.stories} | {each.key for each in planted.twice}
    fit = [
        child for child in county.children if child.id_number and child.key not in faults and child.key not in spared
    ]
    Random(f"{seed}:differences").shuffle(fit)
    planting = Planting(county, lists, planted, poor, Strangers.of(county, seed), iter(fit))
    _note_what_is_known(planting, faults)
    for _ in range(max(FEWEST_OF_EACH, len(county.children) // ONE_OF_EACH_PER_STUDENTS)):
        for plot in plots:
            plot(planting)
    for plot in once:
        plot(planting)
    return lists


def _note_what_is_known(planting: Planting, faults: Mapping[str, RosterFault]) -> None:
    """Whose row of the roster is refused is at no school; so is who is suspected of having dropped out."""
    children = {child.key: child for child in planting.county.children}
    for key, fault in faults.items():
        if fault.refused and not fault.extra:
            planting.away_from_school("roster_row_refused", children[key])
    for story in planting.planted.stories:
        if story.suspected:
            planting.away_from_school(story.story, children[story.key])
        elif story.story == "sent_home":
            planting.finds(story.story, children[story.key], "R2")
