"""Systems outside: who waits to be told of what, and what was told last."""

from dataclasses import replace
from datetime import date

import pytest

from services.registry.children.state import CHILDREN
from services.registry.external.systems import systems
from services.registry.external.telling import (
    ChangeNotOwed,
    NothingToTell,
    NothingWasTold,
    ReturnExternalEntry,
    StrikeExternalChange,
    TellExternalSystem,
    tell_external_system,
)
from services.registry.households.categories import HouseholdCategory
from services.registry.households.decisions import SetHouseholdCategory
from services.registry.schools.schools import RegisterSchool
from shared.kernel.refusals import DateInFuture
from tests.given import given, on
from tests.registry.conftest import Registry
from tests.registry.facts import CHILD, SCHOOL, check_in, enrol, mark, missed, register, registered
from tests.registry.test_api import SignIn

TODAY = date(2026, 11, 20)
POVERTY, MODULE = "POVERTY_SYSTEM", "DROPOUT_MODULE"


def tell(system: str, on_day: date = TODAY) -> TellExternalSystem:
    return TellExternalSystem(child_id=CHILD, system=system, receipt="HZ-1", told_on=on_day)


@pytest.fixture
def school(nol: Registry) -> Registry:
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101"))
    nol.do(replace(register(), guardian_name="林大山"))
    nol.do(enrol())
    return nol


def poor(category: HouseholdCategory) -> SetHouseholdCategory:
    return SetHouseholdCategory(child_id=CHILD, category=category, effective_from=date(2026, 9, 1), household_no="H1")


def to_tell(nol: Registry) -> list[str]:
    return list(nol.child(CHILD)["to_tell"])


@pytest.mark.rule("11-17")
def test_the_poverty_system_waits_until_it_knows_where_a_listed_child_learns(school: Registry) -> None:
    assert to_tell(school) == []
    school.do(poor(HouseholdCategory.MONITORED))
    assert to_tell(school) == [POVERTY]
    school.do(tell(POVERTY))
    row = school.child(CHILD)
    assert row["to_tell"] == []
    assert row["told_in_words"] == "脱贫（防返贫监测）系统：在校 青石镇中心小学6年级（2026-11-20，回执HZ-1）"


@pytest.mark.rule("11-17")
def test_every_change_of_a_listed_childs_schooling_is_to_be_told_again(school: Registry) -> None:
    school.do(poor(HouseholdCategory.LIFTED_OUT))
    school.do(tell(POVERTY))
    school.do(replace(enrol(), class_no=3), id="another class")
    assert to_tell(school) == []
    school.do(mark("UNEXCUSED", 74))
    assert to_tell(school) == [POVERTY]
    school.do(mark("PRESENT", 74), id="a slip of the pen")
    assert to_tell(school) == []


@pytest.mark.rule("11-17")
def test_of_who_is_on_no_list_the_poverty_system_is_told_nothing(school: Registry) -> None:
    school.do(poor(HouseholdCategory.SUBSISTENCE_ALLOWANCE))
    assert to_tell(school) == []
    with pytest.raises(NothingToTell):
        school.do(tell(POVERTY))
    school.do(poor(HouseholdCategory.MONITORED), id="listed")
    with pytest.raises(DateInFuture):
        school.do(tell(POVERTY, date(2026, 11, 21)))


@pytest.mark.rule("11-06")
def test_the_dropout_module_follows_a_suspicion_to_its_end(school: Registry) -> None:
    """Given a suspected dropout; each step from the suspicion to the stable return is filed, with its receipt."""
    school.do(missed())
    school.wait_until(date(2026, 11, 21))
    assert to_tell(school) == [MODULE]
    school.do(tell(MODULE), id="suspected")
    assert to_tell(school) == []
    school.do(check_in(75))
    assert to_tell(school) == [MODULE]
    school.do(tell(MODULE, date(2026, 11, 21)), id="returned")
    school.wait_until(date(2026, 12, 22))
    assert (school.child(CHILD)["status"], to_tell(school)) == ("IN_SCHOOL", [MODULE])
    school.do(tell(MODULE, date(2026, 12, 22)), id="stable")
    assert to_tell(school) == []


