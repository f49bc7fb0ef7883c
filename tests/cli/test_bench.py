"""The benchmark's own arithmetic, its note, and one measure played through."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.cli.bench.command import bench
from services.cli.bench.footprint import family, memory_kib
from services.cli.bench.lines import AtLeast, Line, below
from services.cli.bench.machine import machine, versions
from services.cli.bench.note import Measured, written
from services.cli.bench.peak import forget_peak, peak_mb
from services.cli.bench.record import Taken, read, write
from services.cli.bench.rounds import alternate, dealt, percentile, side_by_side

COMMANDS = Line(name="command, 1 writer", value=1234.5, unit="commands/s", limit=2469.0, aim=AtLeast(0.6))
IMPORT = Line(name="import", value=500, unit="rows/s", limit=1000, aim=AtLeast(0.4))


def test_a_line_says_name_value_limit_and_ratio() -> None:
    assert str(COMMANDS) == "command, 1 writer | 1,234 commands/s | 2,469 commands/s (bare) | 0.50"


def test_small_figures_keep_three_digits() -> None:
    assert str(below("delay", 2.3456, "ms", 300)) == "delay | 2.35 ms | 300 ms (aim) | 0.01"


def test_a_line_without_a_limit_has_no_ratio() -> None:
    line = Line(name="p50", value=8, unit="ms")
    assert str(line) == "p50 | 8 ms | - | -"
    assert line.met is None


@pytest.mark.parametrize(("value", "met"), [(59.9, False), (60, True), (120, True)])
def test_a_ratio_meets_its_aim_from_the_aim_on(value: float, met: bool) -> None:
    assert Line(name="x", value=value, unit="/s", limit=100, aim=AtLeast(0.6)).met is met


@pytest.mark.parametrize(("value", "met"), [(299.9, True), (300, False)])
def test_a_value_must_stay_under_its_aim(value: float, met: bool) -> None:
    assert below("x", value, "ms", 300).met is met


def test_ours_and_bare_go_by_turns_and_the_warm_up_does_not_count() -> None:
    turns: list[str] = []
    ours, bare = iter([1000.0, 3.0, 1.0, 2.0]), iter([1000.0, 5.0, 6.0, 40.0])

    def take(who: str, rates: object) -> float:
        turns.append(who)
        return next(rates)  # type: ignore[call-overload, no-any-return]

    rates = alternate(3, lambda: take("ours", ours), lambda: take("bare", bare))
    assert (rates.ours, rates.bare) == (2.0, 6.0)
    assert turns == ["ours", "bare"] * 4


def test_percentiles_are_the_nearest_rank() -> None:
    values = [float(value) for value in range(100, 0, -1)]
    assert (percentile(values, 50), percentile(values, 99), percentile([7.0], 99)) == (50, 99, 7)


def test_work_is_dealt_out_whole_and_what_a_writer_raises_is_raised() -> None:
    done: list[int] = []
    assert side_by_side(dealt(range(10), 3), done.append) > 0
    assert sorted(done) == list(range(10))
    with pytest.raises(ZeroDivisionError):
        side_by_side([[1], [0]], lambda number: 1 // number)


def taken(*lines: Line, on: date = date(2026, 11, 23)) -> Taken:
    return Taken(on, {"cores": "2"}, {"pymongo": "4.20"}, lines)


def test_the_note_tells_day_machine_versions_method_and_each_aim_met_or_missed() -> None:
    measured = [
        Measured("commands", "How it was taken.", "What costs most.", taken(COMMANDS)),
        Measured("import", "Sheet by sheet.", "", taken(IMPORT, on=date(2026, 11, 29))),
    ]
    note = written(measured, ["not measured on Kafka"])
    missed = "| command, 1 writer | 1,234 commands/s | 2,469 commands/s (bare) | 0.50 | ratio ≥ 0.6 | **missed** |"
    assert f"{missed} 2026-11-23 |" in note
    assert "| import | 500 rows/s | 1,000 rows/s (bare) | 0.50 | ratio ≥ 0.4 | met | 2026-11-29 |" in note
    assert (
        "## commands\n\nHow it was taken.\n\nWhat costs most.\n\nMeasured on 2026-11-23: cores 2, pymongo 4.20."
        in note
    )
    assert "not measured on Kafka" in note


def test_a_measure_taken_anew_leaves_the_others_on_record(tmp_path: Path) -> None:
    path = tmp_path / "benchmarks.json"
    write(path, {"commands": taken(COMMANDS), "import": taken(below("memory", 5.25, "MB", 9))})
    write(path, read(path) | {"commands": taken(IMPORT)})
    record = read(path)
    assert record["commands"].lines == [IMPORT]
    assert record["import"].lines == [below("memory", 5.25, "MB", 9)]
    assert (record["import"].on, record["import"].machine) == (date(2026, 11, 23), {"cores": "2"})


def test_there_is_no_record_before_the_first_measure(tmp_path: Path) -> None:
    assert read(tmp_path / "benchmarks.json") == {}


def test_the_machine_is_told_without_names_of_host_or_user() -> None:
    said = json.dumps([machine(), versions()])
    assert os.uname().nodename not in said
    assert "cores" in machine()
    assert versions()["pymongo"].startswith("4.")


def test_memory_is_that_of_a_process_and_its_descendants() -> None:
    assert os.getpid() in family(os.getpid())
    assert os.getpid() in family(os.getppid())
    memory = memory_kib([os.getpid()])
    assert 0 < memory["Pss"] <= memory["Rss"]


def test_the_peak_is_the_most_held_since_it_was_forgotten() -> None:
    forget_peak()
    before = peak_mb()
    held = bytearray(b"x" * 200_000_000)
    assert peak_mb() > before + 150
    del held
    forget_peak()
    assert peak_mb() < before + 150


@pytest.mark.system
def test_a_quick_run_over_a_whole_county_imports_reads_and_exports_it() -> None:
    ran = CliRunner().invoke(bench, ["--quick", "--only", "county"], catch_exceptions=False)
    figures = dict(line.split(" | ")[:2] for line in ran.output.splitlines()[1:])
    assert [name.partition(", ")[2] for name in figures] == [
        "",
        "first tenth",
        "last tenth",
        "last tenth by first",
        "memory",
        "",
        "memory",
        "whole",
        "whole, memory",
        "first page",
        "page in the middle",
        "workbook",
        "workbook, memory",
    ]
    assert all(value[0].isdigit() for value in figures.values())


@pytest.mark.system
def test_a_quick_run_of_one_measure_prints_its_lines_and_writes_no_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(bench, ["--quick", "--only", "commands"], catch_exceptions=False)
    assert not list((tmp_path / "docs").iterdir())
    heading, *lines = ran.output.splitlines()
    assert heading == "name | value | limit | ratio"
    assert [line.split(" | ")[0] for line in lines] == [
        "command through the handler, 1 writer",
        "command through the handler, 8 writers",
    ]
    assert all(float(line.rpartition(" | ")[2]) > 0 for line in lines)
