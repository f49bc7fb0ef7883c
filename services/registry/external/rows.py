"""What the systems outside know of a child, and what they must still be told, as its ledger row keeps it."""

from typing import Any

import msgspec

from services.registry.children.statuses import ATTENDANCE_LABELS
from services.registry.external.changes import (
    Change,
    ChangeState,
    due,
    is_latest_settled,
    settled,
    with_news,
)
from services.registry.external.events import ExternalChangeStruckOff, ExternalEntryReturned, ExternalSystemTold
from services.registry.external.folding import ExternalEvent
from services.registry.external.systems import NOTHING, Told, systems
from shared.kernel.ledgers import Row
from shared.kernel.recorded import Recorded


def told_columns(row: Row, event: ExternalEvent) -> Row:
    match event:
        case ExternalSystemTold():
            known, receipt = event.told, f"{event.told_on}，回执{event.receipt}"
        case ExternalChangeStruckOff():
            known, receipt = event.told, f"{event.struck_off_on}核销，{event.reason}"
        case ExternalEntryReturned():
            known, receipt = NOTHING, f"{event.returned_on}，{event.reason}"
    if not isinstance(event, ExternalEntryReturned) and not is_latest_settled(
        _changes(row), event.system, event.change
    ):
        return {}
    told = row["told"] | {event.system: msgspec.to_builtins(known)}
    receipts = row["told_receipts"] | {event.system: receipt}
    words = [_in_words(system, Told(**told[system]), receipts[system]) for system in sorted(told)]
    return {"told": told, "told_receipts": receipts, "told_in_words": "；".join(words)}


def change_columns(row: Row, event: Any, recorded: Recorded, school: str | None) -> Row:
    """The changes owed once the row stands as it does, each a line; those still owed are those of the present school
    (None: as before).
    """
    changes = _changes(row)
    if isinstance(event, ExternalSystemTold | ExternalChangeStruckOff):
        state = ChangeState.TOLD if isinstance(event, ExternalSystemTold) else ChangeState.STRUCK_OFF
        changes = settled(changes, event.system, event.change, state)
    told = {system: Told(**known) for system, known in row["told"].items()}
    now = Told(status=row["status"], school_name=row["school_name"], grade=row["grade"])
    changes = with_news(changes, row["category"], now, told)
    lines = {line["number"]: line for line in row["changes"]}
    kept = [_line(lines.get(each.number), each, event, recorded, school) for each in changes]
    owed = [code for code in systems() if due(changes, code)]
    at = sorted({line["at_school"] for line in kept} - {""})
    return {"changes": kept, "changes_at": at, "to_tell": owed, "owed_in_words": _owed_in_words(kept)}


def _changes(row: Row) -> tuple[Change, ...]:
    return tuple(
        Change(
            system=line["system"],
            number=line["number"],
            now=Told(status=line["status"], school_name=line["school_name"], grade=line["grade"]),
            state=ChangeState(line["state"]),
        )
        for line in row["changes"]
    )


def _line(before: Row | None, change: Change, event: Any, recorded: Recorded, school: str | None) -> Row:
    line = before or {
        "system": change.system,
        "number": change.number,
        **msgspec.to_builtins(change.now),
        "since": recorded.occurred_on.isoformat(),
        "state": "",
        "settled": "",
        "settled_by": "",
        "at_school": "",
    }
    if change.state is ChangeState.DUE:
        return line | {"state": change.state.value, "at_school": line["at_school"] if school is None else school}
    if line["state"] == change.state:
        return line
    return line | {"state": change.state.value} | _settled_by(event, recorded)


def _settled_by(event: Any, recorded: Recorded) -> Row:
    match event:
        case ExternalSystemTold():
            return {"settled": event.receipt, "settled_by": recorded.actor}
        case ExternalChangeStruckOff():
            return {"settled": event.reason, "settled_by": recorded.actor}
        case _:
            return {}


def _owed_in_words(lines: list[Row]) -> str:
    return "；".join(
        f"{systems()[line['system']].label}：{ATTENDANCE_LABELS[line['status']]}（{line['since']}）"
        for line in sorted(lines, key=lambda line: line["number"])
        if line["state"] == ChangeState.DUE
    )


def _in_words(system: str, told: Told, receipt: str) -> str:
    place = f" {told.school_name}{told.grade}年级" if told.grade else ""
    if told == NOTHING:
        return f"{systems()[system].label}：已被退回，须重新更新（{receipt}）"
    return f"{systems()[system].label}：{ATTENDANCE_LABELS[told.status]}{place}（{receipt}）"
