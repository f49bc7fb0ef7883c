"""Recording that a list was imported: once for what was read of it, its day and its place."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from services.registry.snapshots.events import ListImported
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place
from shared.kernel.commands import Context
from shared.kernel.refusals import DateInFuture


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordList:
    """See ListImported."""

    NAME: ClassVar[str] = "registry.record-list"
    list_id: str
    kind: str
    list_on: date
    source: str
    file_name: str
    file_hash: str
    pages: tuple[str, ...]
    good: int
    refused: int
    warned: int
    unread: tuple[str, ...]
    new: int
    gone: int
    changed: int
    previous: str | None
    division: str
    school: str
    says: str = ""
    complete: bool = False
    presumed: int = 0
    in_doubt: int = 0


@dataclass(frozen=True, slots=True)
class KeptList:
    id: str
    imported: ListImported | None = None


def record_list(kept: KeptList, command: RecordList, context: Context) -> list[ListImported]:
    if command.list_on > context.today:
        raise DateInFuture("list_on")
    if kept.imported:
        return []
    return [
        ListImported(
            list_id=kept.id,
            kind=command.kind,
            list_on=command.list_on,
            source=command.source,
            file_name=command.file_name,
            file_hash=command.file_hash,
            pages=list(command.pages),
            rows=command.good + command.refused,
            good=command.good,
            refused=command.refused,
            warned=command.warned,
            unread=list(command.unread),
            new=command.new,
            gone=command.gone,
            changed=command.changed,
            previous=command.previous,
            says=command.says,
            division=command.division,
            school=command.school,
            complete=command.complete,
            presumed=command.presumed,
            in_doubt=command.in_doubt,
        )
    ]


def _evolve(kept: KeptList, event: Any) -> KeptList:
    return KeptList(kept.id, event)


def _place(kept: KeptList) -> Place:
    return Place(kept.imported.division, kept.imported.school) if kept.imported else Place()


LISTS: Aggregate[KeptList] = Aggregate(category="list", initial=KeptList, evolve=_evolve, place=_place)
