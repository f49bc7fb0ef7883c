"""Children who have two files in the sample county are found, and nobody else is."""

from services.registry.children.ids import ChildId
from services.registry.duplicates.pair import pair_id
from tests.sample.conftest import Compared


def test_exactly_the_planted_pairs_are_found_with_their_reasons(county: Compared) -> None:
    rows = {row["_id"]: row for row in county.nol.store.ledger_collection("duplicates").find({})}
    pairs = {_pair(county, each.key, each.other_key): each for each in county.planted.twice}
    assert pairs
    assert rows.keys() == pairs.keys()
    because = {
        "three_years_off": "BIRTH_OTHER_YEAR",
        "lunar_birthday": "BIRTH_LUNAR",
        "sex_mistyped": "SEX_OTHER",
        "other_parent_a_day_off": "BOTH_PARENTS",
    }
    for key, planted in pairs.items():
        assert because[planted.kind] in rows[key]["agreements"] + rows[key]["disagreements"]


def _pair(county: Compared, *keys: str) -> str:
    one, other = (ChildId(county.identity(key)) for key in keys)
    return pair_id(one, other)
