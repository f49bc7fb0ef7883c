"""What the generator plants is what a reader of the files finds: no more, no less, and where it says."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from services.cli.sample_county import Planted, generate
from services.cli.sample_county.command import sample_county
from services.cli.sample_county.county import build_county
from services.cli.sample_county.promotions import NOT_HANDED_OVER
from services.cli.sample_county.twice import MISTAKES
from services.registry.imports import lists
from services.registry.reconciliation.reasons import reasons
from services.registry.schools.directory import ListedSchool, SchoolDirectory
from services.registry.snapshots.kinds import ListKind
from services.registry.snapshots.shapes import SPECS
from shared.calendar.files import parse_calendar_file
from shared.workbooks.reading import Workbook, open_workbook
from shared.workbooks.rows import BadRow, GoodRow, PassedOver, Row, read_tables

SCHOOLS, STUDENTS, SEED = 7, 420, 3
TODAY = date(2026, 11, 20)
SUSPECTED_AFTER_DAYS = 7

Found = dict[str, list[Row]]
"""By file, the rows as read."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    folder = tmp_path_factory.mktemp("county")
    return folder, generate(folder, SCHOOLS, STUDENTS, SEED, TODAY)


@pytest.fixture(scope="module")
def found(county: tuple[Path, Planted]) -> dict[str, Found]:
    """By kind of table and file, everything that the county's files say."""
    folder, planted = county
    schools = list(lists.read_schools(open_workbook(folder / "学校名单.xlsx")))
    directory = SchoolDirectory.of(
        ListedSchool(row.values["school_code"], row.values["name"]) for row in schools if isinstance(row, GoodRow)
    )
    readers: dict[str, Callable[[Workbook], Iterator[Row]]] = {
        "divisions": lists.read_divisions,
        "schools": lists.read_schools,
        "rosters": lambda book: lists.read_rosters(book, TODAY, directory),
        "households": lambda book: lists.read_households(book, TODAY),
        "attendance": lambda book: lists.read_attendance(book, TODAY),
        "accounts": lists.read_accounts,
        "headcounts": lambda book: lists.read_headcounts(book, TODAY),
        "groups": lambda book: lists.read_groups(book, TODAY),
        "guardians": lambda book: lists.read_guardians(book, TODAY),
        **{kind.value: partial(read_outside, kind) for kind in ListKind},
    }
    rows: dict[str, Found] = {kind: {} for kind in readers}
    for file in planted.files:
        rows[file.kind][file.file] = list(readers[file.kind](open_workbook(folder / file.file)))
    return rows


def read_outside(kind: ListKind, book: Workbook) -> Iterator[Row]:
    """The rows of a list from outside."""
    for table in read_tables(book, SPECS[kind].shape(TODAY)).tables:
        yield from table.rows()


def values_of(found: Found) -> list[dict[str, Any]]:
    return [row.values for rows in found.values() for row in rows if isinstance(row, GoodRow)]


def test_every_file_that_was_written_is_noted(county: tuple[Path, Planted]) -> None:
    folder, planted = county
    written = {str(path.relative_to(folder)) for path in folder.rglob("*.xlsx")}
    assert written == {file.file for file in planted.files}


def test_each_file_reads_as_many_good_refused_and_passed_over_rows_as_were_planted(
    county: tuple[Path, Planted], found: dict[str, Found]
) -> None:
    for file in county[1].files:
        rows = found[file.kind][file.file]
        refused = Counter(row.problems[0].code for row in rows if isinstance(row, BadRow))
        passed_over = Counter(row.why for row in rows if isinstance(row, PassedOver))
        good = sum(isinstance(row, GoodRow) for row in rows)
        assert (file.file, good, refused, passed_over) == (
            file.file,
            file.good,
            file.refused,
            file.passed_over,
        )


def test_each_planted_mistake_is_found_in_its_row_and_no_other_row_is_refused(
    county: tuple[Path, Planted], found: dict[str, Found]
) -> None:
    planted = {(fault.file, fault.sheet, fault.row): fault.refused for fault in county[1].faults}
    refused = {
        (file, row.sheet, row.row_number): {problem.code for problem in row.problems if problem.blocking}
        for kind in found.values()
        for file, rows in kind.items()
        for row in rows
        if isinstance(row, BadRow)
    }
    assert refused == {place: {code} for place, code in planted.items() if code is not None}


