"""Importing a county's rosters, beside reading the sheets bare and inserting the same documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook

from services.cli.bench.ground import Ground
from services.cli.bench.lines import AtLeast, Line
from services.cli.bench.pupils import CLERK
from services.cli.bench.rounds import timed
from services.cli.bench.twin import Twin, twin_of
from services.cli.bench.written import Written, written_by
from services.cli.sample_county.generate import generate
from services.registry.imports.importing import import_file
from services.registry.imports.report import File, ImportReport
from services.registry.personal import PersonalData
from shared.kernel.application import MAX_ORDERS_A_TRANSACTION
from shared.kernel.recorded import Recorded
from shared.runtime import Runtime

METHOD = """\
Every roster workbook of `nol sample-county --schools 65 --students 20000 --seed 1 FOLDER`, faults included,
through the registry's `import_file`: the header found, each row checked, personal data sealed, known children looked
up, commands carried out in transactions of up to 500. The bare side reads the same bytes with python-calamine, all
sheets to plain lists, and inserts the documents which that import wrote with pymongo, in transactions of the same
size; nothing is checked or sealed. The two go by turns, workbook by workbook; the first workbook is warm-up. Rows are
those that the import read as pupils, good or bad."""

AIM = AtLeast(0.4)
SEED = 1


@dataclass(slots=True)
class _Spent:
    """What the workbooks so far have taken."""

    rows: int = 0
    ours_s: float = 0.0
    bare_s: float = 0.0


def measure(ground: Ground) -> Iterator[Line]:
    folder = ground.folder()
    generate(folder, ground.size.schools, ground.size.students, SEED)
    with ground.registry() as runtime:
        for schools in sorted(folder.glob("学校名单*.xlsx")):
            import_roster(runtime, "schools", schools)
        with twin_of(runtime.store, runtime.ports.settings.mongo_uri) as twin:
            first, *others = sorted((folder / "花名册").glob("*.xlsx"))
            _both(runtime, twin, first, _Spent())
            spent = _Spent()
            for roster in others:
                _both(runtime, twin, roster, spent)
    name = f"import of {ground.size.students:,} roster rows"
    yield Line(name=name, value=spent.rows / spent.ours_s, unit="rows/s", limit=spent.rows / spent.bare_s, aim=AIM)


def _both(runtime: Runtime, twin: Twin, roster: Path, spent: _Spent) -> None:
    before, since = runtime.store.positions(), runtime.ports.clock.now()
    reports: list[ImportReport] = []
    spent.ours_s += timed(lambda: reports.append(import_roster(runtime, "rosters", roster)))
    counts = reports[0].counts
    spent.rows += counts["changed"] + counts["unchanged"] + counts["refused"]
    portions = written_by(runtime.store, _portions(_recorded_after(runtime, before)), since)
    content = roster.read_bytes()
    spent.bare_s += timed(lambda: _bare(twin, content, portions))


def import_roster(runtime: Runtime, kind: str, path: Path) -> ImportReport:
    """Import a workbook as the API does."""
    file = File(kind=kind, name=path.name, content=path.read_bytes())
    personal = PersonalData(runtime.ports.cipher, runtime.ports.blind_index)
    return import_file(file, runtime.application, personal, CLERK, lambda *_: None)


def _bare(twin: Twin, content: bytes, portions: Sequence[Written]) -> None:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python()
    for portion in portions:
        twin.write(portion)


def _recorded_after(runtime: Runtime, positions: Sequence[int]) -> list[Recorded]:
    return [
        event
        for partition, position in enumerate(positions)
        for event in runtime.store.read_partition(partition, position)
    ]


def _portions(events: Sequence[Recorded]) -> list[list[str]]:
    """The events' ids in portions of as many streams as the import puts commands into a transaction."""
    of_stream: dict[str, list[str]] = {}
    for event in events:
        of_stream.setdefault(event.stream, []).append(event.id)
    streams = list(of_stream.values())
    cuts = range(0, len(streams), MAX_ORDERS_A_TRANSACTION)
    return [[id_ for stream in streams[cut : cut + MAX_ORDERS_A_TRANSACTION] for id_ in stream] for cut in cuts]
