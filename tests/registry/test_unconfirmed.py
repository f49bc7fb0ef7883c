"""No zero by not confirming: beside each figure of dropouts stands who is suspected for too long (decision 11)."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.registry.conftest import Registry
from tests.registry.facts import CHILD, SCHOOL, enrol, missed, open_school, register
from tests.registry.test_api import SignIn

RATE = "/rates?rate=DROPOUT&basis=HOUSEHOLD"


@pytest.fixture
def long_suspected(nol: Registry) -> Registry:
    """Suspected on 21 November, and nobody confirms it."""
    nol.do(open_school())
    nol.do(register())
    nol.do(enrol())
    nol.do(missed(66, 73))
    nol.wait_until(date(2026, 11, 21))
    return nol


@pytest.mark.rule("9-23")
def test_a_suspicion_that_nobody_confirms_is_beside_every_figure(long_suspected: Registry, sign_in: SignIn) -> None:
    officer = sign_in("bureau_officer", division="349921")

    def told() -> set[int]:
        rates = officer.get(RATE).json["groups"]
        (headcount,) = officer.get("/headcounts").json["items"]
        census = officer.get("/school-census").json
        return {
            sum(group["unconfirmed"] for group in rates),
            headcount["unconfirmed"],
            census["unconfirmed"],
            sum(item["unconfirmed"] for item in census["items"]),
        }

    assert (long_suspected.child(CHILD)["status"], told()) == ("SUSPECTED_DROPOUT", {0})
    long_suspected.wait_until(date(2026, 12, 31))
    assert (long_suspected.child(CHILD)["status"], told()) == ("SUSPECTED_DROPOUT", {1})
    before = officer.get(f"{RATE}&as_of=2026-11-21").json["groups"]
    assert sum(group["unconfirmed"] for group in before) == 0


@pytest.mark.rule("9-23")
def test_they_are_named_for_those_who_may_know_why(long_suspected: Registry, sign_in: SignIn) -> None:
    long_suspected.wait_until(date(2026, 12, 31))
    path = f"{RATE.replace('/rates', '/rates/list.xlsx')}&part=unconfirmed"
    book = load_workbook(BytesIO(sign_in("school_admin", school=SCHOOL).get(path).data))
    assert "林小雨" in {cell.value for row in book.active for cell in row}
    assert sign_in("finance_preparer", division="349921").get(path).status_code == 403
