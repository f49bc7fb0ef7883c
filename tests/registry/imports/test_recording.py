"""Each import is a dated fact: which file, what came of its rows, and how it differs from what was known before."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from shared.kernel.caller import Caller, Scope
from tests.registry.conftest import COUNTY, Registry
from tests.registry.imports.test_importing import PUPILS, ROSTER, SCHOOL, ZHAO, school, sheet
from tests.registry.test_api import SignIn

__all__ = ["school"]  # a fixture, used by name

COUNTED = ("rows", "good", "refused", "new", "gone", "changed")
OFFICE = Caller("u2", "school_admin", Scope(school=SCHOOL))


def records(nol: Registry, kind: str = "rosters") -> list[dict[str, Any]]:
    order = [("list_on", 1), ("imported_at", 1)]
    return list(nol.store.ledger_collection("lists").find({"kind": kind}).sort(order))


def counted(record: dict[str, Any]) -> tuple[int, ...]:
    return tuple(record[name] for name in COUNTED)


def later(nol: Registry, content: bytes, caller: Caller = COUNTY) -> None:
    nol.clock.advance(timedelta(minutes=1))
    nol.load("rosters", content, caller=caller)


def roster(*rows: Sequence[Any]) -> bytes:
    return sheet("青石镇中心小学花名册", ROSTER, *rows)


def test_the_first_list_makes_everybody_known(school: Registry) -> None:
    (first,) = records(school)
    assert counted(first) == (3, 3, 0, 3, 0, 0)
    assert (first["list_on"], first["previous"], first["pages"]) == ("2026-11-20", None, [])
    assert counted(records(school, "schools")[0]) == (2, 2, 0, 0, 0, 2)


def test_the_next_one_tells_who_is_new_who_is_changed_and_who_is_left_out_of_its_classes(school: Registry) -> None:
    """Given three pupils in two classes; when the list of the one class has a newcomer, moves nobody, and forgets
    Zhao; then the fifth grade, of which it does not speak, counts for nothing."""
    newcomer = ["周小石", "男", "349921201202290033", "六年级", "2班", "H9", "否"]
    boarding = [*PUPILS[0][:6], "是"]
    later(school, roster(boarding, newcomer))
    first, second = records(school)
    assert counted(second) == (2, 2, 0, 1, 1, 1)
    assert second["previous"] == first["_id"]


def test_a_row_that_is_turned_away_is_counted_as_such(school: Registry) -> None:
    later(school, roster(PUPILS[0], [*PUPILS[2][:2], ZHAO[:-1], *PUPILS[2][3:]]))
    second = records(school)[-1]
    assert counted(second) == (2, 1, 1, 0, 1, 0)


def test_the_same_file_again_is_no_fact_and_another_place_has_its_own(school: Registry) -> None:
    events = school.events()
    later(school, roster(*PUPILS))
    assert school.events() == events
    later(school, roster(*PUPILS), OFFICE)
    county, office = records(school)
    assert (office["school"], office["previous"], counted(office)) == (SCHOOL, None, (3, 3, 0, 0, 0, 0))
    assert county["school"] == ""


def test_who_brought_what_stands_in_the_ledger_of_imports_for_the_own_place(school: Registry, sign_in: SignIn) -> None:
    school.load("rosters", roster(*PUPILS), caller=OFFICE)
    (row,) = sign_in("school_admin", school=SCHOOL).get("/ledgers/imported-lists").json["rows"]
    assert (row["cells"]["kind"], row["cells"]["good"], row["cells"]["imported_by"]) == ("rosters", 3, "u2")
