"""The ledgers as clerks ask for them: each selection, its Chinese headings and words, and the workbook."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.shared.http.client import Client
from tests.supervision import facts as f
from tests.supervision import neighbours as n
from tests.supervision.county import County

OFFICER = "bureau_officer"
EVERY = (
    "return-cases",
    "open-cases",
    "verifying-cases",
    "closed-cases",
    "relapsed",
    "return-notices",
    "obligations",
    "due-obligations",
    "overdue-obligations",
    "done-obligations",
)


@pytest.fixture
def officer(sign_in: Callable[..., Client]) -> Client:
    return sign_in(OFFICER, division="349921")


@pytest.fixture
def lived(served: County) -> County:
    """c1 visited and away, c2 back, c3 relapsed; duties due, done and overdue."""
    for child in ("c2", "c3"):
        served.registry_says("suspected-dropout-flagged", n.suspected(), child=child)
    served.visits_say("household-visit-recorded", n.visited())
    served.at(date(2026, 9, 11))
    served.strikes()
    for child in ("c2", "c3"):
        served.registry_says("student-returned", n.returned(date(2026, 9, 11)), child=child)
    served.at(date(2026, 9, 18))
    served.registry_says("student-relapsed", n.relapsed(date(2026, 9, 18)), child="c3")
    return served


def keys(client: Client, view: str, **filters: str) -> list[str]:
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    return [row["key"] for row in client.get(f"/ledgers/{view}?{query}").json["rows"]]


def test_each_selection_holds_what_its_title_says(lived: County, officer: Client) -> None:
    assert sorted(keys(officer, "return-cases")) == ["c1", "c2", "c3"]
    assert sorted(keys(officer, "open-cases")) == ["c1", "c3"]
    assert keys(officer, "verifying-cases") == ["c2"]
    assert keys(officer, "relapsed") == ["c3"]
    assert keys(officer, "overdue-obligations") == ["c1:1:REPORT_SUSPECTED"]
    assert keys(officer, "done-obligations") == ["c1:1:HOUSEHOLD_VISIT"]
    assert sorted(keys(officer, "due-obligations")) == ["c3:2:HOUSEHOLD_VISIT", "c3:2:REPORT_SUSPECTED"]
    assert sorted(keys(officer, "obligations", status="LIFTED")) == [
        "c2:1:HOUSEHOLD_VISIT",
        "c2:1:REPORT_SUSPECTED",
        "c3:1:HOUSEHOLD_VISIT",
        "c3:1:REPORT_SUSPECTED",
    ]


def test_duties_come_in_the_order_of_their_due_days(lived: County, officer: Client) -> None:
    rows = officer.get("/ledgers/obligations?").json["rows"]
    days = [row["cells"]["due_on"] for row in rows]
    assert days == sorted(days)
    assert len(set(days)) > 1


def test_a_case_is_shown_under_the_childs_name_and_class(lived: County, officer: Client) -> None:
    (row,) = [each for each in officer.get("/ledgers/return-cases?").json["rows"] if each["key"] == "c1"]
    cells = row["cells"]
    assert (cells["child.name"], cells["child.class_name"]) == ("程小禾", "五年级2班")
    assert (cells["status"], cells["overdue"]) == ("OPENED", 1)


def test_every_ledger_is_a_workbook_with_chinese_headings_and_words(lived: County, officer: Client) -> None:
    for view in EVERY:
        answer = officer.get(f"/ledgers/{view}.xlsx")
        assert answer.status_code == 200, view
        cells = [str(cell) for row in load_workbook(BytesIO(answer.data)).active.values for cell in row if cell]
        assert "姓名" in cells, view
        untranslated = [cell for cell in cells if cell.isascii() and cell.isupper()]
        assert untranslated == [], view


@pytest.mark.prop("P16")
def test_no_ledger_shows_another_townships_children(lived: County, sign_in: Callable[..., Client]) -> None:
    foreign = sign_in("township_clerk", division="349921102")
    for view in EVERY:
        assert foreign.get(f"/ledgers/{view}?").json["rows"] == [], view
        assert foreign.get(f"/ledgers/{view}?division={f.TOWNSHIP}").json["rows"] == [], view


def test_who_pays_does_not_read_why_a_child_stays_away(lived: County, sign_in: Callable[..., Client]) -> None:
    payer = sign_in("finance_preparer", division="349921")
    assert payer.get("/ledgers").json == {"ledgers": []}
    for path in ("/ledgers/return-cases", "/cases/c1", "/events", "/events/partition/0"):
        assert payer.get(path).status_code == 403, path


def test_a_status_that_a_ledger_does_not_know_is_refused_with_those_it_does(lived: County, officer: Client) -> None:
    answer = officer.get("/ledgers/obligations?status=DUE&status=SOON")
    assert (answer.status_code, answer.json["field"]) == (422, "status")
    assert "没有“SOON”这种状态" in answer.json["errors"][0]["message"]
    assert "OVERDUE（逾期未办）" in answer.json["errors"][0]["message"]
