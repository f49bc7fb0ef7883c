"""The sample county, loaded once into an embedded suite through its API."""

import time
from datetime import date
from pathlib import Path

import click
import httpx

from services.cli.client import ApiClient
from services.cli.importing import import_files, own_token
from services.cli.sample_county.generate import generate
from services.cli.suite import Suite
from shared.calendar import local_date
from shared.kernel.clock import SharedClock

SCHOOLS, STUDENTS, SEED = 12, 1200, 1
YOUNG_TERM = (7, 8, 9, 10)
"""Months without six weeks of school before them."""
COUNTY = "349921"


def load_sample_once(suite: Suite) -> None:
    """Make the sample county's files and import them, unless this suite has them already."""
    done = suite.var / "sample-loaded"
    if done.exists():
        click.echo("示例县已在库中。")
        return
    folder, started = suite.var / "sample", time.monotonic()
    click.echo(f"正在载入示例县：{SCHOOLS} 所学校，{STUDENTS} 名学生……")
    generate(folder, SCHOOLS, STUDENTS, SEED, last_book_day(local_date(SharedClock(suite.clock).now())))
    with httpx.Client() as http:
        api = ApiClient(suite.url("registry"), own_token(suite, COUNTY), http)
        load_county(api, folder, suite.var / "refused")
    done.write_text(f"{SCHOOLS} {STUDENTS} {SEED}\n")
    click.echo(f"示例县已载入，用时 {time.monotonic() - started:.0f} 秒。")
    click.echo(f"原始表格在 {folder}，退回的行在 {suite.var / 'refused'}。")


def last_book_day(today: date) -> date:
    """Attendance is kept up to today, so that the county looks lived in whenever it is tried.

    A school year younger than the weeks of attendance that the county has cannot show them: then the last one's end.
    """
    return date(today.year, 6, 30) if today.month in YOUNG_TERM else today


def load_county(api: ApiClient, folder: Path, refused: Path) -> None:
    """Import a sample county's files in the order in which a county would."""
    import_files(api, "divisions", sorted(folder.glob("行政区划*.xlsx")), refused)
    import_files(api, "schools", sorted(folder.glob("学校名单*.xlsx")), refused)
    import_files(api, "rosters", sorted((folder / "花名册").glob("*.xlsx")), refused)
    import_files(api, "households", sorted(folder.glob("贫困名单*.xlsx")), refused)
    for week in sorted((folder / "考勤").iterdir()):
        import_files(api, "attendance", sorted(week.glob("*.xlsx")), refused / week.name)
