"""What the command line says, as a clerk or an operator reads it."""

import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec

import click
import pytest

from services.cli.importing import said
from services.cli.main import COMMANDS
from services.cli.sample import last_book_day
from services.cli.sample_county.stories import school_days

CHINESE = re.compile("[一-鿿]")


def commands() -> Iterator[click.Command]:
    for place in COMMANDS.values():
        module, _, name = place.partition(":")
        if find_spec(module.rpartition(".")[0]) and "bench" not in module:  # bench is the developers' own
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


@pytest.mark.parametrize("month", range(1, 13))
def test_the_sample_county_can_be_made_in_every_month(month: int) -> None:
    day = last_book_day(date(2027, month, 5))
    began = date(day.year if day.month >= 9 else day.year - 1, 9, 1)
    assert school_days(day, began)
    assert day <= date(2027, month, 5)
