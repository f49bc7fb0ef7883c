"""The comparison against a slow one that says plainly what is meant, on any lists, in any order of rows."""

from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from services.registry.children.statuses import Attendance, Registration
from services.registry.policy import read_policy
from services.registry.reconciliation.compare import Difference, Lists, compare
from services.registry.reconciliation.people import REGISTERED, Pupil
from services.registry.reconciliation.reasons import reasons
from services.registry.snapshots.lines import Line
from tests.registry.reconciliation.people import BORN, ON, OTHER, SCHOOL, file, line, pupil, unknown

AGES = read_policy().age
TABLE = reasons()
HERE = TABLE.at_school | TABLE.of_school_but_elsewhere
WHO = {identity: id_ for id_ in "ABCD" for identity in (f"c{id_}", unknown(id_))}
TOO_OLD = date(2009, 1, 1)

ids = st.sampled_from(["A", "B", "C", "D"])
people = st.lists(st.builds(line, ids, birth_date=st.sampled_from([BORN, BORN, TOO_OLD])), max_size=6)
files = st.lists(
    st.builds(
        file,
        ids,
        number_index=st.sampled_from(["G1", "G2"]),
        school=st.sampled_from([SCHOOL, OTHER]),
        state=st.sampled_from(["ACTIVE", "ACTIVE", "ENDED"]),
    ),
    max_size=6,
    unique_by=lambda each: (each.id_index, each.number_index, each.school),
).map(lambda found: [own_number(each) for each in found])
pupils = st.lists(
    st.builds(
        pupil,
        ids,
        status=st.sampled_from(sorted(set(Attendance) - {Attendance.MERGED})),
        registration=st.sampled_from(sorted(Registration)),
        remark=st.sampled_from(["", "在家反省"]),
        poor=st.booleans(),
        disabled=st.booleans(),
        placed=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda each: each.child_id,
)
moves = st.lists(
    st.builds(
        line,
        ids,
        state=st.sampled_from(["OUT", "IN"]),
        on=st.sampled_from([date(2026, 6, 1), date(2026, 7, 1)]),
        confirmed=st.booleans(),
        key=st.uuids().map(str),
    ),
    max_size=4,
)
some = st.lists(st.builds(line, ids), max_size=3)
any_lists = st.builds(
    Lists,
    people=people,
    registrations=st.none() | files,
    attending=pupils,
    poor=some,
    deaths=some,
    migrated=moves,
    disabled=people,
)


def own_number(each: Line) -> Line:
    """Numbers of different persons differ."""
    return file(
        each.id_index,
        number_index=f"{each.number_index}{each.id_index}",
        school=each.school,
        state=each.state,
        key=f"{each.number_index}{each.id_index}{each.school}",
    )


def plainly(lists: Lists) -> set[tuple[str, str, bool]]:
    """What is meant, person by person, each list read through anew for each question."""
    found = set()
    for id_ in "ABCD":
        known = next((each for each in lists.attending if each.id_index == id_), None)
        judged = without_file(lists, id_, known), with_file(lists, id_, known), where(lists, id_, known)
        for reason in (*judged, twice(lists, id_), unplaced(lists, id_, known)):
            if reason:
                poor = any(each.id_index == id_ for each in lists.poor) or bool(known and known.poor)
                found.add((id_, reason, poor))
    return found


def of_population(lists: Lists, id_: str) -> list[Line]:
    return [each for each in (*lists.people, *lists.poor) if each.id_index == id_]


def belongs(lists: Lists, id_: str, known: Pupil | None) -> bool:
    """To the population: on a list of it, or known here to be at no school."""
    return bool(of_population(lists, id_)) or at_no_school(known)


def at_no_school(known: Pupil | None) -> bool:
    return known is not None and known.attendance in (Attendance.NEVER_ENROLLED, Attendance.UNTRACEABLE)


def active(lists: Lists, id_: str) -> list[Line]:
    return [each for each in lists.registrations or () if each.id_index == id_ and each.state == "ACTIVE"]


def on_file(lists: Lists, id_: str) -> bool:
    if lists.registrations is not None:
        return bool(active(lists, id_))
    return any(each.id_index == id_ and each.registration in REGISTERED for each in lists.attending)


def last_moves(lists: Lists, id_: str) -> list[Line]:
    """The moves of the last day: who went out and in on one day is not known to be away."""
    moves = [each for each in lists.migrated if each.id_index == id_]
    return [each for each in moves if each.on == max(other.on for other in moves)]


def gone(lists: Lists, id_: str) -> bool:
    moves = last_moves(lists, id_)
    moved = {each.state for each in moves} == {"OUT"} and any(each.confirmed for each in moves)
    return moved or any(each.id_index == id_ for each in lists.deaths)


def without_file(lists: Lists, id_: str, known: Pupil | None) -> str:
    of_age = any(each.birth_date == BORN for each in of_population(lists, id_)) or at_no_school(known)
    if not of_age or gone(lists, id_) or on_file(lists, id_) or (known and known.attendance in TABLE.explained):
        return ""
    if known and known.attendance is Attendance.UNTRACEABLE:
        return "N4"
    if known and known.attendance in HERE:
        return "N1"
    return "N3" if any(each.state == "OUT" for each in last_moves(lists, id_)) else "N2"


def with_file(lists: Lists, id_: str, known: Pupil | None) -> str:
    if not on_file(lists, id_):
        return ""
    if known is None:
        return "R1" if belongs(lists, id_, known) and not gone(lists, id_) else "GHOST"
    if known.attendance in TABLE.explained:
        return ""
    if known.remark and known.attendance in TABLE.kept_away:
        return "R2"
    if known.attendance in HERE:
        return ""
    return "GHOST" if gone(lists, id_) else "R1"


def twice(lists: Lists, id_: str) -> str:
    return "DUP" if len({(each.number_index, each.school) for each in active(lists, id_)}) > 1 else ""


def where(lists: Lists, id_: str, known: Pupil | None) -> str:
    at_home = known is not None and known.attendance in HERE and not with_file(lists, id_, known)
    elsewhere = active(lists, id_) and all(each.school == OTHER for each in active(lists, id_))
    return "OTHER_SCHOOL" if at_home and elsewhere else ""


def unplaced(lists: Lists, id_: str, known: Pupil | None) -> str:
    certified = any(each.id_index == id_ and each.birth_date == BORN for each in lists.disabled)
    if not certified or gone(lists, id_) or (known and (known.placed or known.attendance in TABLE.explained)):
        return ""
    return "D2" if known and known.disabled else "D1"


def compared(lists: Lists) -> list[Difference]:
    return list(compare(lists, ON, AGES, TABLE))


def told(difference: Difference) -> tuple[str, str, bool]:
    return WHO[difference.identity], difference.reason, difference.poor


@given(any_lists)
@settings(max_examples=400)
def test_it_finds_exactly_what_is_meant(lists: Lists) -> None:
    assert {told(each) for each in compared(lists)} == plainly(lists)


@given(any_lists)
def test_a_person_has_one_difference_of_a_family(lists: Lists) -> None:
    families = [(each.identity, TABLE.reason[each.reason].family) for each in compared(lists)]
    assert len(families) == len(set(families))


@given(any_lists, st.integers())
def test_the_order_of_rows_does_not_matter(lists: Lists, seed: int) -> None:
    random = Random(seed)

    def shuffled(rows: object) -> object:
        return random.sample(list(rows), len(list(rows))) if isinstance(rows, list) else rows

    fields = ("people", "registrations", "attending", "poor", "deaths", "migrated", "disabled")
    other = Lists(**{name: shuffled(getattr(lists, name)) for name in fields})  # type: ignore[arg-type]  # rows stay rows
    assert compared(lists) == compared(other)