def test_every_kind_of_mistake_is_planted(county: tuple[Path, Planted]) -> None:
    assert {fault.kind for fault in county[1].faults} == {
        "short_division_code",
        "repeated_school",
        "short_school_code",
        "wrong_check_digit",
        "impossible_date",
        "sex_against_identity_number",
        "identity_number_as_number",
        "missing_name",
        "missing_class",
        "repeated_in_roster",
        "on_two_rosters",
        "unknown_school",
        "poor_child_on_no_roster",
        "attendance_unknown_pupil",
        "attendance_impossible_date",
        "attendance_unknown_kind",
        "account_as_number",
        "number_with_error",
        "number_never_reckoned",
        "slipped_account",
        "slipped_category",
        "unknown_ethnic_group",
        "broken_reference",
        "month_of_entry",
        "name_with_circle",
        "name_with_apostrophe",
        "name_with_square_dot",
        "name_with_wide_dot",
        "name_with_radical",
        "name_of_two_schools",
        "school_by_name_alone",
        "promoted_unannounced",
        "grade_falls",
    }


def test_each_pupil_is_on_one_roster_except_those_planted_on_two(
    county: tuple[Path, Planted], found: dict[str, Found]
) -> None:
    schools: dict[str, set[str]] = {}
    for values in values_of(found["rosters"]):
        schools.setdefault(str(lists.pupil_key(values)), set()).add(values["school_code"])
    planted = [fault for fault in county[1].faults if fault.finding in ("on_two_rosters", NOT_HANDED_OVER)]
    assert {fault.finding for fault in planted} == {"on_two_rosters", NOT_HANDED_OVER}
    assert {key for key, at in schools.items() if len(at) > 1} == {fault.key for fault in planted}


def test_the_rosters_hold_all_pupils_but_those_whose_row_is_refused(
    county: tuple[Path, Planted], found: dict[str, Found]
) -> None:
    registered = {lists.pupil_key(values) for values in values_of(found["rosters"])}
    still_registered = {"row-repeated", "row-school-unknown", None}
    lost = [
        fault
        for fault in county[1].faults
        if fault.file.startswith("花名册/") and fault.refused not in still_registered
    ]
    assert len(registered) == STUDENTS - len(lost)
    assert not registered & {fault.key for fault in lost}


def test_pupils_without_an_identity_number_are_among_them(found: dict[str, Found]) -> None:
    letters = {values["student_number"][0] for values in values_of(found["rosters"])}
    assert {"G", "L"} <= letters


def test_absent_and_poor_children_are_on_a_roster_except_those_planted_as_unknown(
    county: tuple[Path, Planted], found: dict[str, Found]
) -> None:
    registered = {lists.pupil_key(values) for values in values_of(found["rosters"])}
    unknown = {fault.key for fault in county[1].faults if fault.finding == "pupil_unknown"}
    strangers = {fault.key for fault in county[1].faults if fault.finding == "not_on_any_roster"}
    assert unknown
    assert strangers
    absent = {lists.pupil_key(values) for values in values_of(found["attendance"])}
    assert absent - registered == unknown
    members = {values["member_id_number"] for values in values_of(found["households"])}
    children = {number for number in members if number and number[6:10] >= "2005"}
    assert children - registered == strangers


def test_the_noted_suspicions_follow_from_the_attendance_sheets(
    county: tuple[Path, Planted], found: dict[str, Found]
) -> None:
    planted = county[1]
    away: dict[str, dict[date, str]] = {}
    for values in values_of(found["attendance"]):
        away.setdefault(lists.pupil_key(values), {})[values["date"]] = values["kind"]
    held = sorted({values["date"] for values in values_of(found["headcounts"])})
    assert held[-1] == planted.last_attendance_day

    def unexcused_at_the_end(days: dict[date, str]) -> list[date]:
        run: list[date] = []
        for day in reversed(held):
            if days.get(day) != "UNEXCUSED":
                break
            run.append(day)
        return run

    runs = {key: unexcused_at_the_end(days) for key, days in away.items()}
    by_school_days = sorted(key for key, run in runs.items() if len(run) >= SUSPECTED_AFTER_DAYS)
    week = timedelta(days=SUSPECTED_AFTER_DAYS - 1)
    (calendar,) = planted.calendars
    content = parse_calendar_file((county[0] / calendar.file).read_text(encoding="utf-8"))
    ((holiday,),) = (year.holidays for year in content.school_holidays)
    closed = holiday.last_day - holiday.first_day + timedelta(days=1)
    spans = {key: (run[-1], run[0] - run[-1]) for key, run in runs.items() if run}
    by_calendar = sorted(
        key for key, (first, days) in spans.items() if days - closed * (first < holiday.first_day) >= week
    )
    assert by_school_days == by_calendar == planted.suspected
    assert planted.suspected
    around = {story.key for story in planted.stories if story.story == "missing_around_holiday"}
    assert around
    assert all(spans[key][1] >= week for key in around)


