"""The net flow of the schools, and the movements and pupils behind it."""

from collections import Counter
from collections.abc import Iterator

from services.registry.rates.asked import Asked, Figures
from services.registry.rates.flow import Flow, flows_of
from services.registry.rates.ground import Ground
from services.registry.rates.rates import FIELDS, Tally, is_unable
from shared.calendar.terms import school_year_of
from shared.kernel.ledgers import Row

Counted = tuple[Row, str | None, list[Flow]]
"""A child, the school on whose starting roster it counts (None: none), and what of its movements counts."""


class FlowReader:
    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def figures(self, asked: Asked) -> Figures:
        of = self._ground.group_of(asked)
        groups: dict[str, Tally] = {}
        items: dict[str, Counter[str]] = {}
        for row, started, flows in self._counted(asked, whole_rows=False):
            unable = is_unable(row)
            if started and (group := of(row, started)):
                groups.setdefault(group, Tally()).count(0, 1, unable=unable)
            for flow in flows:
                if group := of(row, flow.school):
                    groups.setdefault(group, Tally()).count(-flow.change, 0, unable=unable)
                    items.setdefault(group, Counter())[flow.bucket] += 1
        start = self._ground.start(asked, school_year_of(asked.day))
        return Figures(
            groups=dict(sorted(groups.items())),
            names=self._ground.names(asked),
            without_start=sorted(self._ground.schools_in_scope - start.taken_on.keys()),
            items=items,
        )

    def members(self, asked: Asked, *, numerator: bool) -> Iterator[Row]:
        """The movements of the numerator, each with its `change`, or the pupils of the starting rosters."""
        of, names = self._ground.group_of(asked), self._ground.names(asked)
        for row, started, flows in self._counted(asked, whole_rows=True):
            if not numerator and started and of(row, started):
                yield row | {"counted_at": names.get(started, "")}
            for flow in flows if numerator else ():
                if of(row, flow.school):
                    told = {"counted_at": names.get(flow.school, ""), "lost": -flow.change, "bucket": flow.bucket}
                    yield row | row["moves"][flow.number] | told

    def _counted(self, asked: Asked, *, whole_rows: bool) -> Iterator[Counted]:
        year = school_year_of(asked.day)
        start = self._ground.start(asked, year)
        fields = None if whole_rows else dict.fromkeys([*FIELDS, "moves"], 1)
        for row in self._ground.pupils(asked, fields):
            yield row, start.school_of.get(row["_id"]), flows_of(row, year, start)
