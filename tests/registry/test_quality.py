"""What in a file cannot be, or is hardly so, stands on a list until it is mended or accepted with a reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.registry.corrections.decisions import AdvanceCorrection, RequestCorrection
from services.registry.corrections.steps import Step
from services.registry.guardians.decisions import LinkGuardian
from services.registry.households.categories import HouseholdCategory
from services.registry.households.decisions import SetHouseholdCategory
from services.registry.ledgers.children import CHILDREN_LEDGER, EMPTY
from services.registry.quality.issues import AcceptQualityIssue, NoSuchIssue
from services.registry.quality.rules import CHECKS, quality_rules
from services.registry.schools.schools import RegisterSchool
from shared.kernel.caller import Caller, Scope
from shared.kernel.rebuild import rebuild
from shared.kernel.refusals import NotFound
from tests.registry.conftest import Registry
from tests.registry.facts import CHILD, SCHOOL, enrol, register
from tests.registry.test_api import SignIn

DAY = date(2026, 11, 20)
FINE = EMPTY | {
    "birth_date": "2014-09-03",
    "sex": "F",
    "grade": 6,
    "enrolled_on": "2021-09-01",
    "grade_told_on": "2026-11-20",
    "guardian_name": "林大山",
    "household_no": "H1",
    "id_number": "enc:x",
    "id_birth_date": "2014-09-03",
    "id_sex": "F",
    "student_number_kind": "G",
}


@pytest.mark.rule("3-20")
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"grade": 1}, "AGE_GRADE"),
        ({"grade": 9}, "AGE_GRADE"),
        ({"birth_date": "2026-10-01", "id_birth_date": "2026-10-01"}, "AGE_GRADE"),
        ({"birth_date": "2014-09-04"}, "ID_BIRTH_DATE"),
        ({"sex": "M"}, "ID_SEX"),
        ({"id_number": None, "id_birth_date": None, "id_sex": None}, "G_NUMBER_WITHOUT_ID"),
        ({"died_on": "2026-09-10", "returned_on": "2026-09-11"}, "ACTIVE_AFTER_DEATH"),
        ({"category": "MONITORED", "household_no": ""}, "POOR_WITHOUT_HOUSEHOLD"),
        ({"guardian_name": ""}, "NO_GUARDIAN"),
    ],
)
def test_each_rule_finds_what_it_is_for_and_nothing_else(changed: dict[str, Any], code: str) -> None:
    assert quality_rules().broken_by(FINE) == []
    assert quality_rules().broken_by(FINE | changed) == [code]


def test_every_check_has_its_line_in_the_table() -> None:
    assert CHECKS.keys() == quality_rules().labels.keys()


@pytest.fixture
def school(nol: Registry) -> Registry:
    nol.do(
        RegisterSchool(
            school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101", district="一片区"
        )
    )
    nol.do(replace(register(), guardian_name="林大山"))
    nol.do(enrol())
    return nol


def issues(nol: Registry) -> list[str]:
    found: list[str] = nol.child(CHILD)["issues"]
    return found


def poor(household: str) -> SetHouseholdCategory:
    return SetHouseholdCategory(
        child_id=CHILD, household_no=household, category=HouseholdCategory.MONITORED, effective_from=DAY
    )


@pytest.mark.rule("3-20")
def test_an_issue_stands_from_the_change_that_makes_it_to_the_one_that_mends_it(school: Registry) -> None:
    assert "POOR_WITHOUT_HOUSEHOLD" not in issues(school)
    school.do(poor(""))
    assert "POOR_WITHOUT_HOUSEHOLD" in issues(school)
    assert school.child(CHILD)["issues_since"]["POOR_WITHOUT_HOUSEHOLD"] == DAY.isoformat()
    school.do(poor("H1"))
    assert "POOR_WITHOUT_HOUSEHOLD" not in issues(school)


@pytest.mark.rule("3-20")
def test_an_issue_was_found_on_the_day_that_the_county_recorded_it_not_on_the_day_it_speaks_of(
    school: Registry,
) -> None:
    """Given half past seven in the morning (UTC: the evening before); when March is told; then it is found today."""
    school.clock.advance(timedelta(hours=22, minutes=30))
    assert school.clock.now() == datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    school.do(replace(poor(""), effective_from=date(2026, 3, 1)))
    since = {"G_NUMBER_WITHOUT_ID": "2026-11-20", "POOR_WITHOUT_HOUSEHOLD": "2026-11-21"}
    found = {"issues_since": since, "issues_open_since": "2026-11-20"}  # a child enrolled on 1 September
    assert {name: school.child(CHILD)[name] for name in found} == found
    school.clock.advance(timedelta(days=40))
    rebuild(school.application, CHILDREN_LEDGER, {})
    assert {name: school.child(CHILD)[name] for name in found} == found
    school.do(replace(poor(""), category=HouseholdCategory.LIFTED_OUT))
    assert {name: school.child(CHILD)[name] for name in found} == found


@pytest.mark.rule("3-20")
def test_a_grade_is_held_against_the_year_in_which_it_was_told_not_the_one_of_entry(nol: Registry) -> None:
    """Given a girl who entered at seven in 2021; when this year's roster says sixth grade; then the age fits."""
    nol.do(RegisterSchool(school_code=SCHOOL, name="青石镇中心小学", kind="PRIMARY", division="349921101"))
    nol.do(replace(register(), guardian_name="林大山"))
    nol.do(enrol(grade=6, on=date(2021, 9, 1)))
    assert "AGE_GRADE" not in issues(nol)


