"""A county of the largest size: importing its people, and reading and taking away a ledger of them all."""

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
from shared.kernel.views import ROWS_AT_ONCE
from shared.runtime import Runtime
from shared.workbooks.writing import write_table

METHOD = """\
Every roster workbook of `nol sample-county --schools 650 --students 200000 --seed 1`, imported one after the other as
in the measure before. The cost of a row is told twice: over the first tenth of all rows, when the county is almost
empty, and over the last tenth. Memory is the most that the importing process held while it imported.

Then the lists that the county has from outside (population, national student files, last term's rosters, poverty,
disability, deaths, moves) are kept as its offices would bring them, and the reconciliation runs once, from reading the
lists and the children in the database to the last event of the queue: no bare equivalent, so its limit is the aim.

Then the ledger of school-age children (`GET /api/v1/ledgers/school-age-children`, 100 rows a page, for a caller whose
scope is the county) through the whole application in this process: its first page, and the page after the cursor of
half the county. The bare side finds the same rows with one pymongo query each, by the same criteria in the same order.
The workbook of the whole ledger (`.xlsx`) stands beside one pymongo cursor over all rows in the same order, whose
stored values are written with the same library: nothing masked, no words for codes. Its memory is the most that the
process held meanwhile, beyond what it held before."""

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

    def lines(self, name: str, rounds: int) -> Iterator[Line]:
        cursor, after = self._middle()
        for which, asked, place in (("first page", "", {}), ("page in the middle", f"&cursor={cursor}", after)):
            ours, bare = self._page(asked), self._bare_page(place)
            rates = alternate(rounds, partial(_a_second, ours), partial(_a_second, bare))
            line = Line(name=f"{name}, {which}", value=rates.ours, unit="pages/s", limit=rates.bare, aim=PAGE_AIM)
            yield line
        rates = alternate(1, lambda: self._count() / timed(self._export), lambda: self._count() / timed(self._bare))
        yield Line(name=f"{name}, workbook", value=rates.ours, unit="rows/s", limit=rates.bare, aim=EXPORT_AIM)
        forget_peak()
        before = peak_mb()
        self._export()
        yield below(f"{name}, workbook, memory", peak_mb() - before, "MB", MOST_EXPORTING_MB)

    def _page(self, asked: str) -> Callable[[], object]:
        return lambda: self._get(f"{VIEW}?limit={PAGE}{asked}")

    def _bare_page(self, place: Document) -> Callable[[], object]:
        return lambda: list(self._found(place).limit(PAGE + 1))

    def _export(self) -> None:
        self._get(f"{VIEW}.xlsx")

    def _bare(self) -> None:
        fields = [column.field for column in self._view.columns]
        headings = [(column.heading, column.width) for column in self._view.columns]
        rows = ([row.get(field) for field in fields] for row in self._found({}).batch_size(ROWS_AT_ONCE))
        with TemporaryFile() as file:
            write_table(cast("BinaryIO", file), "bare", "bare", headings, rows)

    def _count(self) -> int:
        return int(self._rows.count_documents(self._criteria({})))

    def _criteria(self, place: Document) -> Document:
        return {"$and": [CLERK.scope.criteria(), dict(self._view.where), place]}

    def _found(self, place: Document) -> Cursor[Document]:
        return self._rows.find(self._criteria(place)).sort([(field, ASCENDING) for field in self._order])

    def _middle(self) -> tuple[str, Document]:
        """The cursor of the page after half of the rows, and the criterion that it stands for."""
        (row,) = self._found({}).skip(self._count() // 2).limit(1)
        place = [(field, row[field]) for field in self._order]
        after = [dict(place[:at]) | {field: {"$gt": value}} for at, (field, value) in enumerate(place)]
        return encode_place([value for _, value in place]), {"$or": after}

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


def _a_second(work: Callable[[], object]) -> float:
    return 1 / timed(work)
