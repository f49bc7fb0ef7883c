"""What the command line says, as a clerk or an operator reads it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from services.cli.importing import LIST_WORDS, import_, said
from services.cli.main import COMMANDS, nol
from services.cli.sample import last_book_day
from services.cli.sample_county.farm_holiday import farm_holiday, missing_around
from services.cli.sample_county.stories import school_days
from services.registry.attendance.counting import days_absent
from services.registry.attendance.spells import Spell
from services.registry.snapshots.kinds import KIND_LABELS, LIST_LABELS, ListKind
from shared.calendar import shipped_calendar

CHINESE = re.compile("[一-鿿]")


def commands() -> Iterator[click.Command]:
    for place in COMMANDS.values():
        module, _, name = place.partition(":")
        if find_spec(module.rpartition(".")[0]):
            found: click.Command = getattr(import_module(module), name)
            yield found
            if isinstance(found, click.Group):
                yield from found.commands.values()


def test_every_command_and_option_is_told_in_chinese() -> None:
    untold = [
        f"{command.name} {option.name}"
        for command in commands()
        for option in command.params
        if isinstance(option, click.Option) and not CHINESE.search(option.help or "")
    ]
    assert untold == []
    assert [command.name for command in commands() if not CHINESE.search(command.help or "")] == []


def test_an_import_tells_its_counts_in_words_and_leaves_out_what_did_not_happen() -> None:
    assert said({"refused": 2, "changed": 12, "warned": 0}) == "已导入 12 行，退回 2 行"
    assert said({}) == "没有新内容"
    assert said({"good": 3, "refused": 1, "new": 2, "changed": 1}, LIST_WORDS) == (
        "采用 3 行，退回 1 行，比上次新增 2 行，比上次变动 1 行"
    )


def test_every_kind_of_list_is_told_by_what_people_call_it() -> None:
    told = CliRunner().invoke(import_, ["--help"]).output.replace("\n", "").replace(" ", "")
    labels = {kind: label for kind, label in KIND_LABELS.items() if f"{kind}{label}" not in told}
    assert (set(LIST_LABELS), labels) == (set(ListKind), {})


@pytest.mark.parametrize(
    ("arguments", "said_"),
    [
        (["population"], "请用 --on 写明是哪天的名单"),
        (["rosters", "--on", "2026-09-01"], "--on 和 --source 只用于用来比对的名单"),
        (["accounts", "--source", "县公安局"], "--on 和 --source 只用于用来比对的名单"),
    ],
)
def test_only_a_list_to_be_compared_has_a_day_and_it_must_have_one(
    tmp_path: Path, arguments: list[str], said_: str
) -> None:
    file = tmp_path / "名单.xlsx"
    file.touch()
    result = CliRunner().invoke(import_, [*arguments, str(file)])
    assert result.exit_code == 2
    assert said_ in result.output


@pytest.mark.parametrize("month", range(1, 13))
def test_the_sample_county_can_be_made_in_every_month(month: int) -> None:
    day = last_book_day(date(2027, month, 5))
    began = date(day.year if day.month >= 9 else day.year - 1, 9, 1)
    assert school_days(day, began, farm_holiday(day))
    assert day <= date(2027, month, 5)


@pytest.mark.parametrize("ahead", range(7))
@pytest.mark.parametrize("month", [3, 5, 11, 12])
def test_on_every_weekday_who_is_missing_around_the_holiday_is_suspected_without_it_alone(
    month: int, ahead: int
) -> None:
    """Six days with it, and eight without."""
    today = date(2027, month, 22) + timedelta(days=ahead)
    holiday = farm_holiday(today)
    assert holiday is not None
    days = school_days(today, date(2026 + (month >= 9), 9, 1), holiday)
    (run,) = missing_around(today, today).runs
    missed = Spell(said=tuple(days[run.first : run.last + 1]))
    assert missed.said[0] < holiday.first_day <= holiday.last_day < missed.said[-1]
    shipped = shipped_calendar()
    counted = [
        days_absent(each, missed, max(today, days[-1] + timedelta(days=1)))
        for each in (replace(shipped, holidays=(holiday,)), shipped)
    ]
    assert counted == [6, 8]


def test_there_is_no_farm_holiday_where_no_term_goes_on() -> None:
    assert farm_holiday(date(2027, 2, 24)) is None
    assert farm_holiday(date(2027, 1, 6)) is None


def test_an_attendance_sheet_tells_what_was_inferred_and_what_was_left_open() -> None:
    told = said({"changed": 3, "presumed": 2, "in_doubt": 1})
    assert told == "已导入 3 行，推定到校 2 人次，未作推定的班级和日期 1 个"


def test_only_an_attendance_sheet_is_claimed_to_be_complete(tmp_path: Path) -> None:
    (tmp_path / "花名册.xlsx").write_bytes(b"")
    answer = CliRunner().invoke(import_, ["--complete", "rosters", str(tmp_path / "花名册.xlsx")])
    assert (answer.exit_code, "--complete" in answer.output) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said_"),
    [
        (["import", "rosters", "没有.xlsx"], "没有 没有.xlsx"),
        (["calendar", "load", "没有.toml"], "没有 没有.toml"),
        (["import", "rosters"], "缺少参数"),
        (["import", "people", "a"], "没有 people，可用："),
        (["nothing"], "没有 nothing 这个命令"),
        (["status", "--nothing"], "没有 --nothing 这个选项"),
        (["token", "--role", "county_admin", "--division", "12x"], "12x 行政区划代码应为"),
        (["token", "--role", "school_admin", "--school", "1"], "1 学校标识码应为"),
    ],
)
def test_wrong_usage_is_told_in_chinese(arguments: list[str], said_: str) -> None:
    result = CliRunner().invoke(nol, arguments)
    assert (result.exit_code, said_ in result.output) == (2, True), result.output
    assert not re.search("Error|Usage|Try|Missing|Invalid|No such", result.output)


def test_the_help_is_chinese_for_every_command() -> None:
    told = CliRunner().invoke(nol, ["--help"]).output
    lines = told.partition("命令:")[2].splitlines()[1:] or told.partition("命令")[2].splitlines()[1:]
    assert [line for line in lines if line.strip() and not CHINESE.search(line)] == []
    assert not re.search("Usage|Options|Commands|Show this", told)


@pytest.mark.parametrize(
    "arguments",
    [["import", "rosters", "a.xlsx"], ["calendar", "load", "--document", "文号", "a.xlsx"], ["calendar", "show"]],
)
def test_a_service_that_does_not_answer_is_told_in_one_sentence(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.xlsx").write_text("x")
    asked = [*arguments, "--url", "http://127.0.0.1:1", "--token", "t"]
    result = CliRunner().invoke(nol, asked)
    assert (result.exit_code, "http://127.0.0.1:1 没有应答" in result.output) == (1, True), result.output
    assert not result.exception or isinstance(result.exception, SystemExit)
