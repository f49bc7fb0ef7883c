"""What the systems outside know of a child, and which wait to be told, as its ledger row keeps it."""

import msgspec

from services.registry.children.statuses import ATTENDANCE_LABELS
from services.registry.external.events import ExternalEntryReturned, ExternalSystemTold
from services.registry.external.systems import NOTHING, Told, systems
from shared.kernel.ledgers import Row


def told_columns(row: Row, event: ExternalSystemTold | ExternalEntryReturned) -> Row:
    match event:
        case ExternalSystemTold():
            known, receipt = event.told, f"{event.told_on}，回执{event.receipt}"
        case ExternalEntryReturned():
            known, receipt = NOTHING, f"{event.returned_on}，{event.reason}"
    told = row["told"] | {event.system: msgspec.to_builtins(known)}
    receipts = row["told_receipts"] | {event.system: receipt}
    words = [_in_words(system, Told(**told[system]), receipts[system]) for system in sorted(told)]
    return {"told": told, "told_receipts": receipts, "told_in_words": "；".join(words)}


def waiting(row: Row) -> list[str]:
    """The systems that must be told how the row stands."""
    now = Told(status=row["status"], school_name=row["school_name"], grade=row["grade"])
    told = {system: Told(**known) for system, known in row["told"].items()}
    found = systems().items()
    return [code for code, system in found if system.waits(row["category"], now, told.get(code))]


def _in_words(system: str, told: Told, receipt: str) -> str:
    place = f" {told.school_name}{told.grade}年级" if told.grade else ""
    if told == NOTHING:
        return f"{systems()[system].label}：已被退回，须重新更新（{receipt}）"
    return f"{systems()[system].label}：{ATTENDANCE_LABELS[told.status]}{place}（{receipt}）"
