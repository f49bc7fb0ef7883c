"""The last figures of each measure, beside the note, so that one can be taken anew without all the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from services.cli.bench.lines import AtLeast, Below, Line


@dataclass(frozen=True, slots=True)
class Taken:
    """One measure as it was taken: when, where, with which versions, and what it gave."""

    on: date
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    lines: Sequence[Line]


class _Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    name: str
    value: float
    unit: str
    limit: float | None = None
    at_least: float | None = None
    below: float | None = None


class _Taken(msgspec.Struct, frozen=True, kw_only=True):
    on: date
    machine: dict[str, str]
    versions: dict[str, str]
    lines: list[_Line]


def read(path: Path) -> dict[str, Taken]:
    """What is on record; nothing where there is no record yet."""
    if not path.exists():
        return {}
    stored = msgspec.json.decode(path.read_bytes(), type=dict[str, _Taken])
    return {
        name: Taken(each.on, each.machine, each.versions, [_line(line) for line in each.lines])
        for name, each in stored.items()
    }


def write(path: Path, record: Mapping[str, Taken]) -> None:
    stored = {
        name: _Taken(
            on=each.on,
            machine=dict(each.machine),
            versions=dict(each.versions),
            lines=[_stored(line) for line in each.lines],
        )
        for name, each in record.items()
    }
    path.write_bytes(msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")


def _stored(line: Line) -> _Line:
    return _Line(
        name=line.name,
        value=line.value,
        unit=line.unit,
        limit=line.limit,
        at_least=line.aim.ratio if isinstance(line.aim, AtLeast) else None,
        below=line.aim.value if isinstance(line.aim, Below) else None,
    )


def _line(stored: _Line) -> Line:
    aim: AtLeast | Below | None = None
    if stored.at_least is not None:
        aim = AtLeast(stored.at_least)
    elif stored.below is not None:
        aim = Below(stored.below)
    return Line(name=stored.name, value=stored.value, unit=stored.unit, limit=stored.limit, aim=aim)
