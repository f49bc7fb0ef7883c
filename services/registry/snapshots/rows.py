"""The ledger of kept lists: one row a list."""

from collections.abc import Iterable

import msgspec

from services.registry.snapshots.events import ListImported
from services.registry.snapshots.kinds import KIND_LABELS
from shared.kernel.ledgers import Column, Index, Ledger, Row, View
from shared.kernel.recorded import Recorded


def apply(_: Row | None, event: ListImported, recorded: Recorded) -> Row:
    row: Row = msgspec.to_builtins(event)
    content = {name: value for name, value in row.items() if name not in ("division", "school")}
    content["unread"] = "；".join(event.unread)
    return content | {"imported_by": recorded.actor, "imported_at": recorded.time.isoformat()}


def in_force(rows: Iterable[Row]) -> list[Row]:
    """The lists, in their order, without those whose place another one of the same day has taken."""
    rows = list(rows)
    replaced = {(row["previous"], row["list_on"]) for row in rows}
    return [row for row in rows if (row["_id"], row["list_on"]) not in replaced]


LISTS_LEDGER = Ledger(
    name="lists",
    source="registry",
    events=frozenset({ListImported}),
    apply=apply,
    indexes=(Index(("kind", "list_on")),),
)

LISTS_VIEW = View(
    name="imported-lists",
    title="名单导入台账",
    of="lists",
    columns=(
        Column("kind", "名单", "code", KIND_LABELS, 24),
        Column("list_on", "名单日期", "date", width=12),
        Column("source", "来源", width=18),
        Column("file_name", "文件", width=24),
        Column("rows", "行数", "number", width=8),
        Column("good", "采用", "number", width=8),
        Column("refused", "退回", "number", width=8),
        Column("warned", "需核对", "number", width=8),
        Column("new", "比上次新增", "number", width=10),
        Column("gone", "比上次减少", "number", width=10),
        Column("changed", "比上次变动", "number", width=10),
        Column("unread", "没有读取的内容", width=48),
        Column("complete", "声明完整", "code", width=10),
        Column("presumed", "推定到校", "number", width=10),
        Column("in_doubt", "未推定班次", "number", width=12),
        Column("imported_by", "导入人", width=14),
        Column("imported_at", "导入时间", "date", width=18),
    ),
    status_field="kind",
    date_field="list_on",
    order=("kind", "list_on"),
)
