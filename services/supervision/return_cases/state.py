"""A return case as its events leave it. What each cycle *is* follows from its facts, in whatever order they came.

Facts reach this service from two others, whose order between them is not fixed: an attempt may arrive before the
suspicion that it answers. So each fact is kept in its cycle, and the status is derived, never stored.
"""

from dataclasses import dataclass, replace

from services.supervision.ids import ChildId, NoticeId
from services.supervision.return_cases.cycle import CaseEvent, Cycle, evolve_cycle
from services.supervision.return_cases.events import CaseReopened, Trigger
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All cycles of one child's case, lowest first."""

    id: ChildId
    cycles: tuple[Cycle, ...] = ()

    def cycle(self, number: int) -> Cycle:
        return next((each for each in self.cycles if each.number == number), Cycle(number=number))

    @property
    def current(self) -> Cycle | None:
        """The latest cycle that has begun."""
        return next((each for each in reversed(self.cycles) if each.begun), None)

    @property
    def relapses(self) -> int:
        return sum(each.begun is not None and each.begun.trigger is Trigger.RELAPSE for each in self.cycles)

    def holding(self, notice_id: NoticeId) -> Cycle | None:
        """The cycle in which a notice was asked for."""
        return next((each for each in self.cycles if each.notice(notice_id)), None)


def evolve(case: Case, event: CaseEvent) -> Case:
    cycle = evolve_cycle(case.cycle(event.cycle), event)
    if isinstance(event, CaseReopened):
        case = _with_cycle(case, replace(case.cycle(event.previous_cycle), superseded=True))
    return _with_cycle(case, cycle)


def _with_cycle(case: Case, cycle: Cycle) -> Case:
    others = [each for each in case.cycles if each.number != cycle.number]
    return replace(case, cycles=tuple(sorted([*others, cycle], key=lambda each: each.number)))


def place_of(case: Case) -> Place:
    return case.current.place if case.current else Place()


CASES: Aggregate[Case] = Aggregate(
    category="return-case",
    initial=lambda id_: Case(id=ChildId(id_)),
    evolve=evolve,
    place=place_of,
)
