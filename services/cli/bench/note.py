"""`docs/benchmarks.md`: the last figures of each measure with its day, machine, versions and method; each aim met or
missed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.cli.bench.lines import Line
from services.cli.bench.record import Taken

_INTRODUCTION = """\
# Benchmarks

Written by `make bench`; do not edit. Each measure is taken as a whole, by itself (`make bench ARGS="--only NAME"`) or
with the others. Each figure stands beside its limit: the same work done in bare pymongo (for imports bare
python-calamine and pymongo) in the same run, on the same database server. Where there is no bare equivalent, the limit
is the aim itself. Ours and the bare work run by turns in alternating rounds after a warm-up round, and a figure is the
median over its rounds, so that what else the machine does falls on both alike. The ratio is the value by the limit.
The database is the embedded server of this suite, each commit synced to disk, on the same machine as everything else:
its speed is a floor, not MongoDB's."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure: its name, how it is taken, what is known of its costs, and what it gave last."""

    name: str
    method: str
    costs: str
    taken: Taken


def written(measured: Sequence[Measured], remarks: Sequence[str] = ()) -> str:
    """The whole document."""
    parts = [_INTRODUCTION, "## Figures", _figures(measured), *remarks, *(_section(each) for each in measured)]
    return "\n\n".join(parts) + "\n"


def _figures(measured: Sequence[Measured]) -> str:
    rows = [
        (*line.cells, *_verdict(line), each.taken.on.isoformat()) for each in measured for line in each.taken.lines
    ]
    return _table(("name", "value", "limit", "ratio", "aim", "", "measured on"), rows)


def _verdict(line: Line) -> tuple[str, str]:
    if line.met is None:
        return "-", ""
    return f"{line.aim}", "met" if line.met else "**missed**"


def _section(measured: Measured) -> str:
    taken = measured.taken
    where = ", ".join(f"{name} {value}" for name, value in (*taken.machine.items(), *taken.versions.items()))
    costs = f"\n\n{measured.costs}" if measured.costs else ""
    return f"## {measured.name}\n\n{measured.method}{costs}\n\nMeasured on {taken.on.isoformat()}: {where}."


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
