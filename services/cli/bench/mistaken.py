"""How a clerk writes a child a second time, and how another child comes to look like one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

from services.cli.sample_county import names
from services.registry.duplicates.person import Person
from shared.calendar.lunar import as_lunar

FATHER, MOTHER, GRANDFATHER = "51", "52", "61"
_SAME_SOUND = dict(
    zip(
        "雨欣梦琪诗涵思妍佳怡晓月静雅紫萱若芷可馨语桐一诺浩宇子轩俊杰文博航天佑嘉豪志明哲泽家伟鸣小",
        "宇新孟奇师寒斯颜嘉宜小悦敬哑子宣弱止渴心羽同伊糯昊羽紫宣骏洁闻勃杭添右佳毫智铭喆择佳玮铭晓",
        strict=True,
    )
)
_GIVEN = "".join(_SAME_SOUND)
Twist = Callable[[Person, Random], Person | None]
"""What a second file says otherwise; None where this child cannot be mistaken so."""
Decoy = Callable[[Person, Random], Person]
"""Another child who is easily taken for this one."""


def _spoken(name: str) -> str | None:
    other = _SAME_SOUND.get(name[-1])
    return name[:-1] + other if other else None


def _same_sound(person: Person, _: Random) -> Person | None:
    name = _spoken(person.name)
    return replace(person, name=name) if name else None


def _one_character(person: Person, random: Random) -> Person:
    return replace(person, name=person.name[:-1] + random.choice(_GIVEN.replace(person.name[-1], "")))


def _day_month(person: Person, _: Random) -> Person | None:
    born = person.birth_date
    if born.day > 12 or born.day == born.month:
        return None
    return replace(person, birth_date=born.replace(month=born.day, day=born.month))


def _one_digit(person: Person, _: Random) -> Person:
    day = person.birth_date.day
    return replace(person, birth_date=person.birth_date.replace(day=day + 10 if day <= 18 else day - 10))


def _years(person: Person, years: int) -> Person | None:
    born = person.birth_date
    if (born.month, born.day) == (2, 29):
        return None
    return replace(person, birth_date=born.replace(year=born.year - years))


def _lunar(person: Person, _: Random) -> Person | None:
    written = as_lunar(person.birth_date)
    return replace(person, birth_date=written) if written else None


def _sex(person: Person, _: Random) -> Person:
    return replace(person, sex="M" if person.sex == "F" else "F")


def _other_parent(person: Person, random: Random) -> Person | None:
    if person.guardian_relation not in (FATHER, MOTHER):
        return None
    girl = person.guardian_relation == FATHER
    family = names.surname(random) if girl else person.name[0]
    return replace(
        person,
        guardian_name=names.adult_name(random, family),
        guardian_relation=MOTHER if girl else FATHER,
        phone_index=f"p{random.random()}",
        birth_date=person.birth_date + timedelta(days=random.choice((-1, 1))),
    )


def _with_relatives(person: Person, random: Random) -> Person:
    """With a grandfather in another township, who is named as the guardian."""
    return replace(
        person,
        guardian_name=names.adult_name(random, person.name[0]),
        guardian_relation=GRANDFATHER,
        household_no=f"h{random.random()}",
        phone_index=f"p{random.random()}",
        division=f"349921{random.randrange(180, 200)}201",
    )


TWISTS: Mapping[str, Twist] = {
    "all the same": lambda person, _: person,
    "name of the same sound": _same_sound,
    "one character of the name": _one_character,
    "day and month exchanged": _day_month,
    "one digit of the day": _one_digit,
    "a year off": lambda person, _: _years(person, 1),
    "three years off": lambda person, _: _years(person, 3),
    "lunar birthday": _lunar,
    "sex mistyped": _sex,
    "the other parent, a day off": _other_parent,
    "with relatives in another township": _with_relatives,
    "two ID numbers": lambda person, _: person,
}


def _twin(person: Person, random: Random) -> Person:
    """At the same school, mostly in the same class; the names differ in one character."""
    class_no = person.class_no if random.random() < 0.7 else person.class_no + 1
    return replace(_one_character(person, random), sex=random.choice("MF"), class_no=class_no)


def _sibling(person: Person, random: Random) -> Person:
    days = random.choice((-1, 1)) * random.randrange(300, 2000)
    named = replace(_one_character(person, random), sex=random.choice("MF"), class_no=1)
    return replace(
        named, birth_date=person.birth_date + timedelta(days=days), grade=max(1, person.grade - days // 365)
    )


def _grade(person: Person, days_later: int) -> int:
    return max(1, person.grade - days_later // 365)


def _cousin(person: Person, random: Random) -> Person:
    """Of another household of the village, with the same grandfather as guardian."""
    born = person.birth_date + timedelta(days=random.randrange(-360, 360))
    away = replace(person, household_no=f"h{random.random()}", phone_index=f"p{random.random()}", birth_date=born)
    return replace(_one_character(away, random), sex=random.choice("MF"))


def _namesake(person: Person, random: Random) -> Person:
    """The same name in the same village, in another family and of about the same age."""
    guardian = names.adult_name(random, person.name[0])
    born = person.birth_date + timedelta(days=random.randrange(-700, 700))
    away = replace(person, household_no=f"h{random.random()}", phone_index=f"p{random.random()}", birth_date=born)
    return replace(away, guardian_name=guardian)


def _born_together(person: Person, random: Random) -> Person:
    """A child of another family of the township, born on the same day with a name of the same sound or nearly."""
    away = _namesake(person, random)
    name = _spoken(person.name) or person.name[:-1] + random.choice(_GIVEN)
    village = f"{person.division[:9]}{random.randrange(201, 230)}"
    return replace(away, name=name, birth_date=person.birth_date, division=village)


DECOYS: Mapping[str, Decoy] = {
    "twins": _twin,
    "siblings": _sibling,
    "cousins": _cousin,
    "namesakes": _namesake,
    "born together": _born_together,
}
