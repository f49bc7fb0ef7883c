"""Who counts where: each child once in each list, and every list of the same base with the same children."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.registry.children.bases import (
    EXPECTED,
    HERE,
    ON_THE_BOOKS,
    PUPILS,
    STANDING_LABELS,
    STILL_TO_LEARN,
    Standing,
    standing_of,
)
from services.registry.children.ids import ChildId
from services.registry.children.statuses import WITH_A_FILE, Attendance, Registration
from services.registry.class_days.owing import Asked as AskedDays
from services.registry.class_days.owing import owed_classes
from services.registry.class_days.reading import pupils_expected
from services.registry.households.categories import HouseholdCategory
from services.registry.households.decisions import SetHouseholdCategory
from services.registry.leaving.decisions import RecordDeath
from services.registry.ledgers.children import EMPTY
from services.registry.rates.rates import Rate, Year, formulas, part_of
from services.registry.rosters.decisions import CountClass
from services.registry.schools.census import school_census
from services.registry.schools.headcounts import PARTS, headcounts
from services.registry.schools.schools import RegisterSchool
from shared.calendar import shipped_calendar
from shared.calendar.terms import SchoolYear
from shared.kernel.ledgers import Row
from tests.drawing import the_same_every_time
from tests.registry.conftest import COUNTY, Registry
from tests.registry.facts import CHILD, OTHER_SCHOOL, SCHOOL, enrol, register
from tests.registry.given_headcounts import nobody
from tests.registry.papers import papers_for
from tests.registry.respites.given import approve, ask

DEAD_OR_GONE = {Attendance.DECEASED, Attendance.MISSING_DECLARED, Attendance.ABROAD, Attendance.MERGED}
MONDAY = date(2026, 11, 23)
YEAR = Year(school_year=SchoolYear(2026), at_start=frozenset())
SCHOOLS = (SCHOOL, OTHER_SCHOOL)


def child_row(
    number: int, status: Attendance, registration: Registration, hand_over: str, school: str, division: str
) -> Row:
    """A child's row, of whatever standing; one without a school has no class either."""
    place = {"grade": 6, "class_no": 1 + number % 2} if school else {}
    row = EMPTY | {"_id": f"c{number}", "name": f"田小{number}", "school": school, "division": division}
    row |= place | {"status": status.value, "registration": registration.value, "birth_date": "2014-09-03"}
    row |= {"hand_over": hand_over, "enrolled_on": "2026-09-01", "boarder": False, "groups": ["LEFT_BEHIND"]}
    return row | {"standing": standing_of(row).value, "category": "MONITORED"}


CHILDREN = st.tuples(
    st.sampled_from(list(Attendance)),
    st.sampled_from(list(Registration)),
    st.sampled_from(["", "AWAITED", "MISSED", "ARRIVED"]),
    st.sampled_from(["", *SCHOOLS]),
    st.sampled_from(["349921101201", "349921102203", "350100101201"]),
)


@pytest.fixture
def county(nol: Registry) -> Registry:
    for code, division in ((SCHOOL, "349921101"), (OTHER_SCHOOL, "349921102")):
        nol.do(RegisterSchool(school_code=code, name=f"学校{code}", kind="NINE_YEAR", division=division))
    return nol


def populated(nol: Registry, drawn: Sequence[tuple[Any, ...]]) -> list[Row]:
    rows = [child_row(number, *each) for number, each in enumerate(drawn)]
    children = nol.store.ledger_collection("children")
    children.delete_many({})
    if rows:
        children.insert_many([dict(row) for row in rows])
    return rows


def on(nol: Registry, view: str) -> set[str]:
    (where,) = (each.where for each in nol.store.service.views if each.name == view)
    return {row["_id"] for row in nol.store.ledger_collection("children").find(dict(where))}


def test_each_child_has_one_standing_and_each_standing_a_name() -> None:
    assert STANDING_LABELS.keys() == set(Standing)
    assert EXPECTED < PUPILS < ON_THE_BOOKS < STILL_TO_LEARN < HERE
    for status in Attendance:
        for registration in Registration:
            standing_of({"status": status.value, "registration": registration.value})
    assert PARTS.keys() == {standing.value.lower() for standing in ON_THE_BOOKS}