def test_each_story_is_told_of_poor_and_other_children_as_the_lists_have_them(
    county: tuple[Path, Planted], found: dict[str, Found]
) -> None:
    poor = {values["member_id_number"] for values in values_of(found["households"])}
    stories: dict[str, set[bool]] = {}
    for story in county[1].stories:
        assert (story.key in poor) is story.poor
        stories.setdefault(story.story, set()).add(story.poor)
    assert len(stories) == 10
    assert all(told == {True, False} for told in stories.values())


def test_two_children_of_each_kind_of_mistake_have_a_second_file_without_identity_number(
    county: tuple[Path, Planted], found: dict[str, Found]
) -> None:
    twice = county[1].twice
    assert Counter(each.kind for each in twice) == dict.fromkeys(MISTAKES, 2)
    rows = {str(lists.pupil_key(values)): values for values in values_of(found["rosters"])}
    for each in twice:
        first, second = rows[each.key], rows[each.other_key]
        assert first["name"] == second["name"] == each.name
        assert first["school_code"] != second["school_code"]
        assert second["id_number"] is None


def test_headcounts_agree_with_the_lists_but_for_rows_that_are_refused_or_forgotten(
    county: tuple[Path, Planted], found: dict[str, Found]
) -> None:
    unsaid = 0
    for file, rows in found["headcounts"].items():
        missing = sum(row.values["expected"] - row.values["present"] for row in rows if isinstance(row, GoodRow))
        listed = [row.values for row in found["attendance"][file] if isinstance(row, GoodRow)]
        more = missing - sum(values["name"] != "林无名" for values in listed)
        assert more >= 0
        unsaid += more
    assert unsaid == len(county[1].still_absent) == 4


def test_the_note_is_readable_json(county: tuple[Path, Planted]) -> None:
    folder, planted = county
    note = json.loads((folder / "planted.json").read_text(encoding="utf-8"))
    assert note["suspected_after_last_day"] == planted.suspected
    assert len(note["faults"]) == len(planted.faults)
    assert note["totals"]["rosters"]["refused"]["cell-digits-lost"] == 1


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    county: tuple[Path, Planted], tmp_path: Path
) -> None:
    folder, _ = county
    generate(tmp_path / "again", SCHOOLS, STUDENTS, SEED, TODAY)
    files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    again = tmp_path / "again"
    assert files == {path.relative_to(again): path.read_bytes() for path in again.rglob("*.*") if path.is_file()}
    generate(tmp_path / "other", SCHOOLS, STUDENTS, SEED + 1, TODAY)
    assert (tmp_path / "other/planted.json").read_bytes() != files[Path("planted.json")]


def test_a_county_of_many_small_schools_has_pupils_in_every_grade_and_as_many_as_asked_for() -> None:
    county = build_county(130, 130 * 15, SEED, TODAY)
    assert len(county.children) == 130 * 15
    grades: dict[str, set[int]] = {}
    for child in county.children:
        grades.setdefault(child.school.code, set()).add(child.grade)
    assert grades == {school.code: set(school.kind.grades) for school in county.places.schools}


def test_the_smallest_county_has_a_difference_of_every_reason(tmp_path: Path) -> None:
    planted = generate(tmp_path, 4, 60, SEED, TODAY)
    assert {each.reason for each in planted.differences} == {*reasons().reason, None}


def test_what_is_compared_in_the_next_school_year_is_planted_for_its_ages(tmp_path: Path) -> None:
    june, september = date(2026, 6, 30), date(2026, 9, 20)
    planted = generate(tmp_path, 4, 120, SEED, june, september)
    born = {each.why: each.key[6:14] for each in planted.differences}
    assert (born["too_young_by_a_day"], born["too_old_by_a_day"]) == ("20200901", "20100831")
    assert {each.list_on for each in planted.lists} <= {june, date(2026, 1, 20)}


def test_the_command_writes_the_county_and_says_what_it_wrote(tmp_path: Path) -> None:
    arguments = ["--schools", "4", "--students", "120", "--seed", "9", str(tmp_path / "县")]
    result = CliRunner().invoke(sample_county, arguments)
    assert result.exit_code == 0, result.output
    assert "4 所学校，120 名学生" in result.output
    assert (tmp_path / "县/planted.json").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--schools", "3"], "at least 4 schools"),
        (["--schools", "4", "--students", "20"], "15 students"),
        (["--schools", "4", "--students", "120", "--today", "2026-09-20"], "term began"),
    ],
)
def test_a_county_that_cannot_be_made_is_refused(tmp_path: Path, arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(sample_county, [*arguments, str(tmp_path)])
    assert result.exit_code == 2
    assert said in result.output
    assert not list(tmp_path.iterdir())
