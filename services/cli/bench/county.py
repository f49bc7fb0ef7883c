"""A county of the largest size: importing its people, and reading and taking away a ledger of them all."""

import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from pymongo import ASCENDING
from pymongo.cursor import Cursor

from services.cli.bench.ground import Ground
from services.cli.bench.imports import SEED, import_roster
from services.cli.bench.lines import AtLeast, Line, below
from services.cli.bench.lists import compared
from services.cli.bench.peak import forget_peak, peak_mb
from services.cli.bench.pupils import CLERK
from services.cli.bench.rounds import alternate, timed
from services.cli.sample_county.generate import generate
from services.cli.suite import Suite
from services.registry.bootstrap import blueprints
from services.roles import ROLES
from shared.http.app import create_app
from shared.kernel.cursor import encode_place
from shared.kernel.store import Document
from shared.runtime import Runtime
from shared.workbooks.writing import write_table

METHOD = """\
Every roster workbook of `nol sample-county --schools 650 --students 200000 --seed 1 FOLDER`, imported one after the
other as in the measure before. The cost of a row is told twice: over the first tenth of all rows, when the county is
almost empty, and over the last tenth. Memory is the most that the importing process held while it imported.

Then the lists that the county has from outside (population, national student files, last term's rosters, poverty,
disability, deaths, moves) are kept as its offices would bring them, and the reconciliation runs once, from reading the
lists and the children in the database to the last event of the queue: no bare equivalent, so its limit is the aim.

Then the ledger of school-age children (`GET /api/v1/ledgers/school-age-children`, 100 rows a page, for a caller whose
scope is the county) through the whole application in this process: its first page, and the page after half of the
pupils of the school that is the middle one by its code. The bare side knows the schools of that page, and finds the
same rows in them with one pymongo query: flat criteria, the same order. The workbook of the whole ledger (`.xlsx`)
stands beside one such query a school, whose stored values are written with the same library: nothing masked, no words
for codes. Its memory is told by a further run under `tracemalloc`: the most that Python's objects took meanwhile,
beyond what they took before; what the process had once taken from the system does not hide it."""

MOST_IMPORTING_MB, MOST_EXPORTING_MB, DEAREST_ROW = 1000.0, 300.0, 1.25
PAGE_AIM, EXPORT_AIM = AtLeast(0.4), AtLeast(0.3)
VIEW, PAGE = "school-age-children", 100


class NotRead(RuntimeError):
    """The application refused what the measure asked for; the message is its answer."""


def measure(ground: Ground) -> Iterator[Line]:
    folder, size = ground.folder(), ground.size
    generate(folder, size.county_schools, size.county_students, SEED)
    with ground.registry_of_a_suite() as (suite, runtime):
        yield from _importing(runtime, folder, f"import of {size.county_students:,} people")
        yield from compared(runtime, folder)
        yield from _Reader(suite, runtime).lines(f"ledger of {size.county_students:,} children", size.rounds)


# -- importing


def _importing(runtime: Runtime, folder: Path, name: str) -> Iterator[Line]:
    for schools in sorted(folder.glob("学校名单*.xlsx")):
        import_roster(runtime, "schools", schools)
    forget_peak()
    taken = [_taken(runtime, roster) for roster in sorted((folder / "花名册").glob("*.xlsx"))]
    rows, seconds = sum(rows for rows, _ in taken), sum(spent for _, spent in taken)
    tenth = rows // 10
    first, last = _cost(taken, tenth), _cost(taken[::-1], tenth)
    yield Line(name=name, value=rows / seconds, unit="rows/s")
    yield Line(name=f"{name}, first tenth", value=first * 1000, unit="ms/row")
    yield Line(name=f"{name}, last tenth", value=last * 1000, unit="ms/row")
    yield below(f"{name}, last tenth by first", last / first, "times", DEAREST_ROW)
    yield below(f"{name}, memory", peak_mb(), "MB", MOST_IMPORTING_MB)


def _taken(runtime: Runtime, roster: Path) -> tuple[int, float]:
    """The rows of a workbook, and the seconds that they took."""
    counts = Counter[str]()
    seconds = timed(lambda: counts.update(import_roster(runtime, "rosters", roster).counts))
    return counts["changed"] + counts["unchanged"] + counts["refused"], seconds