@the_same_every_time(40)
@for_all(drawn=st.lists(CHILDREN, max_size=40))
def test_the_parts_add_up_to_the_whole_and_lists_of_one_base_hold_the_same_children(
    county: Registry, drawn: list[tuple[Any, ...]]
) -> None:
    """Given any population; then headcounts, census, rosters, class bases, owed days and rates tell of the same."""
    rows = populated(county, drawn)
    at_school = [row for row in rows if row["school"]]

    def of(base: frozenset[Standing]) -> set[str]:
        return {row["_id"] for row in at_school if Standing(row["standing"]) in base}

    for by_class in (False, True):
        counts = headcounts(county.store, COUNTY, nobody, by_class=by_class)
        assert all(sum(each[part] for part in PARTS) == each["registered"] for each in counts)
        total: Counter[str] = Counter()
        for each in counts:
            total.update({name: each[name] for name in ("registered", "pupils", "expected", "on_file")})
        on_file = {row["_id"] for row in at_school if row["registration"] in WITH_A_FILE} & of(ON_THE_BOOKS)
        assert total["registered"] == len(of(ON_THE_BOOKS))
        assert (total["pupils"], total["expected"], total["on_file"]) == (
            len(of(PUPILS)),
            len(of(EXPECTED)),
            len(on_file),
        )
    census = school_census(county.store, COUNTY, nobody, MONDAY)
    assert census["pupils"] == sum(each["pupils"] for each in census["items"]) == len(of(PUPILS))
    assert on(county, "class-rosters") == on(county, "at-risk-children") == of(PUPILS)
    classes = [(SCHOOL, 6, 1), (SCHOOL, 6, 2), (OTHER_SCHOOL, 6, 1), (OTHER_SCHOOL, 6, 2)]
    expected = pupils_expected(county.store, [(each, MONDAY) for each in classes])
    assert sum(expected.values()) == len(of(EXPECTED))
    asked = AskedDays(first=MONDAY, last=MONDAY)
    owing = owed_classes(county.store, COUNTY, shipped_calendar(), asked)
    assert sum(each.pupils for each in owing) == len(of(EXPECTED))
    dead_or_gone = {row["_id"] for row in rows if row["standing"] == Standing.GONE}
    assert dead_or_gone.isdisjoint(on(county, "poor-children") | on(county, "school-age-children"))
    assert {row["_id"] for row in rows if part_of(Rate.ENROLMENT, row, YEAR)} == {
        row["_id"] for row in rows
    } - dead_or_gone
    learning = {row["_id"] for row in rows if (part := part_of(Rate.ENROLMENT, row, YEAR)) and part.in_numerator}
    assert of(PUPILS) - of(frozenset({Standing.SUSPENDED})) <= learning
    assert formulas().counts.dropped_out <= ON_THE_BOOKS


def count(actual: int) -> CountClass:
    return CountClass(
        school_code=SCHOOL, term="2026-autumn", grade=6, class_no=2, actual=actual, counted_on=date(2026, 11, 20)
    )


@pytest.fixture
def suspended(county: Registry) -> Registry:
    """Lin Xiaoyu, suspended, and one classmate."""
    county.do(register())
    county.do(enrol())
    other = ChildId("c2")
    county.do(replace(register(), child_id=other, name="田小二"))
    county.do(replace(enrol(), child_id=other))
    today = county.today
    county.do(replace(ask(), from_on=today, applied_on=today))
    county.do(approve(today), caller=replace(COUNTY, subject="u2"))
    return county


@pytest.mark.rule("10-11")
def test_who_is_known_to_be_suspended_need_not_be_explained_at_a_headcount(suspended: Registry) -> None:
    suspended.do(count(1))
    row = suspended.store.ledger_collection("class-counts").find_one({"school": SCHOOL})
    assert row is not None
    assert (row["registered"], row["actual"], row["suspended"], row["missing"]) == (2, 1, 1, 0)
    assert (row["status"], row["explanations"]) == ("EQUAL", ["休学"])


def test_a_dead_child_is_not_among_the_poor(county: Registry) -> None:
    county.do(register())
    county.do(
        SetHouseholdCategory(
            child_id=CHILD,
            category=HouseholdCategory.MONITORED,
            effective_from=date(2026, 9, 1),
            household_no="H1",
        )
    )
    assert on(county, "poor-children") == {CHILD}
    county.do(RecordDeath(child_id=CHILD, died_on=county.today, papers=papers_for("DEATH")))
    assert on(county, "poor-children") == set()


HUNG_OUT = ("class-rosters", "helped-children", "daily-headcounts", "class-headcounts", "school-headcounts")
"""What a class or a school puts on its wall."""
SAY_WHY = ("category", "group", "membership", "difficult", "placement", "status", "standing", "registration", "reason")


@pytest.mark.parametrize("name", HUNG_OUT)
def test_a_list_that_is_hung_out_tells_of_no_child_why(nol: Registry, name: str) -> None:
    """Neither hardship nor group, and no status that gives one away (送教上门, 休学)."""
    (view,) = (each for each in nol.store.service.views if each.name == name)
    fields = {column.field for column in view.columns}
    assert "name" not in fields or not [field for field in fields for word in SAY_WHY if word in field]
    assert not [field for field in fields for word in SAY_WHY[:5] if word in field]


def test_no_view_of_children_of_today_shows_a_dead_one(county: Registry) -> None:
    """Given children of every status; then two registers alone name those who are gone: leavers and whereabouts."""
    populated(county, [(status, Registration.ACTIVE, "", SCHOOL, "349921101201") for status in Attendance])
    gone = {f"c{number}" for number, status in enumerate(Attendance) if status in DEAD_OR_GONE}
    shown = {
        view.name
        for view in county.store.service.views
        if view.of == "children" and not view.elements and on(county, view.name) & gone
    }
    assert shown == {"leavers", "whereabouts"}
    assert f"c{list(Attendance).index(Attendance.DECEASED)}" not in on(county, "whereabouts")
