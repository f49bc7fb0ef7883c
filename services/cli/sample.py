"""The sample county, loaded once into an embedded suite through its API."""

import hashlib
import shutil
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
import httpx
import msgspec

from services.cli.calendar import PATH as CALENDARS
from services.cli.client import ApiClient
from services.cli.importing import import_files, import_of, list_of, own_token
from services.cli.sample_county.generate import PLANTED_FILE, generate
from services.cli.sample_county.planted import PlantedCalendar, PlantedFact, PlantedList
from services.cli.suite import Suite
from shared.calendar import local_date
from shared.kernel.clock import SharedClock

SCHOOLS, STUDENTS, SEED = 12, 1200, 1
YOUNG_TERM = (7, 8, 9, 10)
"""Months without six weeks of school before them."""
COUNTY = "349921"


class ForLoading(msgspec.Struct, frozen=True):
    """What of the note beside the files is needed to load them."""

    calendars: Sequence[PlantedCalendar]
    lists: Sequence[PlantedList]
    facts: Sequence[PlantedFact]


def load_sample_once(suite: Suite) -> None:
    """Make the sample county's files and import them, unless this suite has them already."""
    done = suite.var / "sample-loaded"
    if done.exists():
        click.echo("示例县已在库中。")
        return
    folder, started = suite.var / "sample", time.monotonic()
    click.echo(f"正在载入示例县：{SCHOOLS} 所学校，{STUDENTS} 名学生……")
    if not (folder / PLANTED_FILE).exists():  # the last to be written: otherwise they are whole, from a start cut off
        shutil.rmtree(folder, ignore_errors=True)
        today = local_date(SharedClock(suite.clock).now())
        generate(folder, SCHOOLS, STUDENTS, SEED, last_book_day(today), today)
    with httpx.Client() as http:
        api = ApiClient(suite.url("registry"), own_token(suite, COUNTY), http)
        load_county(api, folder, suite.var / "refused")
    done.write_text(f"{SCHOOLS} {STUDENTS} {SEED}\n")
    click.echo(f"示例县已载入，用时 {time.monotonic() - started:.0f} 秒。")
    click.echo(f"原始表格在 {folder}，退回的行在 {suite.var / 'refused'}。")


def last_book_day(today: date) -> date:
    """Attendance is kept up to today, so that the county looks lived in whenever it is tried.

    A school year younger than the weeks of attendance that the county has cannot show them: then the last one's end.
    Such old books are believed an hour later, and the suspected are in the queue of differences from the run after.
    """
    return date(today.year, 6, 30) if today.month in YOUNG_TERM else today


def load_county(api: ApiClient, folder: Path, refused: Path) -> None:
    """Load a sample county's calendar and files in the order in which a county would, compare its lists, look for
    duplicates.
    """
    note = msgspec.json.decode((folder / PLANTED_FILE).read_bytes(), type=ForLoading)
    for calendar in note.calendars:
        load_calendar(api, folder / calendar.file, calendar.document)
    for kind, files in (
        ("divisions", "行政区划*.xlsx"),
        ("schools", "学校名单*.xlsx"),
        ("rosters", "花名册/*.xlsx"),
        ("households", "贫困名单*.xlsx"),
        ("groups", "重点群体名单*.xlsx"),
        ("guardians", "监护人名单*.xlsx"),
    ):
        import_files(api, import_of(kind), sorted(folder.glob(files)), refused)
    for week in sorted((folder / "考勤").iterdir()):
        import_files(api, import_of("attendance"), sorted(week.glob("*.xlsx")), refused / week.name)
    import_files(api, import_of("rosters"), sorted(folder.glob("花名册-*.xlsx")), refused)
    for each in note.lists:
        import_files(api, list_of(each.kind, each.list_on, each.source), [folder / each.file], refused)
    for fact in note.facts:
        tell(api, fact)
    compare_lists(api)
    find_duplicates(api)


def load_calendar(api: ApiClient, file: Path, document: str) -> None:
    """What holds on which day, before anything is told of days. Raises ApiProblem."""
    body = {"document": document, "content": file.read_text("utf-8")}
    api.post(CALENDARS, body, hashlib.sha256(msgspec.json.encode(body)).hexdigest())
    click.echo(f"校历已载入：{file.name}")


def tell(api: ApiClient, fact: PlantedFact) -> None:
    """What no list says. Raises ApiProblem."""
    key = hashlib.sha256(msgspec.json.encode(fact)).hexdigest()
    where = fact.path
    if fact.key:
        child = api.post("/api/v1/children/searches", {"id_number": fact.key})["child"]["child_id"]
        where = f"children/{child}/{fact.path}"
    api.post(f"/api/v1/{where}", fact.body, key)


def compare_lists(api: ApiClient) -> None:
    """Fill the queue of differences, and say how many there are."""
    api.wait_for_job(api.post("/api/v1/reconciliations", {})["id"])
    queue = api.get("/api/v1/ledgers/differences", limit=1, count=True)
    click.echo(f"名单已比对，差异台账有 {queue['total']} 条。")


def find_duplicates(api: ApiClient) -> None:
    """Fill the queue of files that may be one child's, and say how many pairs there are."""
    api.wait_for_job(api.post("/api/v1/duplicates/searches", {})["id"])
    queue = api.get("/api/v1/ledgers/duplicates", limit=1, count=True)
    click.echo(f"重复档案已查找，疑似重复档案台账有 {queue['total']} 对。")
