"""The divisions as a ledger: one row a code, with what it was called when."""

from datetime import date, timedelta
from typing import Any

from services.registry.divisions.divisions import DivisionRegistered
from shared.identifiers.division import DivisionCode, level
from shared.kernel.ledgers import Column, Ledger, Row, View
from shared.kernel.recorded import Recorded

LEVEL_LABELS = {
    "PROVINCE": "省",
    "CITY": "市",
    "COUNTY": "县（区）",
    "TOWNSHIP": "乡镇（街道）",
    "VILLAGE": "村（居）",
}
FOR_EVER = "9999-12-31"


def apply(row: Row | None, event: DivisionRegistered, _: Recorded) -> Row:
    since = event.valid_from.isoformat()
    before = [span for span in (row or {}).get("spans", []) if span["from"] < since]
    ended = (event.valid_from - timedelta(days=1)).isoformat()
    closed = [span | {"to": min(span["to"] or FOR_EVER, ended)} for span in before]
    to = event.valid_to.isoformat() if event.valid_to else None
    former = [span["name"] for span in closed if span["name"] != event.name]
    return {
        "division_code": event.division_code,
        "level": level(DivisionCode(event.division_code)).name,
        "name": event.name,
        "valid_from": since,
        "valid_to": to,
        "former_names": "、".join(dict.fromkeys(former)),
        "spans": [*closed, {"name": event.name, "from": since, "to": to}],
    }


def name_on(row: Row, day: date) -> str | None:
    """What a division was called on a day; None on a day on which it was not."""
    spans: list[dict[str, Any]] = row["spans"]
    asked = day.isoformat()
    return next((span["name"] for span in spans if span["from"] <= asked <= (span["to"] or FOR_EVER)), None)


DIVISIONS_LEDGER = Ledger(
    name="divisions",
    source="registry",
    events=frozenset({DivisionRegistered}),
    apply=apply,
    key=lambda event, _: event.division_code,
)
DIVISIONS_VIEW = View(
    name="divisions",
    title="行政区划表",
    of=DIVISIONS_LEDGER.name,
    columns=(
        Column("division_code", "区划代码", width=16),
        Column("name", "名称", width=20),
        Column("level", "级别", "code", LEVEL_LABELS, 14),
        Column("valid_from", "启用日期", "date", width=12),
        Column("valid_to", "撤销前最后日期", "date", width=14),
        Column("former_names", "曾用名", width=20),
    ),
    status_field="level",
    date_field="valid_from",
    order=("division_code",),
)
