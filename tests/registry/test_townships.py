"""Townships with their central school, inspection districts with their inspector, and what is missing of either."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.registry.children.ids import SchoolCode
from services.registry.divisions.districts import (
    DissolveInspectionDistrict,
    DistrictHasSchools,
    DistrictUnknown,
    NotACounty,
    SetInspectionDistrict,
)
from services.registry.divisions.divisions import RegisterDivision
from services.registry.divisions.reading import inspection_districts, townships
from services.registry.divisions.townships import (
    CentralSchoolClosing,
    CentralSchoolElsewhere,
    NameCentralSchool,
    NotATownship,
)
from services.registry.schools.refusals import SchoolNotRegistered
from services.registry.schools.schools import RegisterSchool
from shared.identifiers.division import DivisionCode
from shared.kernel.caller import Caller, Scope
from shared.kernel.refusals import DateBefore, DateInFuture, NotFound, Refused
from tests.registry.conftest import COUNTY, Registry
from tests.registry.schools.county import CENTRAL, MIDDLE, OTHER, POINT, TODAY, close, found_schools
from tests.registry.test_api import SignIn

TOWN, OTHER_TOWN = "349921101", "349921102"
FIRST, SECOND = "第一督学责任区", "第二督学责任区"
YESTERDAY, TOMORROW = date(2026, 11, 19), date(2026, 11, 21)
AWAY = SchoolCode("2134000005")
NAMED = NameCentralSchool(township_code=TOWN, school_code=CENTRAL, named_on=TODAY)
DISTRICT = SetInspectionDistrict(county_code="349921", name=FIRST, inspector="田督学", set_on=TODAY)
DISSOLVED = DissolveInspectionDistrict(county_code="349921", name=FIRST, dissolved_on=TODAY)
NEIGHBOUR = Caller("u9", "bureau_officer", Scope("349922"))


@pytest.fixture
def county(nol: Registry) -> Registry:
    """Two townships and a former one; one village; four schools in the first township and one in the second."""
    for code, name, until in (
        (TOWN, "青石镇", None),
        (OTHER_TOWN, "白沙镇", None),
        ("349921103", "旧桥乡", date(2024, 6, 30)),
        (f"{TOWN}201", "石坪村", None),
    ):
        spoken = DivisionCode(code)
        nol.do(RegisterDivision(division_code=spoken, name=name, valid_from=date(2020, 1, 1), valid_to=until))
    found_schools(nol)
    nol.do(RegisterSchool(school_code=AWAY, name="白沙镇中心小学", kind="PRIMARY", division=OTHER_TOWN))
    return nol


def put_into(county: Registry, district: str, *schools: SchoolCode) -> None:
    for school in schools:
        row = county.store.ledger_collection("schools").find_one({"_id": school})
        assert row is not None
        told = {name: row[name] for name in ("name", "kind", "division")}
        county.do(RegisterSchool(school_code=school, district=district, **told), id=f"{school} into {district}")


def central_schools(county: Registry, caller: Caller = COUNTY) -> dict[str, str | None]:
    found = townships(county.store, caller, TODAY)
    return {each["name"]: each["central_school"] and each["central_school"]["name"] for each in found}


def districts(county: Registry, caller: Caller = COUNTY, on: date = TODAY) -> tuple[dict[str, set[str]], set[str]]:
    found = inspection_districts(county.store, caller, on)
    of = {each["name"]: {school["school_code"] for school in each["schools"]} for each in found["items"]}
    return of, {school["school_code"] for school in found["outside"]}


def test_every_township_of_today_shows_with_its_central_school_or_without_one(county: Registry) -> None:
    assert central_schools(county) == {"青石镇": None, "白沙镇": None}
    county.do(NAMED)
    assert central_schools(county) == {"青石镇": "青石镇中心小学", "白沙镇": None}
    assert [each["villages"] for each in townships(county.store, COUNTY, TODAY)] == [1, 0]
    assert central_schools(county, Caller("u2", "township_clerk", Scope(OTHER_TOWN))) == {"白沙镇": None}


def test_another_school_follows_and_the_same_one_again_changes_nothing(county: Registry) -> None:
    county.do(NAMED)
    assert not county.do(replace(NAMED, named_on=YESTERDAY), id="again").events
    with pytest.raises(DateBefore):
        county.do(replace(NAMED, school_code=MIDDLE, named_on=YESTERDAY))
    county.do(replace(NAMED, school_code=MIDDLE))
    assert central_schools(county)["青石镇"] == "青石镇初级中学"


def test_a_central_school_that_has_closed_is_a_gap(county: Registry) -> None:
    county.do(NAMED)
    county.do(close(CENTRAL, OTHER, on=TOMORROW))
    assert central_schools(county)["青石镇"] == "青石镇中心小学"
    assert townships(county.store, COUNTY, TOMORROW)[0]["central_school"] is None


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"township_code": "349921"}, NotATownship),
        ({"township_code": OTHER_TOWN}, CentralSchoolElsewhere),
        ({"school_code": POINT}, CentralSchoolClosing),
        ({"school_code": SchoolCode("2134000099")}, SchoolNotRegistered),
        ({"named_on": TOMORROW}, DateInFuture),
    ],
)
def test_what_stands_against_a_central_school(
    county: Registry, change: dict[str, Any], refusal: type[Refused]
) -> None:
    county.do(close(POINT, CENTRAL, on=TOMORROW))
    with pytest.raises(refusal):
        county.do(replace(NAMED, **change))
    assert central_schools(county) == {"青石镇": None, "白沙镇": None}


def test_a_district_has_its_inspector_and_schools_and_a_school_in_none_shows(county: Registry) -> None:
    county.do(DISTRICT)
    county.do(replace(DISTRICT, name=SECOND, inspector="方督学"))
    put_into(county, FIRST, CENTRAL, POINT)
    put_into(county, SECOND, AWAY)
    put_into(county, "第三督学责任区", MIDDLE)
    assert districts(county) == ({FIRST: {CENTRAL, POINT}, SECOND: {AWAY}}, {MIDDLE, OTHER})
    clerk = Caller("u2", "township_clerk", Scope(OTHER_TOWN))
    assert districts(county, clerk) == ({SECOND: {AWAY}}, set())
    assert districts(county, Caller("u3", "school_admin", Scope(school=CENTRAL))) == ({FIRST: {CENTRAL}}, set())
    assert districts(county, NEIGHBOUR) == ({}, set())


def test_another_inspector_follows_and_the_same_one_again_changes_nothing(county: Registry) -> None:
    county.do(DISTRICT)
    assert not county.do(replace(DISTRICT, set_on=YESTERDAY), id="again").events
    with pytest.raises(DateBefore):
        county.do(replace(DISTRICT, inspector="方督学", set_on=YESTERDAY))
    county.do(replace(DISTRICT, inspector="方督学"))
    (district,) = inspection_districts(county.store, COUNTY, TODAY)["items"]
    assert district["inspector"] == "方督学"


def test_a_district_is_dissolved_when_no_school_in_operation_is_in_it(county: Registry) -> None:
    county.do(DISTRICT)
    put_into(county, FIRST, POINT)
    with pytest.raises(DistrictHasSchools):
        county.do(DISSOLVED)
    county.do(close(POINT, CENTRAL, on=TOMORROW))
    with pytest.raises(DistrictHasSchools):
        county.do(DISSOLVED, id="the closing lies ahead")
    county.wait_until(TOMORROW)
    county.do(DISSOLVED, id="nobody is left")
    assert districts(county)[0] == {}
    with pytest.raises(DistrictUnknown):
        county.do(DISSOLVED, id="once more")
    county.do(replace(DISTRICT, set_on=TOMORROW), id="set up again")
    assert districts(county, on=TOMORROW)[0] == {FIRST: set()}


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(DISTRICT, county_code=TOWN), NotACounty),
        (replace(DISTRICT, set_on=TOMORROW), DateInFuture),
        (DISSOLVED, DistrictUnknown),
    ],
)
def test_what_stands_against_a_district(county: Registry, command: Any, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        county.do(command)


def test_nobody_names_a_school_or_an_inspector_of_another_county(county: Registry) -> None:
    for command in (NAMED, DISTRICT, DISSOLVED):
        with pytest.raises(NotFound):
            county.do(command, caller=NEIGHBOUR)


def test_both_are_told_and_read_over_http_by_the_county_alone(county: Registry, sign_in: SignIn) -> None:
    officer, clerk = sign_in("bureau_officer", division="349921"), sign_in("township_clerk", division=TOWN)
    facts = {
        f"/townships/{TOWN}/central-schools": {"school_code": CENTRAL, "named_on": "2026-11-20"},
        "/inspection-districts/349921/settings": {"name": FIRST, "inspector": "田督学", "set_on": "2026-11-20"},
    }
    for path, body in facts.items():
        assert clerk.post(path, body).status_code == 403
        assert officer.post(path, body).status_code == 201
    (town,) = clerk.get("/townships").json["items"]
    assert (town["central_school"], town["villages"]) == ({"school_code": CENTRAL, "name": "青石镇中心小学"}, 1)
    assert officer.get("/inspection-districts").json["items"][0]["inspector"] == "田督学"
    (listed,) = clerk.get("/ledgers/central-schools").json["rows"]
    assert (listed["cells"]["division.name"], listed["cells"]["central.status"]) == ("青石镇", "OPEN")
    assert len(officer.get("/ledgers/inspection-districts").json["rows"]) == 1
    gone = {"name": FIRST, "dissolved_on": "2026-11-20"}
    assert officer.post("/inspection-districts/349921/dissolutions", gone).status_code == 201
    assert officer.get("/inspection-districts").json["items"] == []
