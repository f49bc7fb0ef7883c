"""Comparing a population with its student files, beside two dictionaries of bare keys."""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256

from services.cli.bench.ground import Ground
from services.cli.bench.lines import AtLeast, Line, below
from services.cli.bench.peak import forget_peak, peak_mb
from services.cli.bench.rounds import alternate, timed
from services.registry.children.ids import ChildId
from services.registry.children.statuses import Attendance, Registration
from services.registry.policy import read_policy
from services.registry.reconciliation.compare import Lists, compare
from services.registry.reconciliation.people import Pupil
from services.registry.reconciliation.reasons import reasons
from services.registry.snapshots.lines import Line as ListLine

METHOD = """\
`compare` of the registry's reconciliation over as many people, student files and pupils, of whom one in a hundred has
no file and one in ninety-seven is at no school. The bare side makes the same lines and keeps their keys in
dictionaries, and takes the differences of their key sets: no reasons, no ages, no proposals. Memory is the most that
the process held during the measure, both sides included."""

AIM = AtLeast(0.3)
MOST_MB = 1000.0
ON = date(2026, 11, 20)
_FIRST_BIRTH, _BIRTHS = date(2011, 1, 1), 3000
_WITHOUT_FILE, _WITHOUT_SCHOOL = 100, 97


def measure(ground: Ground) -> Iterator[Line]:
    size, rounds = ground.size.reconciled, ground.size.rebuild_rounds
    forget_peak()
    rates = alternate(rounds, lambda: size / timed(lambda: _ours(size)), lambda: size / timed(lambda: _bare(size)))
    name = f"reconciliation of {size:,} people with {size:,} student files"
    yield Line(name=name, value=rates.ours, unit="people/s", limit=rates.bare, aim=AIM)
    yield below(f"{name}, memory", peak_mb(), "MB", MOST_MB)


def _ours(size: int) -> int:
    lists = Lists(people=_people(size), registrations=_files(size), attending=_pupils(size))
    return sum(1 for _ in compare(lists, ON, read_policy().age, reasons()))


def _bare(size: int) -> int:
    pupils = {pupil.id_index for pupil in _pupils(size)}
    files = {line.id_index: line for line in _files(size)}
    people = {line.id_index: line for line in _people(size)}
    return len(people.keys() - files.keys()) + len(files.keys() - pupils)


def _people(size: int) -> Iterator[ListLine]:
    for number in range(size):
        yield ListLine(
            key=_index(number),
            name=f"王小雨{number}",
            id_number=f"3499212014{number:08}",
            id_index=_index(number),
            birth_date=_FIRST_BIRTH + timedelta(days=number % _BIRTHS),
            guardian_name=f"王大山{number}",
            division="349921101201",
        )


def _files(size: int) -> Iterator[ListLine]:
    for number in range(size):
        if number % _WITHOUT_FILE:
            yield ListLine(
                key=f"{number}",
                name=f"王小雨{number}",
                id_index=_index(number),
                student_number=f"G3499212014{number:08}",
                number_index=_index(-number - 1),
                school="2134000001",
                state="ACTIVE",
            )


def _pupils(size: int) -> Iterator[Pupil]:
    for number in range(size):
        if number % _WITHOUT_SCHOOL:
            yield Pupil(
                child_id=ChildId(f"c{number}"),
                attendance=Attendance.IN_SCHOOL,
                registration=Registration.ACTIVE,
                id_index=_index(number),
                number_index=_index(-number - 1),
                school="2134000001",
            )


def _index(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()[:32]
