"""Enrolment, dropout and consolidation: n/N on two bases, as of a day, with the children behind each figure."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from services.registry.children.bases import HERE, Standing
from services.registry.children.files import EnrolChild, RegisterChild
from services.registry.children.ids import ChildId, SchoolCode
from services.registry.children.statuses import StudentNumberKind
from services.registry.divisions.divisions import RegisterDivision
from services.registry.leaving.decisions import RecordDeath
from services.registry.ledgers.children import EMPTY
from services.registry.rates.asked import Asked, Basis, Grouping
from services.registry.rates.rates import Part, Rate, Tally, Year, formulas, part_of
from services.registry.rates.reading import RateReader
from services.registry.rosters.decisions import TakeRosterSnapshot
from services.registry.schools.schools import RegisterSchool
from shared.calendar import read_terms
from shared.calendar.terms import SchoolYear
from shared.identifiers.division import DivisionCode
from shared.kernel.caller import Caller, Scope
from tests.registry.conftest import COUNTY, Registry
from tests.registry.facts import OTHER_SCHOOL, SCHOOL
from tests.registry.papers import papers_for
from tests.registry.test_api import SignIn

YEAR = Year(school_year=SchoolYear(2026), at_start=frozenset({"c1", "c2"}))
TODAY = date(2026, 11, 20)


def row(**changed: object) -> dict[str, object]:
    known = {"_id": "c1", "birth_date": "2014-09-03", "status": "IN_SCHOOL", "registration": "ACTIVE"}
    return EMPTY | known | {"division": "349921101201", "school": SCHOOL} | changed


@pytest.mark.parametrize(
    ("rate", "child", "part"),
    [
        (Rate.ENROLMENT, row(), Part(True, False)),
        (Rate.ENROLMENT, row(birth_date="2020-08-31"), Part(True, False)),
        (Rate.ENROLMENT, row(birth_date="2020-09-01"), None),
        (Rate.ENROLMENT, row(birth_date="2010-08-31"), None),
        (Rate.ENROLMENT, row(status="NEVER_ENROLLED", registration="NONE"), Part(False, False)),
        (Rate.ENROLMENT, row(status="ON_APPROVED_LEAVE", registration="SUSPENDED"), Part(False, True)),
        (Rate.ENROLMENT, row(status="ON_APPROVED_LEAVE"), Part(True, False)),
        (Rate.ENROLMENT, row(status="DEFERRED", registration="NONE"), Part(False, True)),
        (Rate.ENROLMENT, row(status="DECEASED", registration="CANCELLED"), None),
        (Rate.DROPOUT, row(status="DROPPED_OUT", registration="RETAINED_DROPOUT"), Part(True, False)),
        (Rate.DROPOUT, row(status="SUSPECTED_DROPOUT"), Part(False, False)),
        (Rate.DROPOUT, row(_id="c9", status="DROPPED_OUT"), None),
        (Rate.CONSOLIDATION, row(status="ON_APPROVED_LEAVE", registration="SUSPENDED"), Part(True, True)),
        (Rate.CONSOLIDATION, row(status="ELSEWHERE_CONFIRMED"), None),
        (Rate.CONSOLIDATION, row(status="UNTRACEABLE"), Part(False, False)),
        (Rate.CONSOLIDATION, row(_id="c9", transferred_in_on="2026-10-08"), Part(True, False)),
        (Rate.CONSOLIDATION, row(_id="c9", transferred_in_on="2026-08-31"), None),
    ],
)
def test_each_child_stands_where_the_formula_puts_it(rate: Rate, child: dict[str, object], part: Part | None) -> None:
    assert part_of(rate, child, YEAR) == part


def test_the_formulas_name_every_standing_that_there_is() -> None:
    counts = formulas().counts
    named = counts.learning | counts.dropped_out | counts.unable | {Standing.NEVER_ENROLLED, Standing.NOT_DUE}
    assert named == HERE
    assert counts.moved_on <= HERE


@pytest.fixture
def county(nol: Registry) -> Registry:
    """Two schools in two townships; a child of the first township goes to school in the second; one goes nowhere."""
    for code, division in ((SCHOOL, "349921101"), (OTHER_SCHOOL, "349921102")):
        name = "青石镇中心小学" if code == SCHOOL else "白沙初级中学"
        nol.do(RegisterSchool(school_code=code, name=name, kind="PRIMARY", division=division, district="一片区"))
    places: list[tuple[str, str, SchoolCode | None]] = [
        ("c1", "349921101201", SCHOOL),
        ("c2", "349921101201", OTHER_SCHOOL),
        ("c3", "349921102201", OTHER_SCHOOL),
        ("c4", "349921101202", None),
    ]
    for child, division, school in places:
        nol.do(
            RegisterChild(
                child_id=ChildId(child), name=f"田{child}", sex="F", birth_date=date(2014, 9, 3), division=division
            )
        )
        if school:
            nol.do(
                EnrolChild(
                    child_id=ChildId(child),
                    school_code=school,
                    grade=6,
                    class_no=1,
                    enrolled_on=date(2026, 9, 1),
                    student_number_kind=StudentNumberKind.FORMAL,
                )
            )
    return nol


def groups(nol: Registry, asked: Asked, caller: Caller = COUNTY) -> dict[str, tuple[int, int]]:
    found = reader_for(nol, caller).figures(asked).groups
    return {group: (tally.part, tally.whole) for group, tally in found.items()}


def reader_for(nol: Registry, caller: Caller = COUNTY) -> RateReader:
    return RateReader(nol.store, caller, read_terms(), nol.store.ledger_collection)


def township_clerk(township: str) -> Caller:
    return Caller("clerk", "township_clerk", Scope(township))


def enrolment(basis: Basis, by: Grouping, division: str = "") -> Asked:
    return Asked(rate=Rate.ENROLMENT, basis=basis, day=TODAY, by=by, division=division)


def test_the_two_bases_count_the_same_children_in_other_places(county: Registry) -> None:
    by_household = groups(county, enrolment(Basis.HOUSEHOLD, Grouping.TOWNSHIP))
    assert by_household == {"349921101": (2, 3), "349921102": (1, 1)}
    by_school = groups(county, enrolment(Basis.REGISTRATION, Grouping.TOWNSHIP))
    assert by_school == {"349921101": (1, 1), "349921102": (2, 2)}


def test_groups_are_schools_districts_and_the_county_too(county: Registry) -> None:
    assert groups(county, enrolment(Basis.HOUSEHOLD, Grouping.COUNTY)) == {"349921": (3, 4)}
    assert groups(county, enrolment(Basis.REGISTRATION, Grouping.DISTRICT)) == {"一片区": (3, 3)}
    assert groups(county, enrolment(Basis.REGISTRATION, Grouping.SCHOOL)) == {SCHOOL: (1, 1), OTHER_SCHOOL: (2, 2)}
    assert groups(county, enrolment(Basis.HOUSEHOLD, Grouping.COUNTY, "349921102")) == {"349921": (1, 1)}


def test_groups_are_told_by_name(county: Registry) -> None:
    county.do(RegisterDivision(division_code=DivisionCode("349921101"), name="青石镇", valid_from=date(2020, 1, 1)))
    reader = RateReader(county.store, COUNTY, read_terms(), county.store.ledger_collection)
    townships = reader.figures(enrolment(Basis.HOUSEHOLD, Grouping.TOWNSHIP)).names
    districts = reader.figures(enrolment(Basis.REGISTRATION, Grouping.DISTRICT)).names
    assert (townships["349921101"], districts["一片区"]) == ("青石镇", "一片区")


def test_a_township_sees_its_own_children_only(county: Registry) -> None:
    clerk = township_clerk("349921102")
    assert groups(county, enrolment(Basis.HOUSEHOLD, Grouping.COUNTY), clerk) == {"349921": (1, 1)}


TOWNSHIPS = ("349921101", "349921102")


@pytest.mark.parametrize("rate", [Rate.ENROLMENT, Rate.DROPOUT, Rate.CONSOLIDATION, Rate.NET_FLOW])
def test_a_township_counts_the_pupils_of_its_schools_as_the_county_does(county: Registry, rate: Rate) -> None:
    """Given a child of one township at a school of the other; then by 学籍 it counts where the school is."""
    for school in (SCHOOL, OTHER_SCHOOL):
        county.do(TakeRosterSnapshot(school_code=school, term="2026-autumn"))
    asked = Asked(rate=rate, basis=Basis.REGISTRATION, day=TODAY, by=Grouping.TOWNSHIP)
    by_county = groups(county, asked)
    assert [whole for _, whole in by_county.values()] == [1, 2]
    for township in TOWNSHIPS:
        assert groups(county, asked, township_clerk(township)) == {township: by_county[township]}


def test_a_list_has_as_many_lines_as_its_figure_says_and_names_nobody_from_outside(
    county: Registry, sign_in: SignIn
) -> None:
    clerk = sign_in("township_clerk", division="349921102")
    query = "rate=ENROLMENT&basis=REGISTRATION"
    told = clerk.get(f"/rates?{query}").json
    assert told is not None
    assert [each["share"] for each in told["groups"]] == ["2/2（100.00%）"]
    for part in ("numerator", "denominator"):
        book = load_workbook(BytesIO(clerk.get(f"/rates/list.xlsx?{query}&part={part}").data))
        lines = list(book.worksheets[0].iter_rows(min_row=3, values_only=True))
        assert [line[0] for line in lines] == ["外乡镇户籍", "田c3"]
        withheld = [cell for cell in lines[0][1:] if cell is not None]
        assert withheld == ["白沙初级中学", 6, 1, "正常", "在校"]


def test_the_movements_behind_a_net_flow_name_nobody_from_outside(county: Registry) -> None:
    """Given that the child of the first township dies as a pupil of the second; then the second has a loss."""
    for school in (SCHOOL, OTHER_SCHOOL):
        county.do(TakeRosterSnapshot(school_code=school, term="2026-autumn"))
    county.do(RecordDeath(child_id=ChildId("c2"), died_on=TODAY, papers=papers_for("DEATH")))
    asked = Asked(rate=Rate.NET_FLOW, basis=Basis.REGISTRATION, day=TODAY)
    seen = {
        township: [
            (line["name"], line["lost"], line.get("paper"), line.get("id_number"))
            for line in reader_for(county, township_clerk(township)).members(asked, numerator=True)
        ]
        for township in TOWNSHIPS
    }
    assert seen == {"349921101": [], "349921102": [("外乡镇户籍", 1, None, None)]}


def test_a_rate_of_the_year_needs_the_frozen_roster_of_its_beginning(county: Registry) -> None:
    """Given one school without a frozen roster; then nobody of it counts, and the school is named."""
    county.do(TakeRosterSnapshot(school_code=SCHOOL, term="2026-autumn"))
    asked = Asked(rate=Rate.DROPOUT, basis=Basis.REGISTRATION, day=TODAY)
    found = RateReader(county.store, COUNTY, read_terms(), county.store.ledger_collection).figures(asked)
    assert dict(found.groups) == {"349921": Tally(part=0, whole=1, part_able=0, whole_able=1)}
    assert found.without_start == [OTHER_SCHOOL]
    before = Asked(rate=Rate.DROPOUT, basis=Basis.REGISTRATION, day=TODAY - timedelta(days=1))
    assert groups(county, before) == {}


def test_the_api_tells_n_of_n_and_hands_out_the_lists(county: Registry, sign_in: SignIn) -> None:
    officer = sign_in("county_admin", division="349921")
    query = "rate=ENROLMENT&basis=HOUSEHOLD"
    told = officer.get(f"/rates?{query}").json
    assert told is not None
    assert [(each["group"], each["share"]) for each in told["groups"]] == [("349921", "3/4（75.00%）")]
    for part, names in (("numerator", {"田c1", "田c2", "田c3"}), ("denominator", {"田c1", "田c2", "田c3", "田c4"})):
        book = load_workbook(BytesIO(officer.get(f"/rates/list.xlsx?{query}&part={part}").data))
        assert {line[0] for line in book.worksheets[0].iter_rows(min_row=3, values_only=True)} == names


def test_a_past_day_is_told_as_it_was(county: Registry, sign_in: SignIn) -> None:
    county.clock.advance(timedelta(days=3))
    late = ChildId("c5")
    county.do(
        RegisterChild(child_id=late, name="田小五", sex="F", birth_date=date(2014, 9, 3), division="349921101201")
    )
    officer = sign_in("county_admin", division="349921")
    told = [officer.get(f"/rates?rate=ENROLMENT&basis=HOUSEHOLD{day}").json for day in ("&as_of=2026-11-20", "")]
    assert [each["groups"][0]["share"] for each in told if each] == ["3/4（75.00%）", "3/5（60.00%）"]
