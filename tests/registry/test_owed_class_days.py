"""What a class owes: the school days of which nobody handed in anything. Rule 8-05. Today is Friday, 20 November."""

import pytest

from tests.registry.conftest import Registry
from tests.registry.imports.test_concluding import book, wang
from tests.registry.imports.test_importing import SCHOOL, school
from tests.registry.test_api import SignIn, code, officer
from tests.shared.http.client import Client

__all__ = ["officer", "school"]  # fixtures, used by name
pytestmark = pytest.mark.rule("8-05")


def owed(client: Client, query: str = "") -> dict[tuple[int, int], list[str]]:
    items = client.get(f"/owed-class-days{query}").json["items"]
    return {(item["grade"], item["class_no"]): item["days"] for item in items}


def test_a_class_owes_each_school_day_of_which_nothing_was_handed_in(school: Registry, officer: Client) -> None:
    school.load("attendance", book(wang(16), counts=[["2026-11-17", "六年级", "2班", 2, 2]]))
    week = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"]
    assert owed(officer) == {(5, 1): ["2026-11-13", *week], (6, 2): ["2026-11-13", *week[2:]]}
    assert owed(officer, "?from=2026-11-14&to=2026-11-15") == {}


def test_what_is_handed_in_later_is_owed_no_more(school: Registry, officer: Client) -> None:
    assert owed(officer, "?from=2026-11-18&to=2026-11-18") == {(5, 1): ["2026-11-18"], (6, 2): ["2026-11-18"]}
    school.load(
        "attendance", book(counts=[["2026-11-18", "六年级", "2班", 2, 2], ["2026-11-18", "五年级", "1班", 1, 1]])
    )
    assert owed(officer, "?from=2026-11-18&to=2026-11-18") == {}


def test_a_spell_says_on_which_owed_days_it_rests(school: Registry, officer: Client) -> None:
    school.load("attendance", book(wang(16)))
    items = officer.get("/owed-class-days?from=2026-11-16").json["items"]
    [spell] = next(item["spells"] for item in items if item["grade"] == 6)
    told = spell["name"], spell["absent_since"], spell["owed"]
    assert told == ("王小雨", "2026-11-16", ["2026-11-17", "2026-11-18", "2026-11-19"])
    sheet = officer.get("/owed-class-days/list.xlsx?from=2026-11-16")
    assert sheet.status_code == 200


def test_another_school_is_not_shown_and_an_operator_sees_nothing(school: Registry, sign_in: SignIn) -> None:
    mine = sign_in("school_admin", division="349921", school=SCHOOL)
    assert owed(mine)
    assert owed(sign_in("school_admin", division="349921", school="3134000002")) == {}
    assert code(sign_in("operator").get("/owed-class-days")) == (403, "role-not-allowed")


def test_a_year_is_not_asked_for_at_once(school: Registry, officer: Client) -> None:
    assert code(officer.get("/owed-class-days?from=2026-09-01&to=2026-11-19")) == (422, "too-many-days")
    assert code(officer.get("/owed-class-days?from=2026-09-01")) == (422, "too-many-days")
    assert code(officer.get("/owed-class-days?from=2026-11-19&to=2026-11-16")) == (422, "fields-not-valid")
