"""Divisions through time, villages and who helps them, enterprises, and what surveys of workers add up to."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.registry.divisions.divisions import RegisterDivision
from services.registry.divisions.rows import name_on
from services.registry.households.categories import HouseholdCategory
from services.registry.households.decisions import SetHouseholdCategory
from services.registry.parties.catalogue import party_catalogue
from services.registry.parties.enterprises import RegisterEnterprise
from services.registry.parties.worker_rows import survey_counts
from services.registry.parties.workers import SurveyIncomplete, SurveyWorker
from services.registry.villages.rows import VILLAGE_VIEWS
from services.registry.villages.three_ones import three_ones
from services.registry.villages.villages import (
    ExportVillage,
    NotAVillage,
    NothingToExport,
    RecordVillageProfile,
    VillageUnknown,
)
from shared.faults import InvalidValue
from shared.identifiers.division import DivisionCode
from shared.identifiers.uscc import CreditCode, check_holds, parse_credit_code
from shared.kernel.caller import Caller, Scope
from shared.kernel.refusals import DateBefore, DateInFuture, NotFound, OutOfScope, Refused
from tests.registry.conftest import COUNTY, Registry
from tests.registry.facts import CHILD, register
from tests.registry.imports.test_importing import sheet

TODAY = date(2026, 11, 20)
VILLAGE = "349921101201"
HELPERS = {"FIRST_SECRETARY": "田书记", "AGRI_TEAM": "农技一组", "HELPING_UNIT": "县教育局"}
PROFILE = RecordVillageProfile(
    village_code=VILLAGE, name="石坪村", poor=False, households=120, people=480, three_ones=HELPERS, recorded_on=TODAY
)
EXPORT = ExportVillage(village_code=VILLAGE, receipt="PT-1", exported_on=TODAY)
ENTERPRISE = RegisterEnterprise(
    credit_code=CreditCode("91349921MA0000000X"),
    name="云岭茶厂",
    enterprise_division="349921101",
    helper="县教育局",
    registered_on=TODAY,
)
WORKER = SurveyWorker(
    worker_id="w1",
    name="田大海",
    group="HARDSHIP",
    employer="云岭茶厂",
    worker_division="349921101",
    people=3,
    surveyed_on=TODAY,
    causes=("ILLNESS", "SCHOOLING"),
    needs=("MEDICAL",),
)


def row_of(nol: Registry, ledger: str, key: str) -> dict[str, Any]:
    row = nol.store.ledger_collection(ledger).find_one({"_id": key})
    assert row is not None
    return dict(row)


def listed(nol: Registry) -> set[str]:
    found = nol.store.ledger_collection
    return {view.name for view in VILLAGE_VIEWS if found(view.of).find_one(dict(view.where))}


def named(name: str, since: date, until: date | None = None) -> RegisterDivision:
    return RegisterDivision(division_code=DivisionCode(VILLAGE), name=name, valid_from=since, valid_to=until)


def test_what_a_division_was_called_on_a_day_has_an_answer(nol: Registry) -> None:
    nol.do(named("石坪村", date(2020, 1, 1)))
    nol.do(named("石坪社区", date(2024, 7, 1), date(2026, 6, 30)))
    row = row_of(nol, "divisions", VILLAGE)
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2024, 6, 30), date(2024, 7, 1), date(2026, 7, 1))
    assert [name_on(row, day) for day in days] == [None, "石坪村", "石坪村", "石坪社区", None]
    assert (row["level"], row["former_names"]) == ("VILLAGE", "石坪村")
    assert not nol.do(named("石坪社区", date(2024, 7, 1), date(2026, 6, 30)), id="again").events
    for wrong in (named("石坪", date(2023, 1, 1)), named("石坪", date(2025, 1, 1), date(2024, 1, 1))):
        with pytest.raises(DateBefore):
            nol.do(wrong)


def test_the_official_table_is_a_list_like_any_other(nol: Registry) -> None:
    rows = [["349921", "云岭县", "2020-01-01"], ["34992", "旧区", "2020-01-01"], [VILLAGE, "石坪村", "2020-01-01"]]
    content = sheet("行政区划", ["区划代码", "名称", "启用日期"], *rows)
    report = nol.load("divisions", content)
    assert (report.counts["changed"], report.counts["refused"]) == (2, 1)
    assert report.refused[0].problems[0].code == "division-shape"
    assert nol.load("divisions", content).counts["unchanged"] == 2


def test_nobody_names_a_division_elsewhere(nol: Registry) -> None:
    elsewhere = Caller("u9", "county_admin", Scope("349922"))
    with pytest.raises(OutOfScope):
        nol.do(named("石坪村", date(2020, 1, 1)), caller=elsewhere)


@pytest.mark.rule("3-07")
def test_a_villages_three_ones_are_kept_with_it_and_a_missing_one_shows(nol: Registry) -> None:
    nol.do(replace(PROFILE, three_ones={"FIRST_SECRETARY": "田书记", "AGRI_TEAM": "农技一组"}))
    row = row_of(nol, "villages", VILLAGE)
    assert (row["first_secretary"], row["agri_team"], row["helping_unit"]) == ("田书记", "农技一组", "")
    assert row["complete"] is False
    nol.do(PROFILE)
    assert row_of(nol, "villages", VILLAGE)["complete"] is True
    assert not nol.do(PROFILE, id="again").events
    assert list(three_ones().item.values()) == ["第一书记", "农技巡回小组", "帮扶单位"]


@pytest.mark.rule("3-07")
@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(PROFILE, village_code="349921101"), NotAVillage),
        (replace(PROFILE, recorded_on=date(2026, 11, 21)), DateInFuture),
        (EXPORT, VillageUnknown),
    ],
)
def test_what_stands_against_a_profile(nol: Registry, command: Any, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        nol.do(command)


@pytest.mark.rule("3-01")
@pytest.mark.parametrize(
    ("change", "target"),
    [({}, True), ({"poor": True}, False), ({"three_ones": {"AGRI_TEAM": "农技一组"}}, False)],
)
def test_visits_go_to_villages_with_a_first_secretary_that_are_not_poor(
    nol: Registry, change: dict[str, Any], target: bool
) -> None:
    nol.do(replace(PROFILE, **change))
    assert ("target-villages" in listed(nol)) is target


@pytest.mark.rule("3-01")
@pytest.mark.parametrize(
    ("category", "target"),
    [
        (HouseholdCategory.LIFTED_OUT, True),
        (HouseholdCategory.MONITORED, True),
        (HouseholdCategory.SUBSISTENCE_ALLOWANCE, False),
    ],
)
def test_visits_go_to_households_on_file_as_poor(nol: Registry, category: HouseholdCategory, target: bool) -> None:
    nol.do(register())
    assert "target-households" not in listed(nol)
    nol.do(SetHouseholdCategory(child_id=CHILD, category=category, effective_from=date(2026, 9, 1), household_no="H1"))
    assert ("target-households" in listed(nol)) is target


@pytest.mark.rule("3-15")
def test_a_profile_waits_for_the_data_platform_until_its_receipt_is_there_and_again_when_it_changes(
    nol: Registry,
) -> None:
    nol.do(PROFILE)
    assert "villages-to-export" in listed(nol)
    with pytest.raises(DateBefore):
        nol.do(replace(EXPORT, exported_on=date(2026, 11, 19)))
    with pytest.raises(DateInFuture):
        nol.do(replace(EXPORT, exported_on=date(2026, 11, 21)))
    nol.do(EXPORT)
    row = row_of(nol, "villages", VILLAGE)
    assert (row["export_receipt"], "villages-to-export" in listed(nol)) == ("PT-1", False)
    with pytest.raises(NothingToExport):
        nol.do(EXPORT, id="again")
    nol.do(replace(PROFILE, people=481))
    assert "villages-to-export" in listed(nol)


@pytest.mark.rule("2-01")
def test_an_enterprise_is_known_by_its_credit_code_with_the_office_that_helps(nol: Registry) -> None:
    nol.do(ENTERPRISE)
    row = row_of(nol, "enterprises", ENTERPRISE.credit_code)
    assert (row["name"], row["helper"], row["code_checked"]) == ("云岭茶厂", "县教育局", False)
    assert not nol.do(replace(ENTERPRISE, registered_on=date(2026, 11, 19)), id="again").events
    nol.do(replace(ENTERPRISE, helper="县民政局"), id="another office")
    assert row_of(nol, "enterprises", ENTERPRISE.credit_code)["helper"] == "县民政局"
    with pytest.raises(DateInFuture):
        nol.do(replace(ENTERPRISE, registered_on=date(2026, 11, 21)))


@pytest.mark.rule("2-01")
def test_a_credit_code_has_its_shape_and_its_check_is_told_but_not_enforced() -> None:
    characters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    assert sum(check_holds(CreditCode(f"91349921MA0000000{last}")) for last in characters) == 1
    assert parse_credit_code(" 91349921ma0000000x ") == "91349921MA0000000X"
    for wrong in ("91349921MA000000", "91349921MA0000000I", "91349921MA0000000XX", ""):
        with pytest.raises(InvalidValue):
            parse_credit_code(wrong)


@pytest.mark.rule("1-04")
def test_files_are_of_workers_in_hardship_and_of_models(nol: Registry) -> None:
    assert list(party_catalogue().group) == ["HARDSHIP", "MODEL_WORKER"]
    model = replace(WORKER, worker_id="w2", group="MODEL_WORKER", causes=(), needs=(), honour="县劳动模范")
    with pytest.raises(SurveyIncomplete):
        nol.do(replace(model, honour=""))
    nol.do(WORKER)
    nol.do(model)
    assert {row_of(nol, "workers", key)["group"] for key in ("w1", "w2")} == {"HARDSHIP", "MODEL_WORKER"}


@pytest.mark.rule("1-06")
@pytest.mark.parametrize("missing", ["causes", "needs"])
def test_no_help_without_a_cause_and_a_need(nol: Registry, missing: str) -> None:
    with pytest.raises(SurveyIncomplete):
        nol.do(replace(WORKER, **{missing: ()}))


@pytest.mark.rule("1-06")
def test_surveys_add_up_to_how_many_why_and_what_for(nol: Registry) -> None:
    nol.do(WORKER)
    nol.do(replace(WORKER, worker_id="w2", people=5, causes=("ILLNESS",), needs=("MEDICAL", "JOB")))
    nol.do(replace(WORKER, worker_id="w2", people=4, causes=("ILLNESS",), needs=("JOB",)), id="surveyed again")
    counts = survey_counts(nol.store, COUNTY)
    assert (counts["groups"][0]["files"], counts["groups"][0]["people"]) == (2, 7)
    assert {each["code"]: each["files"] for each in counts["causes"] if each["files"]} == {
        "ILLNESS": 2,
        "SCHOOLING": 1,
    }
    assert {each["code"]: each["files"] for each in counts["needs"] if each["files"]} == {"MEDICAL": 1, "JOB": 1}
    elsewhere = Caller("u9", "township_clerk", Scope("349921102"))
    assert survey_counts(nol.store, elsewhere)["groups"][0]["files"] == 0
    with pytest.raises(NotFound):
        nol.do(replace(WORKER, people=9), id="elsewhere", caller=elsewhere)
    with pytest.raises(DateBefore):
        nol.do(replace(WORKER, surveyed_on=date(2026, 11, 19)))