def _cost(taken: Sequence[tuple[int, float]], rows: int) -> float:
    """Seconds a row over the first workbooks that hold so many rows."""
    seen, spent = 0, 0.0
    for found, seconds in taken:
        seen, spent = seen + found, spent + seconds
        if seen >= rows:
            break
    return spent / seen


# -- reading


class _Reader:
    """Reads the ledger through the whole application, and bare."""

    def __init__(self, suite: Suite, runtime: Runtime) -> None:
        (self._view,) = [view for view in runtime.service.views if view.name == VIEW]
        self._client = create_app(runtime, blueprints(), ROLES).test_client()
        self._token = suite.sign(CLERK, timedelta(hours=6))
        self._rows = runtime.store.ledger_collection(self._view.of)
        self._order = (*self._view.order, "_id")
        known = runtime.store.ledger_collection("schools").find({}, {"_id": 1})
        schools = ["", *sorted(row["_id"] for row in known)]  # a child may be at none
        self._pupils = {school: sum(1 for _ in self._found(school)) for school in schools}
        self._schools = [school for school in schools if self._pupils[school]]

    def lines(self, name: str, rounds: int) -> Iterator[Line]:
        middle = len(self._schools) // 2
        before = self._pupils[self._schools[middle]] // 2
        for which, at, skip in (("first page", 0, 0), ("page in the middle", middle, before)):
            ours, bare = self._page(at, skip), self._bare_page(at, skip)
            rates = alternate(rounds, partial(_a_second, ours), partial(_a_second, bare))
            line = Line(name=f"{name}, {which}", value=rates.ours, unit="pages/s", limit=rates.bare, aim=PAGE_AIM)
            yield line
        count = sum(self._pupils.values())
        rates = alternate(1, lambda: count / timed(self._export), lambda: count / timed(self._bare))
        yield Line(name=f"{name}, workbook", value=rates.ours, unit="rows/s", limit=rates.bare, aim=EXPORT_AIM)
        yield below(f"{name}, workbook, memory", _most_allocated_mb(self._export), "MB", MOST_EXPORTING_MB)

    def _page(self, at: int, skip: int) -> Callable[[], object]:
        """The page after `skip` pupils of the school at this place (0: the first page of all)."""
        cursor = ""
        if skip:
            (row,) = self._found(self._schools[at]).skip(skip - 1).limit(1)
            cursor = encode_place([row[field] for field in self._order])
        return lambda: self._get(f"{VIEW}?limit={PAGE}&cursor={cursor}")

    def _bare_page(self, at: int, skip: int) -> Callable[[], object]:
        to = at
        while sum(self._pupils[school] for school in self._schools[at : to + 1]) <= skip + PAGE:
            to += 1
        schools = {"$in": self._schools[at : to + 1]}
        return lambda: list(self._found(schools).skip(skip).limit(PAGE + 1))

    def _export(self) -> None:
        self._get(f"{VIEW}.xlsx")

    def _bare(self) -> None:
        fields = [column.field for column in self._view.columns]
        headings = [(column.heading, column.width) for column in self._view.columns]
        found = (row for school in self._schools for row in self._found(school))
        rows = ([row.get(field) for field in fields] for row in found)
        with TemporaryFile() as file:
            write_table(cast("BinaryIO", file), "bare", "bare", headings, rows)

    def _found(self, school: str | Document) -> Cursor[Document]:
        criteria = {"school": school, **self._view.where, **CLERK.scope.criteria()}
        return self._rows.find(criteria).sort([(field, ASCENDING) for field in self._order])

    def _get(self, path: str) -> None:
        """Raises NotRead when the application does not answer with what was asked for."""
        answer = self._client.get(f"/api/v1/ledgers/{path}", headers={"Authorization": f"Bearer {self._token}"})
        try:
            if answer.status_code != HTTPStatus.OK:
                raise NotRead(answer.text)
            for _ in answer.iter_encoded():
                pass
        finally:
            answer.close()


def _most_allocated_mb(work: Callable[[], object]) -> float:
    tracemalloc.start()
    try:
        work()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return most / 1_000_000


def _a_second(work: Callable[[], object]) -> float:
    return 1 / timed(work)
