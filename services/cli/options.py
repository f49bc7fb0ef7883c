"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path

import click

from shared.faults import InvalidValue
from shared.identifiers.division import parse_division_code
from shared.identifiers.school_code import parse_school_code


def division_code(_: click.Context, __: click.Parameter, value: str) -> str:
    """The division that an option names, if it names one. Raises click.BadParameter."""
    return _code(value, parse_division_code)


def school_code(_: click.Context, __: click.Parameter, value: str) -> str:
    """The school that an option names, if it names one. Raises click.BadParameter."""
    return _code(value, parse_school_code)


def _code(value: str, parse: Callable[[str], str]) -> str:
    try:
        return parse(value) if value else ""
    except InvalidValue as invalid:
        raise click.BadParameter(f"{value} {invalid.fault.zh}") from invalid


var_option = click.option(
    "--var",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var"),
    show_default=True,
    envvar="NOL_VAR",
    help="本机套件的数据文件夹",
)
