"""A spell of absence: what was said of a child's days since the last settled one, and what was concluded.

A *said* day is a fact: somebody wrote it down. A *presumed* day of presence is concluded from a sheet that does not
name the child. A presumption ends a spell only until somebody says that the child was absent on that very day: then
the spell stands as if nobody had presumed anything. An *excused* day of leave ends a spell, too. But it does not say
that the child came: what was missed before it, and is entered later, still counts.
"""

from bisect import bisect
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """`said`: the unexcused days since the last settled one, in order. `presumed`: days of presence that were
    concluded since then, and `excused`: days of leave; none of them is said to be unexcused. `missing_since`: of a
    child that only its arrival brings back (suspected, not arrived, not resumed), the day since which each day
    counts, whatever the sheets say. `believed_from`: a spell out of an old sheet is not acted upon before this
    moment, for more sheets may follow.
    """

    said: tuple[date, ...] = ()
    presumed: frozenset[date] = frozenset()
    excused: frozenset[date] = frozenset()
    missing_since: date | None = None
    believed_from: datetime | None = None

    @property
    def runs(self) -> tuple[tuple[date, ...], ...]:
        """The unexcused days that no presence has ended, in order, parted by the days of leave."""
        came = max(self.presumed, default=date.min)
        breaks = sorted(day for day in self.excused if day > came)
        missed = (day for day in self.said if day > came)
        return tuple(tuple(run) for _, run in groupby(missed, key=lambda day: bisect(breaks, day)))

    @property
    def days(self) -> tuple[date, ...]:
        """The unexcused days that neither presence nor leave has ended, in order."""
        last = max(self.presumed | self.excused, default=date.min)
        return tuple(day for day in self.said if day > last)

    @property
    def since(self) -> date | None:
        return next(iter(self.days), None)

    @property
    def on_leave(self) -> bool:
        """Whether the last day of which anything is known is one of leave."""
        last = max(self.excused, default=date.min)
        return last > max(self.presumed, default=date.min) and not self.days

    def with_absence(self, day: date, believed_from: datetime | None) -> "Spell":
        said = tuple(sorted({*self.said, day}))
        presumed, excused = self.presumed - {day}, self.excused - {day}
        return replace(self, said=said, presumed=presumed, excused=excused, believed_from=believed_from)

    def with_leave(self, day: date, believed_from: datetime | None) -> "Spell":
        return replace(
            self,
            said=tuple(each for each in self.said if each != day),
            presumed=self.presumed - {day},
            excused=self.excused | {day},
            missing_since=_later(self.missing_since, day),
            believed_from=believed_from,
        )

    def with_presumption(self, day: date, believed_from: datetime | None) -> "Spell":
        return replace(self, presumed=self.presumed | {day}, believed_from=believed_from)

    def after(self, settled_on: date, believed_from: datetime | None) -> "Spell":
        """What is left when somebody has said that the child was there on that day."""
        return Spell(
            said=tuple(day for day in self.said if day > settled_on),
            presumed=frozenset(day for day in self.presumed if day > settled_on),
            excused=frozenset(day for day in self.excused if day > settled_on),
            missing_since=_later(self.missing_since, settled_on),
            believed_from=believed_from,
        )

    def suspected(self, since: date, flagged_on: date) -> "Spell":
        """Nothing but the child's arrival ends it from now on: neither leave nor presence that was concluded."""
        return Spell(
            said=tuple(sorted({since, *(day for day in self.said if day >= since)})),
            missing_since=self.missing_since or flagged_on,
        )


NO_SPELL = Spell()


def missed_from(day: date | None) -> Spell:
    """The child has not been where it had to be since `day`, by a fact that only its arrival ends."""
    return Spell(said=(day,), missing_since=day) if day else NO_SPELL


def _later(missing_since: date | None, day: date) -> date | None:
    return missing_since if missing_since and missing_since > day else None