def wrong_grade(nol: Registry, grade: int, on: date = DAY) -> None:
    nol.do(enrol(grade=grade, on=on), id=f"grade {grade}")


def accept(rule: str = "AGE_GRADE") -> AcceptQualityIssue:
    return AcceptQualityIssue(child_id=CHILD, rule=rule, reason="七岁半入学，后休学一年", accepted_on=DAY)


def test_an_accepted_issue_is_open_no_longer_and_open_again_when_it_comes_back(school: Registry) -> None:
    wrong_grade(school, 1)
    assert "AGE_GRADE" in issues(school)
    school.do(accept())
    assert "AGE_GRADE" not in issues(school)
    wrong_grade(school, 6)
    wrong_grade(school, 2)
    assert "AGE_GRADE" in issues(school)


def test_what_is_no_issue_cannot_be_accepted(school: Registry) -> None:
    with pytest.raises(NoSuchIssue):
        school.do(accept("ID_SEX"))
    stranger = Caller("u2", "school_admin", Scope(school="2134000099"))
    with pytest.raises(NotFound):
        school.do(accept(), caller=stranger)


@pytest.mark.rule("3-20")
def test_a_birth_date_corrected_against_the_id_number_is_found(nol: Registry) -> None:
    """Given a child whose number says 2014-09-03; when another birth date is confirmed; then it is on the list."""
    child = replace(register(), id_number=nol.personal.seal(CHILD, "id_number", "349921201409031020"), id_index="x")
    nol.do(child)
    link = LinkGuardian(child_id=CHILD, guardian_id="g1", name="林大山", relation="51", linked_on=DAY)
    nol.do(link)
    assert issues(nol) == []
    asked = RequestCorrection(
        child_id=CHILD, correction_id="k1", field="birth_date", new_value="2014-09-13", basis="自述", requested_on=DAY
    )
    nol.do(asked)
    for step, actor in zip(list(Step)[1:5], ("a", "b", "b", "c"), strict=True):
        advanced = AdvanceCorrection(child_id=CHILD, correction_id="k1", step=step, advanced_on=DAY, reference="GJ-1")
        nol.do(advanced, caller=Caller(actor, "township_clerk", Scope("349921101")))
    assert issues(nol) == ["ID_BIRTH_DATE"]


@pytest.mark.rule("3-20")
def test_each_issue_lies_with_the_school_or_the_village_that_looks_into_it(school: Registry, sign_in: SignIn) -> None:
    """Given what the school must mend and, a day later, what the village must; then each has its own list."""
    school.clock.advance(timedelta(days=1))
    school.do(poor(""))
    officer = sign_in("bureau_officer", division="349921")
    told = {}
    for name in ("data-quality-issues", "school-quality-issues", "village-quality-issues"):
        [row] = officer.get(f"/ledgers/{name}").json["rows"]
        told[name] = row["cells"]
    assert told["data-quality-issues"]["issues_owners"] == ["SCHOOL", "VILLAGE"]
    assert told["school-quality-issues"]["issues"] == ["G_NUMBER_WITHOUT_ID"]
    assert told["school-quality-issues"]["school_issues_since"] == "2026-11-20"
    assert told["village-quality-issues"]["issues"] == ["POOR_WITHOUT_HOUSEHOLD"]
    assert told["village-quality-issues"]["village_issues_since"] == "2026-11-21"
    school.do(poor("H1"))
    assert officer.get("/ledgers/village-quality-issues").json["rows"] == []
    assert school.child(CHILD)["issues_owners"] == ["SCHOOL"]
    assert officer.get("/ledgers/village-quality-issues?status=AGE_GRADE").status_code == 422
