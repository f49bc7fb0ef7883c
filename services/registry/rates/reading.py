"""The county's rates as of a day, and the children behind each figure."""

from collections import Counter
from collections.abc import Iterator, Mapping

from services.registry.policy import DropoutPolicy
from services.registry.rates.asked import Asked, Figures
from services.registry.rates.cohort_reading import CohortReader
from services.registry.rates.cohorts import STAGE_OF
from services.registry.rates.flow_reading import FlowReader
from services.registry.rates.ground import Ground
from services.registry.rates.rates import FIELDS, Rate, Year, members, tallies
from shared.calendar import SchoolCalendar
from shared.calendar.terms import TermCalendar, school_year_of
from shared.kernel.caller import Caller
from shared.kernel.ledgers import Row
from shared.kernel.store import Store
from shared.kernel.views import RowsOf


class RateReader:
    """Rates as of a day. `rows_of` gives the ledgers of that day."""

    def __init__(self, store: Store, caller: Caller, terms: TermCalendar, rows_of: RowsOf) -> None:
        self._ground = Ground(store, caller, terms, rows_of)

    def figures(self, asked: Asked) -> Figures:
        return self._reader(asked).figures(asked)

    def members(self, asked: Asked, *, numerator: bool) -> Iterator[Row]:
        """The lines behind a figure, as many as it says, in the order of the children's ids. A child that counts
        at a school in the caller's scope, while its household lies outside, stays without a name.
        """
        return self._ground.as_seen(self._reader(asked).members(asked, numerator=numerator))

    def unconfirmed(self, asked: Asked, dropout: DropoutPolicy, calendar: SchoolCalendar) -> Mapping[str, int]:
        """For each group, how many have been suspected for so long that a dropout could be confirmed (decision 11)."""
        of = self._ground.group_of(asked)
        found = self._ground.unconfirmed(asked, dropout, calendar)
        return Counter(group for row in found if (group := of(row, row["school"])))

    def unconfirmed_members(self, asked: Asked, dropout: DropoutPolicy, calendar: SchoolCalendar) -> Iterator[Row]:
        """The children behind those numbers, named as in `members`."""
        return self._ground.as_seen(self._ground.unconfirmed(asked, dropout, calendar))

    def _reader(self, asked: Asked) -> "StandingReader | FlowReader | CohortReader":
        if asked.rate is Rate.NET_FLOW:
            return FlowReader(self._ground)
        return CohortReader(self._ground) if asked.rate in STAGE_OF else StandingReader(self._ground)


class StandingReader:
    """The rates that ask where each child stands now."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def figures(self, asked: Asked) -> Figures:
        of, start = self._ground.group_of(asked), self._ground.start(asked, school_year_of(asked.day))
        year = Year(school_year=school_year_of(asked.day), at_start=frozenset(start.school_of))
        rows = self._ground.rows(asked, dict.fromkeys(FIELDS, 1))
        missing = self._ground.schools_in_scope - start.taken_on.keys()
        return Figures(
            groups=tallies(asked.rate, rows, year, lambda row: of(row, row["school"])),
            names=self._ground.names(asked),
            without_start=[] if asked.rate is Rate.ENROLMENT else sorted(missing),
        )

    def members(self, asked: Asked, *, numerator: bool) -> Iterator[Row]:
        start = self._ground.start(asked, school_year_of(asked.day))
        year = Year(school_year=school_year_of(asked.day), at_start=frozenset(start.school_of))
        return members(asked.rate, self._ground.rows(asked, None), year, numerator=numerator)
