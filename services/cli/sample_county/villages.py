"""What is known of a few villages of the first township, and who helps them."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from services.cli.sample_county import names
from services.cli.sample_county.county import County
from services.cli.sample_county.planted import PlantedFact

_ASKED_BEFORE = timedelta(days=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Profile:
    """`unit` and `team`, beside the first secretary, are the three ones; `sent`: the data platform has it."""

    poor: bool
    unit: str
    team: str
    sent: bool


_PROFILES = (
    _Profile(poor=True, unit="县财政局", team="第一农技巡回小组", sent=True),
    _Profile(poor=False, unit="县人民医院", team="第一农技巡回小组", sent=True),
    _Profile(poor=False, unit="县教育局", team="第二农技巡回小组", sent=False),
    _Profile(poor=True, unit="县农业农村局", team="", sent=False),
)


def facts_of_villages(county: County, seed: int) -> list[PlantedFact]:
    """A profile each, with a first secretary; one lacks its farming team, and two are still to be exported."""
    random, asked_on = Random(f"{seed}:villages"), county.today - _ASKED_BEFORE
    villages = next(iter(county.places.villages.values()))
    facts: list[PlantedFact] = []
    for number, (village, profile) in enumerate(zip(villages, _PROFILES, strict=False), 1):
        households = random.randint(180, 420)
        helpers = {
            "FIRST_SECRETARY": names.adult_name(random, names.surname(random)),
            "HELPING_UNIT": profile.unit,
            "AGRI_TEAM": profile.team,
        }
        body = {
            "name": village.name,
            "poor": profile.poor,
            "households": households,
            "people": households * 7 // 2,
            "three_ones": {item: helper for item, helper in helpers.items() if helper},
            "recorded_on": asked_on.isoformat(),
        }
        facts.append(PlantedFact(path=f"villages/{village.code}/profiles", body=body))
        if profile.sent:
            receipt = {"receipt": f"平台回执{county.today.year}-{number:03}", "exported_on": asked_on.isoformat()}
            facts.append(PlantedFact(path=f"villages/{village.code}/exports", body=receipt))
    return facts
