"""Whoever opens a ledger of the sample county finds something in it, or it waits for what has not happened."""

from services.registry.groups.catalogue import catalogue
from shared.kernel.elements import reader_of
from shared.kernel.views import Filters
from tests.registry.conftest import COUNTY
from tests.sample.conftest import Compared

EMPTY = {
    "dropouts": "nobody has confirmed a suspicion",
    "dropout-marks": "nobody has confirmed a suspicion",
    "returned-probation": "nobody has returned",
    "village-quality-issues": "rows with contradictions are refused",
    "closed-schools": "no school has closed",
    "pupils-of-closed-schools": "no school has closed",
    "corrections": "nobody has asked for one",
    "corrections-to-enter": "nobody has asked for one",
    "school-headcounts": "no principal has counted",
    "class-headcounts": "no principal has counted",
    "elsewhere-learners": "nobody has been confirmed elsewhere",
    "junior-school-hand-over": "the school year has not ended",
    "leavers": "the school year has not ended",
    "resolved-differences": "the queue is new",
    "deferrals": "nobody has applied",
    "suspensions": "nobody has applied",
    "respites-to-decide": "nobody has applied",
    "transfers-in-flight": "nobody has moved",
    "transfers": "nobody has moved",
    "transfer-requests": "nobody has moved",
    "home-teaching": "nobody has been placed at home",
    "registration-gaps": "no school has reported one",
}
"""The ledgers that wait for what has not happened, each with why."""


def test_no_ledger_is_empty_without_a_reason(county: Compared) -> None:
    store = county.nol.store
    readers = {view.name: reader_of(store, view, COUNTY.scope) for view in store.service.views}
    assert {name for name, reader in readers.items() if not reader.count(Filters())} == set(EMPTY)


def test_the_special_groups_are_those_on_the_list_and_nobody_else_is_disabled(county: Compared) -> None:
    rows = list(county.nol.store.ledger_collection("children").find({"groups": {"$ne": []}}))
    known = {group for row in rows for group in row["groups"]}
    assert known == set(catalogue().codes) - {"IN_LEGAL_CASE"}
    recorded = ("certified_and_placed", "recorded_and_not_placed")
    planted = {county.identity(each.key) for each in county.planted.differences if each.why in recorded}
    assert {row["_id"] for row in rows if "DISABLED" in row["groups"]} == planted


def test_whoever_is_left_behind_has_the_parents_before_the_grandfather(county: Compared) -> None:
    rows = list(county.nol.store.ledger_collection("children").find({"groups": "LEFT_BEHIND"}))
    assert rows
    for row in rows:
        guardians = county.api.get(f"/api/v1/children/{row['_id']}")["child"]["guardians"]
        assert [each["relation"] for each in guardians] == ["51", "52", "61"]


def test_an_enterprise_has_a_code_whose_check_character_holds(county: Compared) -> None:
    rows = list(county.api.rows("enterprises"))
    assert [row["cells"]["code_checked"] for row in rows] == [True, True]


def test_the_head_of_the_central_school_sits_in_the_groups_of_school_and_township(county: Compared) -> None:
    central = next(county.api.rows("central-schools"))["cells"]
    township = county.api.get(f"/api/v1/leading-groups/{central['township_code']}")
    school = county.api.get(f"/api/v1/leading-groups/{central['central_school']}")
    (head,) = [each["name"] for each in township["members"] if each["post"] == "CENTRAL_SCHOOL_HEAD"]
    assert head in [each["name"] for each in school["members"] if each["post"] == "PRINCIPAL"]
    assert not township["vacant"]
