"""A spell of absence: what was said of a child's days since the last settled one, and what was concluded.

A *said* day is a fact: somebody wrote it down. A *presumed* day of presence is concluded from a sheet that does not
name the child. A presumption ends a spell only until somebody says that the child was absent on that very day: then
the spell stands as if nobody had presumed anything.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """`said`: the unexcused days since the last settled one, in order. `presumed`: days of presence that were
    concluded since then; none of them is said to be unexcused. `missing_since`: of a child that only its arrival
    brings back (suspected, not arrived, not resumed), the day since which each day counts, whatever the sheets say.
    `believed_from`: a spell out of an old sheet is not acted upon before this moment, for more sheets may follow.
    """

    said: tuple[date, ...] = ()
    presumed: frozenset[date] = frozenset()
    missing_since: date | None = None
    believed_from: datetime | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """The unexcused days that no presence has ended, in order."""
        if not self.presumed:
            return self.said
        last = max(self.presumed)
        return tuple(day for day in self.said if day > last)

    @property
    def since(self) -> date | None:
        return next(iter(self.days), None)

    def with_absence(self, day: date, believed_from: datetime | None) -> "Spell":
        said = tuple(sorted({*self.said, day}))
        return replace(self, said=said, presumed=self.presumed - {day}, believed_from=believed_from)

    def with_presumption(self, day: date, believed_from: datetime | None) -> "Spell":
        return replace(self, presumed=self.presumed | {day}, believed_from=believed_from)

    def after(self, settled_on: date, believed_from: datetime | None) -> "Spell":
        """What is left when somebody has said that the child was there, or on leave, on that day."""
        return Spell(
            said=tuple(day for day in self.said if day > settled_on),
            presumed=frozenset(day for day in self.presumed if day > settled_on),
            missing_since=self.missing_since if self.missing_since and self.missing_since > settled_on else None,
            believed_from=believed_from,
        )


NO_SPELL = Spell()


def missed_from(day: date | None) -> Spell:
    """The child has not been where it had to be since `day`, by a fact that only its arrival ends."""
    return Spell(said=(day,), missing_since=day) if day else NO_SPELL
