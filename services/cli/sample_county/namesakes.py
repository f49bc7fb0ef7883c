"""Two schools of one name in two townships, and a list that names them by their name alone."""

from pathlib import Path

from services.cli.sample_county.county import County
from services.cli.sample_county.people import Child
from services.cli.sample_county.places import PRIMARY, School, school_code
from services.cli.sample_county.planted import Planted
from services.cli.sample_county.reserve import Reserve
from services.cli.sample_county.roster_faults import RosterFault
from services.cli.sample_county.supplements import Entry, write_supplement

NAME = "明德小学"
FILE = f"花名册-{NAME}.xlsx"
_BY_NAME_ALONE = RosterFault("school_by_name_alone", "row-school-ambiguous")


def make_namesakes(county: County) -> tuple[School, ...]:
    """Both stand on the list of schools; whoever is on their list is at another school so far."""
    numbers = range(len(county.places.schools), len(county.places.schools) + 2)
    townships = [villages[0].township for villages in county.places.villages.values()]
    district = county.places.schools[-1].district
    return tuple(
        School(school_code(PRIMARY, number), NAME, PRIMARY, township, district, number)
        for number, township in zip(numbers, townships, strict=False)
    )


def choose_for_namesakes(reserve: Reserve) -> list[Child]:
    return list(reserve.take(fits=lambda child: child.grade in PRIMARY.grades))


def write_namesakes(target: Path, schools: tuple[School, ...], children: list[Child], planted: Planted) -> None:
    """The county cannot tell which of the two is meant; each of them, sending it in itself, is."""
    entries = [Entry(child, schools[0], _BY_NAME_ALONE, coded=False) for child in children]
    write_supplement(target, FILE, entries, planted)
