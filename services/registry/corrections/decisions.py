"""Asking for a correction, taking it a step further, turning it back: commands and decisions. Rule 3-13."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.children.child import Child
from services.registry.children.files import is_of_age
from services.registry.children.ids import ChildId
from services.registry.children.refusals import BornInFuture, ChildNotRegistered
from services.registry.children.statuses import Attendance
from services.registry.corrections.correction import Correction
from services.registry.corrections.events import (
    ChildCorrected,
    CorrectionAdvanced,
    CorrectionEvent,
    CorrectionRequested,
    CorrectionReturned,
)
from services.registry.corrections.fields import CORRECTABLE
from services.registry.corrections.refusals import (
    CorrectionNotThere,
    CorrectionOpen,
    CorrectionUnknown,
    NothingToCorrect,
    ReceiptMissing,
)
from services.registry.corrections.steps import OPEN, TURNS, Step, Turn
from services.registry.entering.events import ChildBecameDue
from services.registry.policy import AgePolicy
from shared.kernel.caller import same_person
from shared.kernel.commands import Context
from shared.kernel.refusals import DateBefore, DateInFuture, RoleNotAllowed, SameHandNotAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCorrection:
    """`new_value` is in its regular spelling; an ID number comes sealed, with its index."""

    NAME: ClassVar[str] = "registry.request-correction"
    child_id: ChildId
    correction_id: str
    field: str
    new_value: str
    basis: str
    requested_on: date
    new_index: str | None = None
    id_birth_date: date | None = None
    id_sex: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceCorrection:
    NAME: ClassVar[str] = "registry.advance-correction"
    child_id: ChildId
    correction_id: str
    step: Step
    advanced_on: date
    reference: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnCorrection:
    NAME: ClassVar[str] = "registry.return-correction"
    child_id: ChildId
    correction_id: str
    reason: str
    returned_on: date


def request_correction(child: Child, command: RequestCorrection, context: Context) -> list[CorrectionEvent]:
    if not child.registered:
        raise ChildNotRegistered()
    if command.requested_on > context.today:
        raise DateInFuture("requested_on")
    label = CORRECTABLE[command.field].label
    if command.field == "birth_date" and date.fromisoformat(command.new_value) > context.today:
        raise BornInFuture()
    if _says_so(child, command):
        raise NothingToCorrect(label)
    if any(each.asked.field == command.field and each.step in OPEN for each in child.corrections.values()):
        raise CorrectionOpen(label)
    return [
        CorrectionRequested(
            child_id=child.id,
            correction_id=command.correction_id,
            field=command.field,
            old_value=value_of(child, command.field),
            new_value=command.new_value,
            new_index=command.new_index,
            id_birth_date=command.id_birth_date,
            id_sex=command.id_sex,
            basis=command.basis,
            evidence=list(command.evidence),
            requested_on=command.requested_on,
        )
    ]


def advance_correction(
    policy: AgePolicy, child: Child, command: AdvanceCorrection, context: Context
) -> list[CorrectionEvent | ChildBecameDue]:
    """The last step changes the file; the value that stood there until then is in the event.

    A child at no school that turns out to be of age already is due with it.
    """
    correction = _open(child, command.correction_id)
    turn = TURNS[command.step]
    _check_turn(correction, turn, command, context)
    advanced = CorrectionAdvanced(
        child_id=child.id,
        correction_id=command.correction_id,
        step=command.step,
        reference=command.reference,
        remark=command.remark,
        advanced_on=command.advanced_on,
        actor=context.actor,
    )
    if command.step is not Step.CONFIRMED:
        return [advanced]
    corrected = _corrected(policy, child, correction.asked, command, context)
    if child.attendance is not Attendance.NOT_DUE or not corrected.of_age:
        return [advanced, corrected]
    return [advanced, corrected, ChildBecameDue(child_id=child.id, due_on=context.today)]


def _corrected(
    policy: AgePolicy, child: Child, asked: CorrectionRequested, command: AdvanceCorrection, context: Context
) -> ChildCorrected:
    of_age = None
    if asked.field == "birth_date":
        of_age = is_of_age(policy, date.fromisoformat(asked.new_value), context.today)
    return ChildCorrected(
        child_id=child.id,
        correction_id=asked.correction_id,
        field=asked.field,
        old_value=value_of(child, asked.field),
        new_value=asked.new_value,
        new_index=asked.new_index,
        id_birth_date=asked.id_birth_date,
        id_sex=asked.id_sex,
        of_age=of_age,
        corrected_on=command.advanced_on,
    )


def return_correction(child: Child, command: ReturnCorrection, context: Context) -> list[CorrectionEvent]:
    correction = _open(child, command.correction_id)
    _check_day(correction, "returned_on", command.returned_on, context)
    return [
        CorrectionReturned(
            child_id=child.id,
            correction_id=command.correction_id,
            reason=command.reason,
            returned_on=command.returned_on,
        )
    ]


def value_of(child: Child, field: str) -> str | None:
    """What the file says of a correctable field; an ID number is sealed."""
    if field == "birth_date":
        return child.birth_date.isoformat()
    holder = child if field in ("division", "household_no") else child.identity
    value: str | None = getattr(holder, field)
    return value


def _says_so(child: Child, command: RequestCorrection) -> bool:
    if CORRECTABLE[command.field].sealed:
        return child.identity.id_index == command.new_index
    return value_of(child, command.field) == command.new_value


def _open(child: Child, id_: str) -> Correction:
    if not child.registered:
        raise ChildNotRegistered()
    if id_ not in child.corrections:
        raise CorrectionUnknown()
    correction = child.corrections[id_]
    if correction.step not in OPEN:
        raise CorrectionNotThere("继续办理", correction.step)
    return correction


def _check_turn(correction: Correction, turn: Turn, command: AdvanceCorrection, context: Context) -> None:
    if context.caller.role not in turn.roles:
        raise RoleNotAllowed(context.caller.role, f"take the step {command.step}")
    if correction.step is not turn.after:
        raise CorrectionNotThere(turn.label, correction.step)
    _check_day(correction, "advanced_on", command.advanced_on, context)
    if turn.reference and not command.reference:
        raise ReceiptMissing(turn.label)
    if turn.another_than and same_person(correction.hands[turn.another_than], context.actor):
        raise SameHandNotAllowed(TURNS[turn.another_than].label, turn.label)


def _check_day(correction: Correction, field: str, day: date, context: Context) -> None:
    if day > context.today:
        raise DateInFuture(field)
    if day < correction.last_on:
        raise DateBefore(field, "上一步办理日期", "the step before", correction.last_on)
