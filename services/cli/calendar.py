"""`nol calendar`: load a part of the county's calendar, and show what is in force."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import httpx
from rich.console import Console
from rich.table import Table

from services.cli.client import ApiClient, ApiProblem
from services.cli.importing import own_token
from services.cli.options import division_code, var_option
from services.cli.suite import open_suite

PATH = "/api/v1/calendars"
DAY_WIDTH = len("2026-10-01")


@click.group(help="校历：载入国务院办公厅放假安排、学校假期（如农忙假）、学期起止日期，查看现行校历。")
def calendar() -> None:
    """The county's calendar: load a file, show what is in force."""


def _api_options(command: Any) -> Any:
    """Which registry is called, and as whom."""
    for option in (
        click.option(
            "--division",
            default="349921",
            show_default=True,
            callback=division_code,
            help="默认凭证管辖的县（区）区划代码",
        ),
        click.option("--url", default="", help="学籍服务的地址（默认为本机套件的）"),
        click.option("--token", default="", envvar="NOL_TOKEN", help="访问凭证（默认用本机套件自己的）"),
        var_option,
    ):
        command = option(command)
    return command


LOAD_HELP = """载入一个校历文件。同一年、同一学期的内容以最后载入的为准。

先列出新增和取消的假日；有假日被取消（恢复上课或上班）时，要回答 y 才载入，或者加 --yes。
"""


@calendar.command(help=LOAD_HELP)
@_api_options
@click.option("--document", required=True, help="依据的文号，如 国办发明电〔2026〕9号")
@click.option("--yes", is_flag=True, help="有假日被取消时也不再询问，直接载入")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(var: Path, token: str, url: str, division: str, document: str, yes: bool, file: Path) -> None:
    """Load FILE. Exit code 1, with the line and the remedy, when it is refused, or when it is not to be loaded."""
    try:
        content = file.read_text("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise click.ClickException(f"{file.name} 不是 UTF-8 编码的文本文件，请另存为 UTF-8 后再载入") from fault
    if not content.strip():
        raise click.ClickException(f"{file.name} 是空的，没有载入")
    with httpx.Client() as http:
        api = _api(var, token, url, division, http)
        _confirm(file.name, _told(file.name, lambda: api.post(f"{PATH}/comparisons", {"content": content})), yes=yes)
        answer = _told(file.name, lambda: api.post(PATH, {"document": document, "content": content}))
    click.echo(f"{file.name}：{answer['message']}")


def _confirm(name: str, compared: Mapping[str, Any], *, yes: bool) -> None:
    """Days off that are taken away are asked about. Raises click.ClickException when they are not to be."""
    if yes or not compared["changes"]["removed"]:
        return
    click.echo(f"{name}：{compared['message']}")
    try:
        click.confirm("以上日子将不再放假，确定载入吗？", abort=True)
    except click.Abort as refused:
        raise click.ClickException("没有载入，校历没有变动。核对无误的，请加 --yes 再载入") from refused


@calendar.command(help="显示现行校历，以及放假安排尚未公布的年份。")
@_api_options
def show(var: Path, token: str, url: str, division: str) -> None:
    """What is in force from last year on."""
    with httpx.Client() as http:
        found = _told("校历", lambda: _api(var, token, url, division, http).get(PATH))
    table = Table(title="现行校历")
    for heading in ("类别", "名称"):
        table.add_column(heading, overflow="fold")
    for heading in ("开始", "结束", "调休上班"):
        table.add_column(heading, no_wrap=True, min_width=DAY_WIDTH)
    for term in found["terms"]:
        table.add_row("学期", term["name"], term["first_day"], term["last_day"], "")
    for holiday in found["school_holidays"]:
        table.add_row("学校假期", holiday["name"], holiday["first_day"], holiday["last_day"], "")
    for year in found["arrangements"]:
        for holiday in year["holidays"]:
            _holiday_row(table, year["year"], holiday)
    Console().print(table)
    for year in found["provisional_years"]:
        click.echo(f"{year}年放假安排尚未载入：落在该年的期限可能调整。")
    if found["recomputing"]:
        click.echo("期限正在按新校历重新计算。")


def _holiday_row(table: Table, year: int, holiday: Mapping[str, Any]) -> None:
    worked = "\n".join(holiday["workdays"])
    table.add_row(f"{year}年放假安排", holiday["name"], holiday["first_day"], holiday["last_day"], worked)


def _api(var: Path, token: str, url: str, division: str, http: httpx.Client) -> ApiClient:
    return ApiClient(url or open_suite(var).url("registry"), token or own_token(open_suite(var), division), http)


def _told(what: str, ask: Any) -> Any:
    """The answer; a refusal in its own words. Raises click.ClickException."""
    try:
        return ask()
    except ApiProblem as problem:
        raise click.ClickException(f"{what}：{problem.detail}") from problem
