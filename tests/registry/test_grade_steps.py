"""A grade that does not follow from the one on file is taken, and told: in a list's row and in a request's answer."""

from datetime import date
from typing import Any

import pytest

from services.registry.children.grade_steps import grade_doubt
from services.registry.children.refusals import at_another_school
from tests.registry.conftest import Registry
from tests.registry.imports.test_importing import LI, ROSTER, school, sheet
from tests.registry.test_api import OTHER, PUPIL, SCHOOL, SignIn, child_id, code, officer
from tests.shared.http.client import Client

__all__ = ["child_id", "officer", "school"]  # fixtures, used by name
LAST_AUTUMN, AUTUMN, TODAY = date(2025, 9, 1), date(2026, 9, 1), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("before", "after", "since", "told"),
    [
        (4, 4, AUTUMN, None),
        (1, 1, LAST_AUTUMN, None),  # a year repeated
        (4, 5, LAST_AUTUMN, None),
        (4, 5, AUTUMN, None),
        (4, 2, AUTUMN, "grade-went-down"),
        (4, 3, LAST_AUTUMN, "grade-went-down"),
        (4, 6, AUTUMN, "grade-jumped"),
        (4, 6, LAST_AUTUMN, "grade-jumped"),
        (4, 6, date(2024, 9, 1), None),
        (4, 9, date(2024, 9, 1), "grade-jumped"),
    ],
)
def test_a_year_may_be_repeated_and_each_school_year_leads_one_grade_up(
    before: int, after: int, since: date, told: str | None
) -> None:
    doubt = grade_doubt(before, after, since, TODAY)
    assert (doubt.code if doubt else None) == told


@pytest.mark.parametrize(
    ("grade", "entering", "refusal"),
    [
        (6, 7, "primary-not-handed-over"),
        (5, 7, "primary-not-handed-over"),
        (6, 6, "enrolled-elsewhere"),
        (7, 8, "enrolled-elsewhere"),
        (7, 6, "enrolled-elsewhere"),
    ],
)
def test_who_comes_from_primary_school_needs_no_transfer(grade: int, entering: int, refusal: str) -> None:
    assert at_another_school("青石镇中心小学", grade, entering).code == refusal


@pytest.mark.parametrize(("grade", "warned"), [("五年级", 0), ("六年级", 0), ("四年级", 1), ("二年级", 1)])
def test_a_roster_row_of_an_odd_grade_is_taken_with_a_warning(school: Registry, grade: str, warned: int) -> None:
    row: list[Any] = ["李大河", "男", LI, grade, "3班", "H2", "是"]
    report = school.load("rosters", sheet("青石镇中心小学花名册", ROSTER, row))
    assert (report.counts["changed"], report.refused) == (1, [])
    usual = 0 if grade in ("五年级", "六年级", "四年级") else 1  # the age is told for the second grade, too
    assert report.counts["warned"] == max(warned, usual)


def test_a_requests_answer_tells_what_should_be_looked_at_again(officer: Client, child_id: str) -> None:
    place = PUPIL["enrolment"]
    usual = officer.post(f"/children/{child_id}/enrolments", place | {"class_no": 3})
    assert "warnings" not in usual.json
    odd = officer.post(f"/children/{child_id}/enrolments", place | {"grade": 4})
    assert odd.status_code == 201
    (warning,) = odd.json["warnings"]
    assert (warning["code"], warning["field"]) == ("grade-went-down", "grade")
    assert "登记为6年级" in warning["message"]


def test_a_junior_schools_office_is_told_what_the_primary_school_has_to_do(
    officer: Client, child_id: str, sign_in: SignIn
) -> None:
    junior = {"school_code": OTHER, "name": "白沙初级中学", "kind": "JUNIOR_MIDDLE", "division": "349921102"}
    assert officer.post("/schools/registrations", junior).status_code == 201
    seventh = PUPIL | {"enrolment": PUPIL["enrolment"] | {"school_code": OTHER, "grade": 7}}
    answer = sign_in("school_admin", school=OTHER).post("/children/registrations", seventh)
    assert code(answer) == (409, "primary-not-handed-over")
    assert "小学毕业升学名册" in answer.json["detail"]


@pytest.mark.parametrize(
    ("name", "kept", "told"),
    [
        ("林○雨", "林〇雨", ["name-lookalike"]),
        ("林小\ue0f1", "林小\ue0f1", ["name-private-character"]),
        ("O’Neil", "O'Neil", []),
        ("林 小雨", "林小雨", []),
    ],
)
def test_a_request_takes_the_names_of_lists_and_tells_what_is_doubtful(
    officer: Client, name: str, kept: str, told: list[str]
) -> None:
    answer = officer.post("/children/registrations", PUPIL | {"name": name})
    assert answer.status_code == 201, answer.json
    assert [warning["code"] for warning in answer.json.get("warnings", [])] == told
    child = officer.get(answer.json["stream"].replace("child-", "/children/")).json["child"]
    assert child["name"] == kept


def test_a_second_school_of_a_name_is_registered_and_told_the_first_ones_code(officer: Client) -> None:
    second = {"school_code": "2134000009", "name": "青石镇 中心小学", "kind": "PRIMARY", "division": "349921102"}
    answer = officer.post("/schools/registrations", second)
    assert answer.status_code == 201
    (warning,) = answer.json["warnings"]
    assert (warning["code"], warning["field"]) == ("name-taken", "name")
    assert SCHOOL in warning["message"]
