"""Random lives, and every ledger of the four services beside a plain model of them."""

import os
from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from tests.whole_county.county import WholeCounty
from tests.whole_county.life import AWAY, GONE, Life, Stand
from tests.whole_county.lives import DEEDS, ENDS, Lives
from tests.whole_county.people import Staff

SEEDS = range(int(os.environ.get("NOL_LIVES", "2")))
pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_ledger_says_of_every_child_what_happened_to_them(county: WholeCounty, seed: int) -> None:
    lives = Lives(county, Staff(county), Random(seed))
    lives.begin(children=8)
    while county.today < ENDS:
        lives.a_week_in_which_some_stay_away()
        for life in lives.lives:
            compare(county, life)
        for _ in range(8):
            life = lives.random.choice(lives.lives)
            lives.random.choice(DEEDS)(lives, life)
            compare(county, life)


OPEN_VISIT = {"$in": ["OPEN", "OVERDUE"]}
OPEN_DUTY = {"$in": ["DUE", "OVERDUE"]}
LIVE_NOTICE = {"$in": ["REQUESTED", "ISSUED", "RUNNING", "EXPIRED"]}
PLAN = {
    Stand.SUSPECTED: "PERSUADING",
    Stand.DROPPED_OUT: "PERSUADING",
    Stand.BACK: "FOLLOWING_UP",
    Stand.IN_SCHOOL: "CLOSED",
    Stand.DEAD: "CLOSED",
    Stand.ABROAD: "CLOSED",
    Stand.ELSEWHERE: "CLOSED",
    Stand.SUSPENDED: "CLOSED",
}


def compare(county: WholeCounty, life: Life) -> None:
    assert told(county, life) == expected(life), "\n".join([str(life), *life.story])


def expected(life: Life) -> dict[str, Any]:
    """What the model says of each service's ledgers."""
    away, place = life.stand in AWAY, (life.school, life.division)
    return {
        "registry": (life.stand, *place, life.cycle),
        "visits know": [place],
        "supervision knows": [place],
        "assistance knows": [(*place, life.stand in GONE, away or life.stand in GONE | {Stand.SUSPENDED})],
        "plan": [PLAN[life.stand]] if life.cycle else [],
        "case": [life.cycle] if life.cycle else [],
        "something is to be done": away,
        "a notice lives": life.stand is Stand.DROPPED_OUT and life.notice,
        "what is open lies elsewhere": [],
    }


def told(county: WholeCounty, life: Life) -> dict[str, Any]:
    """The same, as the ledgers have it."""
    [child] = county.rows("registry", "children", child_id=life.id)
    plans = county.rows("visits", "persuasion-plans", child_id=life.id)
    cases = county.rows("supervision", "return-cases", child_id=life.id)
    visits = county.rows("visits", "household-visits", child_id=life.id, status=OPEN_VISIT)
    duties = county.rows("supervision", "obligations", child_id=life.id, status=OPEN_DUTY)
    notices = county.rows("supervision", "return-notices", child_id=life.id, status=LIVE_NOTICE)
    awaited = plans if life.stand in AWAY else []
    return {
        "registry": (child["status"], *place_of(child), child["cycle"]),
        "visits know": [place_of(row) for row in county.rows("visits", "children", child_id=life.id)],
        "supervision knows": [place_of(row) for row in county.rows("supervision", "children", child_id=life.id)],
        "assistance knows": [
            (*place_of(row), row["gone"], bool(row["suspected_on"]) or any(span[1] is None for span in row["away"]))
            for row in county.rows("assistance", "children", child_id=life.id)
        ],
        "plan": [row["status"] for row in plans],
        "case": [row["cycle"] for row in cases],
        "something is to be done": bool(visits or duties or awaited),
        "a notice lives": bool(notices),
        "what is open lies elsewhere": [
            row["_id"]
            for row in [*visits, *duties, *notices, *awaited, *(cases if life.stand in AWAY else [])]
            if place_of(row) != (life.school, life.division)
        ],
    }


def place_of(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["school"], row["division"]
