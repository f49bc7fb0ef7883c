"""Finding children who are registered twice, among more who only look so."""

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass

from services.cli.bench.ground import Ground
from services.cli.bench.lines import AtLeast, Line, below
from services.cli.bench.peak import forget_peak, peak_mb
from services.cli.bench.rounds import timed
from services.cli.bench.single_agreements import single_agreements
from services.cli.bench.twice import Twice, county_with_twice, kinds
from services.registry.children.ids import ChildId
from services.registry.duplicates.matching import Found, search
from services.registry.duplicates.weights import Level, weights

METHOD = """\
A county of generated families in which some children have a second file, each with one kind of mistake and mostly
without an identity number. Half of the second files also lack household and telephone and name another village of the
township. Eight times as many further files are of twins, brothers and sisters, cousins, namesakes of the village and
children born on the same day; one child in a hundred has one of ten popular names. Recall is how many of the planted
pairs are found, precision how many of the found pairs were planted; of pairs that were not, it is told whose they are.
The points were set on the county of another seed. `search` is the registry's, in memory, without reading the files
from the database; the bare side is the rule that was in force before: name or birth date off in one way, all else
exactly the same."""

SEED = 1
AT_LEAST_AS_MANY = AtLeast(1.0)
MOST_S, MOST_MB = 120.0, 1000.0
Ids = tuple[ChildId, ChildId]


def measure(ground: Ground) -> Iterator[Line]:
    size = ground.size
    made = county_with_twice(size.county_schools, size.county_students, SEED)
    name = f"duplicates among {len(made.people):,} files"
    before = single_agreements(made.people)
    forget_peak()
    results = list[Found]()
    seconds = timed(lambda: results.append(_searched(made)))
    yield below(f"{name}, search", seconds, "s", MOST_S)
    yield below(f"{name}, memory", peak_mb(), "MB", MOST_MB)
    (result,) = results
    yield Line(name=f"{name}, not compared with everybody", value=len(result.unsearched), unit="files")
    found = {(pair.first.id, pair.second.id) for pair in result.pairs}
    likely = {(pair.first.id, pair.second.id) for pair in result.pairs if pair.level is Level.LIKELY}
    yield Line(name=f"{name}, pairs planted", value=len(made.twice), unit="pairs")
    yield Line(name=f"{name}, pairs found", value=len(found), unit="pairs", limit=len(before))
    yield Line(name=f"{name}, LIKELY among them", value=len(likely), unit="pairs")
    yield from _Judged(made, name, found, before).lines()
    yield Line(name=f"{name}, precision of LIKELY", value=_share(likely, made.twice.keys(), likely), unit="%")


def _searched(made: Twice) -> Found:
    return search(made.people, weights(), lambda person: made.numbers.get(person.id, ""))


@dataclass(frozen=True, slots=True)
class _Judged:
    """What was found, beside what the rule before finds of the same files."""

    made: Twice
    name: str
    found: Set[Ids]
    before: Set[Ids]

    def lines(self) -> Iterator[Line]:
        true = self.made.twice.keys()
        yield self._line("precision", _share(self.found, true, self.found), _share(self.before, true, self.before))
        yield self._recall("recall", true)
        yield self._recall("recall, second files with gaps", self.made.with_gaps)
        for kind in kinds(self.made.twice):
            yield self._recall(f"recall, {kind}", {pair for pair, of in self.made.twice.items() if of == kind})
        wrong, wrong_before = self._wrong(self.found), self._wrong(self.before)
        for kind in [*kinds(self.made.alike), _NOBODY]:
            told = f"{self.name}, wrong pairs, {kind}"
            yield Line(name=told, value=wrong[kind], unit="pairs", limit=wrong_before[kind])

    def _recall(self, name: str, wanted: Set[Ids]) -> Line:
        return self._line(name, _share(self.found, wanted, wanted), _share(self.before, wanted, wanted))

    def _line(self, name: str, value: float, before: float) -> Line:
        aim = AT_LEAST_AS_MANY if before else None
        return Line(name=f"{self.name}, {name}", value=value, unit="%", limit=before, aim=aim)

    def _wrong(self, found: Set[Ids]) -> Counter[str]:
        return Counter(self.made.alike.get(pair, _NOBODY) for pair in found - self.made.twice.keys())


_NOBODY = "by chance"


def _share(found: Set[Ids], wanted: Set[Ids], of: Set[Ids]) -> float:
    return 100 * len(found & wanted) / len(of) if of else 100.0
