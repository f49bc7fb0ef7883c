"""The whole reconciliation of a county: its lists are kept, and compared with each other and its children."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from services.cli.bench.lines import Line, below
from services.cli.bench.peak import forget_peak, peak_mb
from services.cli.bench.pupils import CLERK
from services.cli.bench.rounds import timed
from services.cli.sample import ForLoading
from services.cli.sample_county.generate import PLANTED_FILE
from services.cli.sample_county.planted import PlantedList
from services.registry.personal import PersonalData
from services.registry.policy import read_policy
from services.registry.reconciliation.running import Parts, reconcile
from services.registry.snapshots.importing import ListFile, import_list
from services.registry.snapshots.kinds import ListKind
from shared.runtime import Runtime

MOST_S, MOST_MB = 600.0, 1000.0


def compared(runtime: Runtime, folder: Path) -> Iterator[Line]:
    """Keep every list of the sample county in `folder`, whose pupils the database has, and compare them."""
    note = msgspec.json.decode((folder / PLANTED_FILE).read_bytes(), type=ForLoading)
    forget_peak()
    kept = Counter[str]()
    seconds = timed(lambda: [kept.update({each.kind: _keep(runtime, folder, each)}) for each in note.lists])
    yield Line(name=f"keeping lists of {kept.total():,} lines", value=kept.total() / seconds, unit="lines/s")
    yield below("keeping those lists, memory", peak_mb(), "MB", MOST_MB)
    forget_peak()
    found = Counter[str]()
    seconds = timed(lambda: found.update(_compare(runtime)))
    name = f"reconciliation of {found['of_age']:,} people of age with {found['registered']:,} student files, whole"
    yield below(name, seconds, "s", MOST_S)
    yield below(f"{name}, memory", peak_mb(), "MB", MOST_MB)


def _keep(runtime: Runtime, folder: Path, each: PlantedList) -> int:
    """How many lines were kept."""
    path = folder / each.file
    file = ListFile(
        kind=ListKind(each.kind), list_on=each.list_on, source=each.source, name=path.name, content=path.read_bytes()
    )
    report = import_list(file, runtime.application, _personal(runtime), CLERK, lambda *_: None)
    return report.counts["good"]


def _compare(runtime: Runtime) -> Counter[str]:
    parts = Parts(
        application=runtime.application,
        personal=_personal(runtime),
        ages=read_policy().age,
        caller=CLERK,
        key="bench",
    )
    return reconcile(parts, lambda *_: None)


def _personal(runtime: Runtime) -> PersonalData:
    return PersonalData(runtime.ports.cipher, runtime.ports.blind_index)
