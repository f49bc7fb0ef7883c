"""The whole sample county goes in, with the workers' clock running between the files: what was planted comes out.

Today is the sample's last attendance day; it goes in once for all of these tests.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest

from services.cli.sample_county.generate import generate
from services.cli.sample_county.half_told_days import NO_KIND
from services.cli.sample_county.planted import Planted
from services.cli.sample_county.promotions import FILE as PROMOTIONS
from services.cli.sample_county.promotions import NOT_HANDED_OVER
from services.cli.sample_county.stories import UNEXCUSED
from services.registry.attendance.counting import over_on
from services.registry.attendance.events import AbsenceRecorded
from services.registry.attendance.spells import Spell
from services.registry.calendars.loading import LoadCalendar
from services.registry.class_days.known import Doubt
from services.registry.imports.report import ImportReport
from services.registry.personal import PersonalData
from services.registry.policy import read_policy
from services.registry.service import registry
from shared.calendar import CalendarContent, shipped_calendar
from shared.calendar.files import parse_calendar_file
from shared.calendar.live import LiveCalendar
from shared.calendar.zone import start_of_local_day
from shared.kernel.application import Application
from shared.kernel.calendar_ledger import follow
from shared.kernel.clock import FixedClock
from shared.kernel.firing import fire_due
from shared.kernel.store import Store, connect
from shared.privacy import BlindIndex, Cipher
from shared.privacy.keyring_file import generate_keyring, parse_keyring
from tests.registry.conftest import Registry

SCHOOLS, STUDENTS, SEED = 8, 600, 1
IN_ORDER = (
    ("divisions", "行政区划.xlsx"),
    ("schools", "学校名单.xlsx"),
    ("rosters", "花名册/*.xlsx"),
    ("households", "贫困名单*.xlsx"),
    ("attendance", "考勤/*/*.xlsx"),
    ("accounts", "银行账户*.xlsx"),
)
REFUSED_WITH_FINDING = {
    "on_two_rosters": "enrolled-elsewhere",
    "pupil_unknown": "pupil-not-so-named",
    "name_of_another": "pupil-not-so-named",
    NOT_HANDED_OVER: "primary-not-handed-over",
}
ONCE = (("rosters", "花名册-*.xlsx"),)
"""After all others: what they say of a pupil is not what the others say."""
Place = tuple[str, str, int]


@dataclass(frozen=True)
class Loaded:
    nol: Registry
    folder: Path
    planted: Planted
    reports: dict[str, ImportReport]

    def refused(self) -> dict[Place, set[str]]:
        """The codes of each refused row."""
        return {
            (file, row.sheet, row.row_number): {problem.code for problem in row.problems if problem.blocking}
            for file, report in self.reports.items()
            for row in report.refused
        }

    def warned(self) -> dict[Place, set[str]]:
        """The codes of what is said of each row that was taken."""
        return {
            (file, row.sheet, row.row_number): {problem.code for problem in row.problems}
            for file, report in self.reports.items()
            for row in report.warned
        }


def load(nol: Registry, folder: Path, in_order: Iterable[tuple[str, str]] = IN_ORDER) -> dict[str, ImportReport]:
    reports = {}
    for kind, pattern in in_order:
        for path in sorted(folder.glob(pattern)):
            reports[str(path.relative_to(folder))] = nol.load(kind, path.read_bytes(), path.name)
            while fire_due(nol.application):
                pass
    return reports


@pytest.fixture(scope="module")
def county(mongo: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    folder = tmp_path_factory.mktemp("county")
    planted = generate(folder, SCHOOLS, STUDENTS, SEED)
    keyring = parse_keyring(generate_keyring())
    database = f"nol_test_{uuid4().hex}"
    with connect(mongo) as client:
        calendar = LiveCalendar()
        store = Store(client, database, registry(read_policy(), calendar), 4)
        store.install()
        follow(calendar, store)
        clock = FixedClock(start_of_local_day(planted.today) + timedelta(hours=18))
        personal = PersonalData(Cipher(keyring), BlindIndex(keyring.index_key))
        nol = Registry(Application(store, clock), clock, personal, calendar)
        for each in planted.calendars:
            nol.do(LoadCalendar(document=each.document, content=content_of(folder / each.file)))
        calendar.look_again()
        yield Loaded(nol, folder, planted, load(nol, folder, (*IN_ORDER, *ONCE)))
        client.drop_database(database)


def content_of(calendar: Path) -> CalendarContent:
    return parse_calendar_file(calendar.read_text(encoding="utf-8"))


def planted_refusals(county: Loaded) -> dict[Place, set[str]]:
    """Each planted fault that turns a row away, and the accounts of pupils whose roster row was turned away."""
    found: dict[Place, set[str]] = {}
    for fault in county.planted.faults:
        code = fault.refused or REFUSED_WITH_FINDING.get(fault.finding or "")
        if code:
            found[fault.file, fault.sheet, fault.row] = {code}
    return found | accounts_of_unregistered(county)


def unregistered(county: Loaded) -> set[str]:
    """Pupils of whom no other row tells: those repeated, or on the list of a school that is none, are in one."""
    elsewhere = ("repeated_in_roster", "unknown_school", "school_by_name_alone")
    return {
        fault.key
        for fault in county.planted.faults
        if fault.file.startswith("花名册") and fault.refused and fault.key and fault.kind not in elsewhere
    }


def accounts_of_unregistered(county: Loaded) -> dict[Place, set[str]]:
    file = "银行账户.xlsx"
    gone, found = unregistered(county), {}
    for sheet in openpyxl.load_workbook(county.folder / file):
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if gone & {str(cell) for cell in cells}:
                found[file, sheet.title, number] = {"pupil-not-so-named"}
    return found


def test_exactly_the_planted_faults_are_refused_in_their_rows_for_their_reasons(county: Loaded) -> None:
    expected = planted_refusals(county)
    assert len(expected) > len(accounts_of_unregistered(county)) > 0
    assert county.refused() == expected


def test_exactly_the_planted_doubts_are_told_of_rows_that_are_taken(county: Loaded) -> None:
    expected = {
        (fault.file, fault.sheet, fault.row): {fault.warned} for fault in county.planted.faults if fault.warned
    }
    assert set().union(*expected.values()) == {
        "cell-unknown-choice",
        "cell-unreadable",
        "grade-went-down",
        "name-lookalike",
        "name-taken",
    }
    assert county.warned() == expected


def test_the_number_of_a_twin_moves_neither_card_nor_category(county: Loaded) -> None:
    slipped = {fault.key for fault in county.planted.faults if fault.finding == "name_of_another"}
    assert len(slipped) == 4
    for key in slipped:
        row = county.nol.store.ledger_collection("children").find_one(
            {"id_index": county.nol.personal.index("id_number", key or "")}
        )
        assert row is not None
        assert row["category"] == "NONE"
        assert not [event for event in county.nol.history(row["_id"]) if "account" in event.type]


def test_every_other_pupil_is_registered_once(county: Loaded) -> None:
    assert sum(county.nol.statuses().values()) == STUDENTS - len(unregistered(county))


def test_the_suspected_are_exactly_those_whose_stories_say_so(county: Loaded) -> None:
    expected = {county.nol.personal.index("id_number", key) for key in county.planted.suspected}
    rows = county.nol.store.ledger_collection("children").find({"status": "SUSPECTED_DROPOUT"})
    assert expected
    assert {row["id_index"] for row in rows} == expected


def test_a_farm_holiday_keeps_those_from_suspicion_who_are_missing_on_both_sides_of_it(county: Loaded) -> None:
    """The weekend in it would have made their week full."""
    (planted,) = county.planted.calendars
    shipped, needed = shipped_calendar(), read_policy().absence.suspected_after_days
    in_force = content_of(county.folder / planted.file).over(shipped)
    around = [story.key for story in county.planted.stories if story.story == "missing_around_holiday"]
    assert len(around) == 2
    for key in around:
        spell = Spell(said=tuple(sorted(days_missed(county, key))))
        with_it, without = (over_on(each, spell, needed) for each in (in_force, shipped))
        assert without is not None
        assert without <= county.planted.today
        assert with_it is None or with_it > county.planted.today


def test_whose_last_day_is_told_by_halves_stays_absent(county: Loaded) -> None:
    """A row that is refused, and one that is missing where the headcount does not add up, make nobody present."""
    keys = county.planted.still_absent
    indices = [county.nol.personal.index("id_number", key) for key in keys]
    rows = county.nol.store.ledger_collection("children").find({"id_index": {"$in": indices}})
    assert [row["status"] for row in rows] == ["ABSENT_UNEXCUSED"] * 4


def test_exactly_the_headcounts_that_were_spoilt_do_not_add_up(county: Loaded) -> None:
    told = {
        (school, grade, class_no, day)
        for report in county.reports.values()
        for school, grade, class_no, day, why in report.conclusions.doubts
        if why == Doubt.COUNT_DIFFERS
    }
    names = {row["_id"]: row["name"] for row in county.nol.store.ledger_collection("schools").find()}
    day = county.planted.last_attendance_day
    expected = {(names[code], grade, class_no, day) for code, grade, class_no in county.planted.in_doubt}
    assert len(expected) == 2
    assert told == expected


def test_exactly_what_was_hidden_from_the_reader_is_told_of_each_supplement(county: Loaded) -> None:
    """Though each supplement has formats down to the last row that Excel knows."""
    told = {file: sorted(each.code for each in county.reports[file].unread) for file in county.planted.unread}
    assert len([file for file, codes in told.items() if codes]) == 2
    assert told == county.planted.unread


def test_empty_and_formatted_rows_between_and_behind_the_others_count_as_nothing(county: Loaded) -> None:
    (file,) = [file for file, codes in county.planted.unread.items() if not codes]
    (planted,) = [each for each in county.planted.files if each.file == file]
    sheet = openpyxl.load_workbook(county.folder / file).active
    assert sheet is not None
    assert sheet.max_row > 3 * planted.good
    assert planted.good
    report = county.reports[file]
    assert +report.counts == {"changed": planted.good}
    assert report.returned(file) == (None, "")
    assert not report.note()


def test_what_a_list_of_those_who_moved_up_has_against_it_is_told_with_the_remedy(county: Loaded) -> None:
    report = county.reports[PROMOTIONS]
    told = {(each.code, each.reason + each.remedy) for row in report.refused for each in row.problems}
    told |= {(each.code, each.remedy) for row in report.warned for each in row.problems}
    assert len(report.refused) == len(report.warned) == 2
    assert {code for code, _ in told} == {"primary-not-handed-over", "grade-went-down"}
    assert all("小学毕业升学名册" in text or "留级" in text for _, text in told)


def test_a_poor_child_on_no_roster_is_not_made_up(county: Loaded) -> None:
    (key,) = [fault.key for fault in county.planted.faults if fault.finding == "not_on_any_roster"]
    assert key
    index = county.nol.personal.index("id_number", key)
    assert county.nol.store.ledger_collection("children").count_documents({"id_index": index}) == 0


def test_the_same_files_a_second_time_make_no_event(county: Loaded) -> None:
    before = county.nol.events()
    again = load(county.nol, county.folder)
    assert county.nol.events() == before
    assert sum(report.counts["changed"] for report in again.values()) == 0
    assert {file: report.counts["refused"] for file, report in again.items()} == {
        file: county.reports[file].counts["refused"] for file in again
    }


def test_the_workbook_of_refused_rows_names_row_reason_and_remedy_in_chinese(county: Loaded) -> None:
    (file,) = [fault.file for fault in county.planted.faults if fault.kind == "wrong_check_digit"]
    rows = openpyxl.load_workbook(BytesIO(county.reports[file].workbook())).active
    assert rows is not None
    told = list(rows.iter_rows(values_only=True))
    at = next(number for number, row in enumerate(told) if row[0] == "文件")
    titles, headings, refused = [row[0] for row in told[:at]], told[at], told[at + 1 :]
    assert "未能导入的行" in titles
    assert headings[:7] == ("文件", "工作表", "行号", "字段", "原值", "原因", "处理办法")
    assert len(refused) == county.reports[file].counts["refused"]
    assert all(row[2] and row[5] and row[6] for row in refused)


def test_a_returned_workbook_that_is_mended_brings_in_the_day_that_was_lost(county: Loaded) -> None:
    faults = [fault for fault in county.planted.faults if fault.kind == "attendance_unknown_kind"]
    assert len(faults) == 2
    for fault in faults:
        book = openpyxl.load_workbook(BytesIO(county.reports[fault.file].workbook()))
        for cell in (cell for sheet in book for line in sheet.iter_rows() for cell in line):
            cell.value = UNEXCUSED if cell.value == NO_KIND else cell.value
        mended = BytesIO()
        book.save(mended)
        report = county.nol.load("attendance", mended.getvalue(), "退回.xlsx")
        assert report.counts["changed"] == 1
        assert county.planted.last_attendance_day in days_missed(county, fault.key)


def days_missed(county: Loaded, key: str | None) -> set[date]:
    row = county.nol.store.ledger_collection("children").find_one(
        {"id_index": county.nol.personal.index("id_number", key)}
    )
    assert row is not None
    events = [each for each in county.nol.history(row["_id"]) if each.type == AbsenceRecorded.TYPE]
    return {date.fromisoformat(each.data["day"]) for each in events}
