"""Children and guardians with regular identity numbers."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from services.cli.sample_county import names
from services.cli.sample_county.places import School, Village
from shared.identifiers.bank_account import luhn_holds
from shared.identifiers.resident_id import check_character

_CARD_PREFIX = "990000"  # no bank issues it
PHONE_PREFIX = "1990000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    name: str
    relation: str
    id_number: str
    phone: str
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    household_no: str
    family: str
    village: Village
    address: str
    guardian: Guardian


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A pupil as the county knows it; the sheets show it with the schools' habits and mistakes."""

    name: str
    girl: bool
    born_on: date
    id_number: str | None
    student_number: str
    ethnicity: str
    school: School
    grade: int
    class_no: int
    boarder: bool
    enrolled_on: date
    household: Household

    @property
    def key(self) -> str:
        """What a list knows the child by: the identity number, or the student number without one."""
        return self.id_number or self.student_number


@dataclass(slots=True)
class Registrar:
    """Gives out identity numbers, no two alike, and what else belongs to a person.

    Two registrars give out different numbers where they begin far enough from each other: `first` of the numbers of
    one day and sex, after `households` households.
    """

    random: Random
    first: int = 0
    households: int = 0
    _given: dict[tuple[date, bool], int] = field(default_factory=lambda: defaultdict(int))

    def id_number(self, born_on: date, girl: bool) -> str:
        given = self.first + self._given[born_on, girl]
        self._given[born_on, girl] += 1
        first_17 = f"{names.COUNTY_CODE}{born_on:%Y%m%d}{given * 2 + (2 if girl else 1):03}"
        return first_17 + check_character(first_17)

    def household(self, village: Village) -> Household:
        random, family = self.random, names.surname(self.random)
        self.households += 1
        relation, girl = random.choice((("父亲", False), ("父亲", False), ("母亲", True), ("祖父", False)))
        born = date(1950 if relation == "祖父" else 1980, 1, 1) + timedelta(days=random.randrange(4000))
        guardian = Guardian(
            name=names.adult_name(random, names.surname(random) if girl else family),
            relation=relation,
            id_number=self.id_number(born, girl),
            phone=f"{PHONE_PREFIX}{random.randrange(10**4):04}",
            account=self._account(),
        )
        number = f"{names.COUNTY_CODE}{self.households:07}"
        address = f"{village.township.name}{village.name}{random.randint(1, 20)}组{random.randint(1, 90)}号"
        return Household(household_no=number, family=family, village=village, address=address, guardian=guardian)

    def _account(self) -> str:
        start = f"{_CARD_PREFIX}{self.random.randrange(10**12):012}"
        return next(start + digit for digit in "0123456789" if luhn_holds(start + digit))
