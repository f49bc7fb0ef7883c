"""A whole invented county goes in, with everything that was planted in it."""

from collections import Counter
from pathlib import Path

import pytest

from services.cli.sample_county.farm_holiday import FILE as CALENDAR
from services.cli.sample_county.generate import generate
from services.cli.sample_county.planted import Planted
from services.cli.sample_county.promotions import NOT_HANDED_OVER
from services.registry.calendars.loading import LoadCalendar
from services.registry.children.statuses import Attendance
from services.registry.imports.report import ImportReport
from shared.calendar.files import parse_calendar_file
from shared.kernel.firing import fire_due
from tests.registry.conftest import Registry

SCHOOLS, STUDENTS = 5, 240


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    folder = tmp_path_factory.mktemp("county")
    return folder, generate(folder, SCHOOLS, STUDENTS, 1)


def load(nol: Registry, folder: Path, kind: str, pattern: str) -> dict[str, ImportReport]:
    found = sorted(folder.glob(pattern), key=lambda path: (path.parent.name, path.name))
    reports = {}
    for path in found:
        report = nol.load(kind, path.read_bytes(), path.name)
        reports[str(path.relative_to(folder))] = report
    return reports


def load_all(nol: Registry, folder: Path) -> dict[str, dict[str, ImportReport]]:
    """All but the rosters of single pupils, which contradict the others."""
    content = parse_calendar_file((folder / CALENDAR).read_text(encoding="utf-8"))
    nol.do(LoadCalendar(document="云岭县教〔2026〕15号", content=content))
    nol.calendar.look_again()
    return {
        "divisions": load(nol, folder, "divisions", "行政区划.xlsx"),
        "schools": load(nol, folder, "schools", "学校名单.xlsx"),
        "rosters": load(nol, folder, "rosters", "花名册/*.xlsx"),
        "households": load(nol, folder, "households", "贫困名单*.xlsx"),
        "attendance": load(nol, folder, "attendance", "考勤/*/*.xlsx"),
        "accounts": load(nol, folder, "accounts", "银行账户*.xlsx"),
    }


def total(reports: dict[str, ImportReport], what: str) -> int:
    return sum(report.counts[what] for report in reports.values())


def problems(report: ImportReport) -> Counter[str]:
    """Codes of the problems that turned rows away."""
    return Counter(problem.code for row in report.refused for problem in row.problems if problem.blocking)


def test_the_county_goes_in_and_every_planted_fault_comes_back(nol: Registry, county: tuple[Path, Planted]) -> None:
    folder, planted = county
    reports = load_all(nol, folder)
    reports["supplements"] = load(nol, folder, "rosters", "花名册-*.xlsx")

    for kind, expected in planted.totals().items():
        if kind in reports:
            read = [*reports[kind].values(), *(reports["supplements"].values() if kind == "rosters" else ())]
            found = sum((problems(report) for report in read), Counter[str]())
            assert expected["refused"] <= found, kind
    for fault in planted.faults:
        report = reports[_kind(fault.file)]
        refused_rows = {(row.sheet, row.row_number) for row in report[fault.file].refused}
        if fault.refused or fault.finding in ("pupil_unknown", NOT_HANDED_OVER):
            assert (fault.sheet, fault.row) in refused_rows, fault.kind
    assert total(reports["schools"], "changed") == planted.totals()["schools"]["good"]
    assert sum(nol.statuses().values()) == total(reports["rosters"], "changed")


def _kind(file: str) -> str:
    starts = {
        "行政": "divisions",
        "学校": "schools",
        "花名册/": "rosters",
        "花名册-": "supplements",
        "贫困": "households",
        "考勤": "attendance",
        "银行": "accounts",
    }
    return next(kind for start, kind in starts.items() if file.startswith(start))


def test_a_pupil_on_two_rosters_stays_with_the_first_and_the_second_is_told_whose_it_is(
    nol: Registry, county: tuple[Path, Planted]
) -> None:
    folder, planted = county
    load(nol, folder, "schools", "学校名单.xlsx")
    reports = load(nol, folder, "rosters", "花名册/*.xlsx")
    refused = [
        problem
        for report in reports.values()
        for row in report.refused
        for problem in row.problems
        if problem.code == "enrolled-elsewhere"
    ]
    names = {row["name"] for row in nol.store.ledger_collection("schools").find()}
    assert len(refused) == Counter(fault.finding for fault in planted.faults)["on_two_rosters"]
    assert all(any(name in problem.reason for name in names) and "转学" in problem.reason for problem in refused)


def test_the_same_files_again_change_nothing(nol: Registry, county: tuple[Path, Planted]) -> None:
    folder, _ = county
    first = load_all(nol, folder)
    events = nol.facts()
    again = load_all(nol, folder)
    assert nol.facts() == events
    for kind in first:
        assert total(again[kind], "changed") == 0
        assert total(again[kind], "unchanged") == total(first[kind], "changed") + total(first[kind], "unchanged")
        assert total(again[kind], "refused") == total(first[kind], "refused")


def test_the_same_rows_in_another_file_change_nothing_either(nol: Registry, county: tuple[Path, Planted]) -> None:
    folder, _ = county
    load_all(nol, folder)
    events = nol.facts()
    for path in [folder / "学校名单.xlsx", *folder.glob("花名册/*.xlsx"), *folder.glob("考勤/*/*.xlsx")]:
        content = path.read_bytes()
        kind = _kind(str(path.relative_to(folder)))
        report = nol.load(kind, _another(content), path.name)
        assert report.counts["changed"] == 0, path.name
    assert nol.facts() == events


def _another(content: bytes) -> bytes:
    """The same workbook in other bytes: a zip archive may carry a comment."""
    assert content.endswith(b"\0\0")
    return content[:-2] + (5).to_bytes(2, "little") + b"again"


def test_who_is_suspected_after_the_last_sheet_is_who_the_stories_say(
    nol: Registry, county: tuple[Path, Planted]
) -> None:
    folder, planted = county
    load_all(nol, folder)
    while fire_due(nol.application):
        pass
    expected = {nol.personal.index("id_number", key) for key in planted.suspected}
    rows = nol.store.ledger_collection("children").find({"status": Attendance.SUSPECTED_DROPOUT.value})
    assert expected
    assert {row["id_index"] for row in rows} == expected


@pytest.mark.rule("3-20")
def test_pupils_of_every_grade_who_entered_in_their_year_are_of_the_right_age(
    nol: Registry, county: tuple[Path, Planted]
) -> None:
    folder, _ = county
    load(nol, folder, "schools", "学校名单.xlsx")
    load(nol, folder, "rosters", "花名册/*.xlsx")
    pupils = list(nol.store.ledger_collection("children").find())
    assert {row["enrolled_on"][:4] for row in pupils} > {"2024", "2025", "2026"}
    assert [row["name"] for row in pupils if "AGE_GRADE" in row["issues"]] == []