@pytest.mark.rule("11-17")
def test_what_a_system_sends_back_after_its_receipt_waits_to_be_told_again(school: Registry) -> None:
    back = ReturnExternalEntry(child_id=CHILD, system=POVERTY, reason="身份证号不符", returned_on=TODAY)
    with pytest.raises(NothingWasTold):
        school.do(back)
    school.do(poor(HouseholdCategory.MONITORED))
    school.do(tell(POVERTY))
    school.do(back, id="sent back")
    assert to_tell(school) == [POVERTY]
    assert "已被退回" in school.child(CHILD)["told_in_words"]
    assert "身份证号不符" in school.child(CHILD)["told_in_words"]
    with pytest.raises(NothingWasTold):
        school.do(back, id="once more")
    school.do(tell(POVERTY), id="told again")
    assert to_tell(school) == []


@pytest.mark.rule("11-06")
def test_a_suspicion_and_a_relapse_that_ended_before_anybody_entered_them_are_still_owed(school: Registry) -> None:
    """Given a suspicion, a return, a relapse and a return of which nothing was entered; then each is owed."""
    school.do(missed())
    school.wait_until(date(2026, 11, 21))
    school.do(check_in(75))
    school.miss(CHILD, date(2026, 12, 5))
    assert school.child(CHILD)["relapses"] == 1
    school.do(check_in(89), id="back again")
    row = school.child(CHILD)
    owed = [(line["status"], line["since"], line["state"]) for line in row["changes"]]
    assert [status for status, *_ in owed] == ["SUSPECTED_DROPOUT", "RETURNED_PROBATION"] * 2
    assert {state for *_, state in owed} == {"DUE"}
    assert row["owed_in_words"].count("疑似辍学") == 2
    today = school.today
    for number in (1, 2):
        school.do(tell(MODULE, today), id=f"told {number}")
    strike = StrikeExternalChange(
        child_id=CHILD, system=MODULE, change=3, reason="学籍系统当日停机，省厅通知免报", struck_off_on=today
    )
    school.do(strike)
    with pytest.raises(ChangeNotOwed):
        school.do(strike, id="twice")
    assert to_tell(school) == [MODULE]
    school.do(replace(tell(MODULE, today), change=4), id="the last one")
    assert to_tell(school) == []
    states = [(line["state"], line["settled"], line["settled_by"]) for line in school.child(CHILD)["changes"]]
    assert states[2] == ("STRUCK_OFF", strike.reason, "u1")
    assert [state for state, *_ in states] == ["TOLD", "TOLD", "STRUCK_OFF", "TOLD"]


@pytest.mark.rule("11-17")
def test_days_of_absence_of_a_listed_child_leave_no_row_each(school: Registry) -> None:
    school.do(poor(HouseholdCategory.LIFTED_OUT))
    school.do(tell(POVERTY))
    for number in range(70, 75):
        school.do(mark("UNEXCUSED", number), id=f"away {number}")
        school.do(mark("PRESENT", number), id=f"back {number}")
    assert len(school.child(CHILD)["changes"]) <= 2
    assert to_tell(school) == []


@pytest.mark.rule("11-06")
def test_each_change_has_its_line_in_the_ledger_of_its_school(school: Registry, sign_in: SignIn) -> None:
    school.do(missed())
    school.wait_until(date(2026, 11, 21))
    lines = sign_in("school_admin", school=SCHOOL).get("/ledgers/external-changes?status=DUE").json["rows"]
    assert [(line["cells"]["system"], line["cells"]["status"]) for line in lines] == [(MODULE, "SUSPECTED_DROPOUT")]
    assert sign_in("school_admin", school="2134000002").get("/ledgers/external-changes").json["rows"] == []


@pytest.mark.rule("11-06")
def test_what_never_was_in_the_module_is_not_filed(school: Registry) -> None:
    with pytest.raises(NothingToTell):
        school.do(tell(MODULE))


@pytest.mark.parametrize("system", systems())
def test_of_an_unknown_child_nothing_is_told(system: str) -> None:
    given(CHILDREN).when(tell_external_system, tell(system), on(TODAY)).then_refused("child-not-registered")
    given(CHILDREN, registered()).when(tell_external_system, tell(system), on(TODAY)).then_refused("nothing-to-tell")
