"""What is done to the lists so that they disagree: each reason of a difference at least once."""

from collections.abc import Sequence
from datetime import timedelta

from services.cli.sample_county.outside import CERTIFICATE, line_of, temporary_number
from services.cli.sample_county.people import Child
from services.cli.sample_county.planted import PlantedFact
from services.cli.sample_county.planting import Planting, Plot
from services.cli.sample_county.rosters import another_school
from services.cli.sample_county.styles import Cells


def at_school_without_file(planting: Planting) -> None:
    child = next(planting.pupils)
    del planting.lists.registrations[child.key]
    planting.finds("at_school_without_file", child, "N1")


def nowhere_but_among_residents(planting: Planting) -> None:
    child = planting.strangers.of_school_age()
    planting.lists.population[child.key] = line_of(child)
    planting.finds("nowhere_but_among_residents", child, "N2")


def said_to_have_moved(planting: Planting) -> None:
    child, moved_on = planting.strangers.of_school_age(), planting.county.term_began - timedelta(days=40)
    planting.lists.population[child.key] = line_of(child)
    planting.lists.migration[child.key] = line_of(child, direction="迁出", moved_on=moved_on, confirmed="待核实")
    planting.finds("said_to_have_moved", child, "N3")


def lost(planting: Planting) -> None:
    """A child that the village knows, and that nobody can find."""
    child, today = planting.strangers.of_school_age(), planting.county.today
    planting.lists.population[child.key] = line_of(child)
    papers = ("INQUIRY_REPORT", "INQUIRY_LETTER", "PHOTO", "SCHOOL_STUB")
    loss = {
        "last_seen": f"{child.household.address}，邻居称全家外出",
        "investigators": ["温主任"],
        "lost_on": today.isoformat(),
        "papers": [{"kind": kind, "reference": f"{today.year}年第7号"} for kind in papers],
    }
    planting.make_known(child)
    planting.planted.facts.append(PlantedFact(key=child.key, path="losses", body=loss))
    planting.finds("lost", child, "N4")


def on_file_and_on_no_roster(planting: Planting) -> None:
    child = planting.strangers.of_school_age()
    planting.lists.population[child.key] = line_of(child)
    planting.lists.registrations[child.key] = line_of(child)
    planting.finds("on_file_and_on_no_roster", child, "R1")


def file_of_nobody(planting: Planting) -> None:
    child = planting.strangers.of_school_age()
    planting.lists.registrations[child.key] = line_of(child)
    planting.finds("file_of_nobody", child, "GHOST")


def file_of_the_dead(planting: Planting) -> None:
    child, died_on = planting.strangers.of_school_age(), planting.county.term_began
    planting.lists.population[child.key] = line_of(child)
    planting.lists.registrations[child.key] = line_of(child)
    planting.lists.deaths[child.key] = line_of(child, died_on=died_on)
    planting.finds("file_of_the_dead", child, "GHOST")


def two_files(planting: Planting) -> None:
    child = next(planting.pupils)
    other = another_school(planting.county.places.schools, child)
    second = line_of(child, student_number=temporary_number(child), school_code=other.code, school_name=other.name)
    planting.lists.registrations[f"{child.key}:2"] = second
    planting.finds("two_files", child, "DUP")


def file_at_another_school(planting: Planting) -> None:
    child = next(planting.pupils)
    other = another_school(planting.county.places.schools, child)
    elsewhere = line_of(child, school_code=other.code, school_name=other.name)
    planting.lists.registrations[child.key] = elsewhere
    planting.finds("file_at_another_school", child, "OTHER_SCHOOL")


def gone_since_last_term(planting: Planting) -> None:
    child = planting.strangers.in_grade(planting.county.places.schools[0], 3)
    planting.lists.add_to_last_rosters(child)
    planting.finds("gone_since_last_term", child, "ROSTER_MISSING")


def same_by_guardians_name(planting: Planting) -> None:
    """The school wrote no identity number, and the name with a space."""
    child = planting.strangers.of_school_age()
    file = line_of(child, name=f"{child.name[0]}　{child.name[1:]}", guardian_id_number=None)
    _without_number_on_file(planting, "same_by_guardians_name", line_of(child), file, child)


def same_by_guardians_old_number(planting: Planting) -> None:
    """The residents' list has the guardian with 15 digits, the student file with 18 and by another name."""
    child = planting.strangers.of_school_age()
    number = child.household.guardian.id_number
    resident = line_of(child, guardian_id_number=number[:6] + number[8:17])
    file = line_of(child, guardian_name=f"{child.household.family}老五")
    _without_number_on_file(planting, "same_by_guardians_old_number", resident, file, child)


def certified_and_not_placed(planting: Planting) -> None:
    child = next(planting.pupils)
    planting.lists.disability[child.key] = line_of(child, certificate=CERTIFICATE)
    planting.finds("certified_and_not_placed", child, "D1")


def certified_and_known_to_nobody(planting: Planting) -> None:
    child = planting.strangers.of_school_age()
    planting.lists.disability[child.key] = line_of(child, certificate=CERTIFICATE)
    planting.finds("certified_and_known_to_nobody", child, "D1")


def recorded_and_not_placed(planting: Planting) -> None:
    child = next(planting.pupils)
    planting.record_disability(child)
    planting.finds("recorded_and_not_placed", child, "D2")


def _without_number_on_file(planting: Planting, why: str, resident: Cells, file: Cells, child: Child) -> None:
    """Nothing but name, birth date and guardian say that the resident and the student file are one."""
    number = temporary_number(child)
    planting.lists.population[child.key] = resident
    planting.lists.registrations[number] = file | {"id_number": None, "student_number": number}
    planting.finds(why, child, "N2", "SAME_PERSON")
    planting.finds(why, child, "GHOST", key=number)


DISAGREEMENTS: Sequence[Plot] = (
    at_school_without_file,
    nowhere_but_among_residents,
    said_to_have_moved,
    lost,
    on_file_and_on_no_roster,
    file_of_nobody,
    file_of_the_dead,
    two_files,
    file_at_another_school,
    gone_since_last_term,
    same_by_guardians_name,
    same_by_guardians_old_number,
    certified_and_not_placed,
    certified_and_known_to_nobody,
    recorded_and_not_placed,
)
