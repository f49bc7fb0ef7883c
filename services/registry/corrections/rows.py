"""Corrections as ledgers keep them: one row a correction, and the corrected column of the child's own row."""

from services.registry.children.statuses import Attendance
from services.registry.corrections.correction import status_for_age
from services.registry.corrections.events import (
    ChildCorrected,
    CorrectionAdvanced,
    CorrectionRequested,
    CorrectionReturned,
)
from services.registry.corrections.fields import CORRECTABLE
from services.registry.corrections.steps import Step
from shared.kernel.ledgers import Index, Ledger, Row
from shared.kernel.recorded import Recorded

Told = CorrectionRequested | CorrectionAdvanced | CorrectionReturned


def apply(row: Row | None, event: Told, _: Recorded) -> Row:
    before = row or {}
    match event:
        case CorrectionRequested():
            return _requested(event)
        case CorrectionAdvanced(step=step):
            prefix = step.value.lower()
            told = {f"{prefix}_on": event.advanced_on.isoformat(), f"{prefix}_by": event.actor}
            receipt = {"receipt": event.reference} if event.reference else {}
            return before | told | receipt | {"status": step.value}
        case CorrectionReturned(reason=reason, returned_on=day):
            return before | {"status": Step.RETURNED.value, "return_reason": reason, "returned_on": day.isoformat()}


def _requested(event: CorrectionRequested) -> Row:
    """Sealed values stand in columns of their own, for they are shown masked."""
    kept = "number" if CORRECTABLE[event.field].sealed else "value"
    return {
        "child_id": event.child_id,
        "correction_id": event.correction_id,
        "field": event.field,
        f"old_{kept}": event.old_value,
        f"new_{kept}": event.new_value,
        "basis": event.basis,
        "evidence": event.evidence,
        "requested_on": event.requested_on.isoformat(),
        "status": Step.REQUESTED.value,
    }


def corrected_columns(row: Row, event: ChildCorrected) -> Row:
    """What changes in the child's own row. Its `division` is the kernel's affair."""
    match event.field:
        case "division":
            return {}
        case "id_number":
            born = event.id_birth_date.isoformat() if event.id_birth_date else None
            told = {"id_birth_date": born, "id_sex": event.id_sex}
            return {"id_number": event.new_value, "id_index": event.new_index} | told
        case "birth_date":
            status = status_for_age(Attendance(row["status"]), of_age=bool(event.of_age))
            changed: Row = {"birth_date": event.new_value, "of_age": event.of_age, "status": status.value}
            return changed | ({"absent_since": None} if status is Attendance.NOT_DUE else {})
        case "name":
            former = [name for name in row["former_names"] if name != event.old_value]
            return {"name": event.new_value, "former_names": [*former, event.old_value]}
        case _:
            return {event.field: event.new_value}


CORRECTIONS_LEDGER = Ledger(
    name="corrections",
    source="registry",
    events=frozenset({CorrectionRequested, CorrectionAdvanced, CorrectionReturned}),
    apply=apply,
    key=lambda event, _: f"{event.child_id}:{event.correction_id}",
    indexes=(Index(("status", "requested_on")),),
)
