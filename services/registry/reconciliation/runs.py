"""A run of the reconciliation as a fact: once for the same lists, day and findings."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from services.registry.reconciliation.events import ReasonCount, ReconciliationRun
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place
from shared.kernel.commands import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRun:
    """See ReconciliationRun."""

    NAME: ClassVar[str] = "registry.record-reconciliation-run"
    run_id: str
    run_on: date
    lists: tuple[str, ...]
    of_age: int
    registered: int
    attending: int
    roster_missing: int
    roster_new: int
    roster_moved: int
    counts: tuple[ReasonCount, ...]
    division: str
    school: str


@dataclass(frozen=True, slots=True)
class Run:
    id: str
    recorded: ReconciliationRun | None = None


def record_run(run: Run, command: RecordRun, _: Context) -> list[ReconciliationRun]:
    if run.recorded:
        return []
    return [
        ReconciliationRun(
            run_id=run.id,
            run_on=command.run_on,
            lists=list(command.lists),
            of_age=command.of_age,
            registered=command.registered,
            attending=command.attending,
            roster_missing=command.roster_missing,
            roster_new=command.roster_new,
            roster_moved=command.roster_moved,
            counts=list(command.counts),
            division=command.division,
            school=command.school,
        )
    ]


def _evolve(run: Run, event: Any) -> Run:
    return Run(run.id, event)


def _place(run: Run) -> Place:
    return Place(run.recorded.division, run.recorded.school) if run.recorded else Place()


RUNS: Aggregate[Run] = Aggregate(category="reconciliation", initial=Run, evolve=_evolve, place=_place)
