"""Assessing children: one when its facts change, all of them when a programme opens."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ClassVar

from services.assistance.beneficiaries.eligibility import assess
from services.assistance.beneficiaries.state import BENEFICIARIES, BeneficiaryEvent
from services.assistance.ids import ChildId, ProgrammeId
from services.assistance.ledgers.children import CHILDREN, facts_of
from services.assistance.ledgers.programmes import ROLL, open_programmes
from services.assistance.processes.booking import batch_facts, book, load_child
from services.assistance.programmes.events import ChildrenAssessed
from services.assistance.programmes.state import PARTITION, PROGRAMMES, Programme, Terms, programme_stream_id
from shared.calendar import CalendarInForce, TermCalendar
from shared.kernel.commands import Context, Handler
from shared.kernel.ledgers import Row
from shared.kernel.unit_of_work import UnitOfWork

SYSTEM_ONLY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessChild:
    """Hold one child's facts against every open programme; what changes holds from `as_of` on."""

    NAME: ClassVar[str] = "assistance.assess-child"
    child_id: ChildId
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessNextChildren:
    """One step through all known children, from the one after `after` on."""

    NAME: ClassVar[str] = "assistance.assess-next-children"
    programme_id: ProgrammeId
    run: str
    after: ChildId


def assesses_child(calendar: CalendarInForce) -> Handler:
    def handle(work: UnitOfWork, command: AssessChild, _: Context) -> None:
        row = work.row(CHILDREN, command.child_id)
        if row is not None:
            programmes = open_programmes(work.row(ROLL, PARTITION))
            book(work, {command.child_id: _assessed(work, row, programmes, command.as_of, calendar().terms)})

    return Handler(AssessChild, lambda command: (BENEFICIARIES.ref(command.child_id),), handle, SYSTEM_ONLY)


def assesses_next_children(calendar: CalendarInForce, step: int) -> Handler:
    return Handler(
        AssessNextChildren,
        lambda command: (PROGRAMMES.ref(programme_stream_id(command.programme_id)),),
        partial(_assess_next, calendar, step),
        SYSTEM_ONLY,
    )


def _assess_next(
    calendar: CalendarInForce, step: int, work: UnitOfWork, command: AssessNextChildren, context: Context
) -> None:
    ref = PROGRAMMES.ref(programme_stream_id(command.programme_id))
    programme: Programme = work.load(ref)
    if programme.assessed or (programme.run, programme.through) != (command.run, command.after):
        return  # this step was taken already
    terms = calendar().terms
    rows = work.rows_after(CHILDREN, {}, command.after, step)
    work.preload([BENEFICIARIES.ref(row["_id"]) for row in rows])
    programmes = open_programmes(work.row(ROLL, PARTITION))
    book(work, {row["_id"]: _assessed(work, row, programmes, context.today, terms) for row in rows})
    done = ChildrenAssessed(
        programme_id=programme.id,
        run=command.run,
        through=rows[-1]["_id"] if rows else command.after,
        seen=len(rows),
        finished=len(rows) < step,
    )
    work.append(ref, [done])


def _assessed(
    work: UnitOfWork, row: Row, programmes: list[Terms], as_of: date, terms: TermCalendar
) -> list[BeneficiaryEvent]:
    facts = facts_of(row)
    child = load_child(work, facts.child_id)
    return assess(child, facts, programmes, as_of, terms, batch_facts(work, child))
