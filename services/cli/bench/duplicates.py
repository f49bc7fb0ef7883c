"""Finding children who are registered twice, among as many who only look so."""

from collections import Counter
from collections.abc import Iterator, Set

from services.cli.bench.ground import Ground
from services.cli.bench.lines import Line, below
from services.cli.bench.peak import forget_peak, peak_mb
from services.cli.bench.rounds import timed
from services.cli.bench.twice import county_with_twice, kinds
from services.registry.children.ids import ChildId
from services.registry.duplicates.matching import limits, pairs

METHOD = """\
A county of generated families in which some children have a second file, of one kind of mistake each; half of those
files lack household and telephone and name another village. As many as eight times more files are of twins,
brothers and sisters, cousins and namesakes, and names are as frequent as people give them. Precision: how many of the
found pairs are one child. Recall: how many of the planted pairs were found."""
SEED = 1
Found = Set[tuple[ChildId, ChildId]]


def measure(ground: Ground) -> Iterator[Line]:
    made = county_with_twice(ground.size.county_schools, ground.size.county_students, SEED)
    found = set[tuple[ChildId, ChildId]]()
    forget_peak()
    seconds = timed(lambda: found.update((p.first.id, p.second.id) for p in pairs(made.people, limits())))
    name = f"duplicates among {len(made.people):,} files"
    yield Line(name=f"{name}, search", value=seconds, unit="s")
    yield below(f"{name}, memory", peak_mb(), "MB", 1000)
    yield Line(name=f"{name}, pairs found", value=len(found), unit="pairs")
    yield Line(name=f"{name}, precision", value=100 * len(found & made.twice.keys()) / len(found), unit="%")
    for kind in kinds(made.twice):
        of_kind = {pair for pair, of in made.twice.items() if of == kind}
        yield Line(name=f"{name}, recall, {kind}", value=100 * len(found & of_kind) / len(of_kind), unit="%")
    wrong = Counter(made.alike.get(pair, "chance") for pair in found - made.twice.keys())
    for kind in [*kinds(made.alike), "chance"]:
        yield Line(name=f"{name}, wrong pairs, {kind}", value=wrong[kind], unit="pairs")
