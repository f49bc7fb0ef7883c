"""When the silence of a sheet may be taken for presence.

Nobody is present because nobody named them. Of a class and day presence is concluded when the sheet claims to be
complete, or when the headcount of that class adds up with the names in the sheet; and even then not of whoever is
named in any row, and not where a row leaves open whom it means.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from services.registry.children.ids import ChildId
from services.registry.class_days.known import ClassDay, ClassKey, Doubt, HandedIn


@dataclass(frozen=True, slots=True)
class Mention:
    """A row names somebody of a class on a day, taken or refused; None is what cannot be told of it.

    `present`: it says that the child was there.
    """

    child: ChildId | None
    of_class: ClassKey | None
    day: date | None
    present: bool = False

    def speaks_of(self, of_class: ClassKey, day: date) -> bool:
        return self.of_class in (None, of_class) and self.day in (None, day)


@dataclass(frozen=True, slots=True)
class Count:
    expected: int
    present: int


@dataclass(slots=True)
class Sheet:
    """All that one file says of classes and days. `counts` holds None for a headcount that cannot be read.

    `complete`: it claims to name everybody who was not there, of each of its classes on each of its days.
    """

    complete: bool
    mentions: list[Mention] = field(default_factory=list)
    counts: dict[ClassDay, Count | None] = field(default_factory=dict)

    def covers(self) -> set[ClassDay]:
        """The classes and days that are named; of a complete sheet, each of its classes with each of its days."""
        named = {(each.of_class, each.day) for each in self.mentions if each.of_class and each.day} | set(self.counts)
        if not self.complete:
            return named
        classes, days = {of_class for of_class, _ in named}, {day for _, day in named}
        return {(of_class, day) for of_class in classes for day in days}

    def children_named(self) -> set[ChildId]:
        return {each.child for each in self.mentions if each.child}


def conclude(
    sheet: Sheet, expected: Mapping[ClassDay, int], before: Mapping[ClassDay, HandedIn]
) -> dict[ClassDay, HandedIn]:
    """What a sheet tells of each class and day that it covers, together with what earlier ones told.

    `expected`: how many pupils the registry expects in each class that was counted.
    """
    by_class: dict[ClassKey | None, list[Mention]] = {}
    for each in sheet.mentions:
        by_class.setdefault(each.of_class, []).append(each)
    told = {}
    for of_class, day in sheet.covers():
        near = [*by_class.get(of_class, ()), *by_class.get(None, ())]
        mentions = [each for each in near if each.speaks_of(of_class, day)]
        earlier = before.get((of_class, day), HandedIn())
        told[of_class, day] = earlier.with_more(_of_day(sheet, (of_class, day), mentions, earlier, expected))
    return told


def _of_day(
    sheet: Sheet, at: ClassDay, mentions: Iterable[Mention], earlier: HandedIn, expected: Mapping[ClassDay, int]
) -> HandedIn:
    mentions = list(mentions)
    known = [each for each in mentions if each.child]
    named = frozenset(each.child for each in known if each.child)
    present = frozenset(each.child for each in known if each.child and each.present and each.day)
    certain = frozenset(each.child for each in known if each.child and each.day and not each.present)
    doubt = _doubt(sheet, at, certain | (earlier.named - earlier.present), named | earlier.named, expected)
    if len(known) < len(mentions):
        doubt = Doubt.PERSON_UNKNOWN
    return HandedIn(named, present, not doubt, doubt)


def _doubt(
    sheet: Sheet, at: ClassDay, away: frozenset[ChildId], named: frozenset[ChildId], expected: Mapping[ClassDay, int]
) -> str:
    """`away`: who is named as not there on this very day; `named`: also who may have been."""
    count = sheet.counts.get(at)
    if at in sheet.counts and not (count and len(away) <= count.expected - count.present <= len(named)):
        return Doubt.COUNT_DIFFERS
    if sheet.complete:
        return ""
    if count is None:
        return Doubt.NOT_CLAIMED
    return Doubt.COUNT_TOO_LOW if count.expected < expected.get(at, 0) else ""
