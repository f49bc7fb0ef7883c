"""Files of workers: in hardship, or models: event, command, decision, aggregate. Rules 1-04 and 1-06.

Who is to be helped is surveyed first: how many there are, why they are in hardship, and what they need.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from services.registry.parties.catalogue import HARDSHIP
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture, Kind, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSurveyed:
    """What a survey found of a worker and the household. Codes are those of `parties.toml`."""

    TYPE: ClassVar[str] = "registry.worker-surveyed.v1"
    OCCURRED_ON: ClassVar[str] = "surveyed_on"
    worker_id: str
    name: str
    group: str
    employer: str
    worker_division: str
    people: int
    causes: list[str]
    needs: list[str]
    honour: str
    surveyed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyWorker:
    """`people`: how many live in the household. `honour`: what a model worker is honoured for."""

    NAME: ClassVar[str] = "registry.survey-worker"
    worker_id: str
    name: str
    group: str
    employer: str
    worker_division: str
    people: int
    surveyed_on: date
    causes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    honour: str = ""


class SurveyIncomplete(Refused):
    """Help without a cause and a need found beforehand is help at random."""

    code = "survey-incomplete"
    kind = Kind.INVALID

    def __init__(self, field: str, words: str) -> None:
        super().__init__(
            f"缺少{words}：困难职工须写明致困原因和利益需求，先进模范人物须写明荣誉。请补填后再登记。",
            "a survey tells causes and needs, or the honour",
            field=field,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    known: WorkerSurveyed | None = None


def survey_worker(worker: Worker, command: SurveyWorker, context: Context) -> list[WorkerSurveyed]:
    """A later survey takes the place of the one before; the same again changes nothing, whatever its day."""
    if command.surveyed_on > context.today:
        raise DateInFuture("surveyed_on")
    if worker.known and command.surveyed_on < worker.known.surveyed_on:
        raise DateBefore("surveyed_on", "上次调查日期", "the survey before", worker.known.surveyed_on)
    _check(command)
    event = WorkerSurveyed(
        worker_id=command.worker_id,
        name=command.name,
        group=command.group,
        employer=command.employer,
        worker_division=command.worker_division,
        people=command.people,
        causes=sorted(set(command.causes)),
        needs=sorted(set(command.needs)),
        honour=command.honour,
        surveyed_on=command.surveyed_on,
    )
    known = worker.known and replace(worker.known, surveyed_on=command.surveyed_on)
    return [] if event == known else [event]


def _check(command: SurveyWorker) -> None:
    if command.group != HARDSHIP:
        if not command.honour:
            raise SurveyIncomplete("honour", "荣誉")
        return
    if not command.causes:
        raise SurveyIncomplete("causes", "致困原因")
    if not command.needs:
        raise SurveyIncomplete("needs", "利益需求")


WORKERS: Aggregate[Worker] = Aggregate(
    category="worker",
    initial=lambda _: Worker(),
    evolve=lambda _, event: Worker(known=event),
    place=lambda worker: Place(worker.known.worker_division) if worker.known else Place(),
)
