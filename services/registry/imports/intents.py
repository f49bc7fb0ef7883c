"""What rows ask for: a command, or, where one sees at once that there can be none, a refusal."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import msgspec

from shared.faults import Fault
from shared.kernel.refusals import Refused
from shared.workbooks.rows import GoodRow
from shared.workbooks.shapes import Problem

T = TypeVar("T")
AT_ONCE = 500

ROW_FIELDS = {
    "birth_date": "出生日期",
    "valid_from": "启用日期",
    "valid_to": "撤销前最后日期",
    "school_code": "学校",
    "grade": "年级",
    "enrolled_on": "入学日期",
    "day": "缺勤日期",
    "expected": "应到",
    "remark": "备注",
    "group": "群体类别",
    "from_on": "列入日期",
    "linked_on": "起始日期",
    "consent": "同意文书",
    "correction_id": "更正编号",
    "graduated_on": "毕业日期",
    "completed_on": "毕业日期",
    "next_school_code": "升入学校标识码",
    "advanced_on": "录入日期",
    "reference": "录入回执编号",
}
REMEDY = "请按原因核对、更正后重新导入"
NO_CORRECTION = Fault(
    "no-correction-number",
    "不是更正编号",
    "This is no number of a correction.",
    "请保留导出清单中的更正编号，不要改动",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A command, the rows that ask for it, and what tells it apart from the file's other commands."""

    command: Any
    part: str
    rows: tuple[GoodRow, ...]


def as_said(command: Any) -> str:
    """What a command says. It tells apart commands that are put together from several rows or from what is known
    besides: the same file may say more on another day. Not for one with sealed values: no two of those are the same.
    """
    return str(msgspec.to_builtins(command, str_keys=True, order="deterministic"))


@dataclass(frozen=True, slots=True)
class TurnedAway:
    row: GoodRow
    problem: Problem


@dataclass(frozen=True, slots=True)
class NotOurs:
    """A row that concerns nobody here, such as a grown-up member of a household."""

    row: GoodRow


@dataclass(frozen=True, slots=True)
class NoNews:
    """A row that says what stands already. `part`: as of the command that would have said it."""

    row: GoodRow
    part: str


Intent = Wanted | TurnedAway | NotOurs | NoNews


def of_row(row: GoodRow) -> str:
    return f"{row.sheet}\x1f{row.row_number}"


def part_of(intent: Intent) -> str:
    """What tells the command apart that the intent is, or would have been; empty where there is none."""
    match intent:
        case Wanted(part=part) | NoNews(part=part):
            return part
        case TurnedAway(row=row):
            return of_row(row)
        case _:
            return ""


def problem_of(refusal: Refused) -> Problem:
    return Problem(
        code=refusal.code,
        field_title=ROW_FIELDS.get(refusal.field or "", "整行"),
        value_shown="",
        reason=refusal.zh,
        remedy=REMEDY,
    )


def in_chunks(items: Iterable[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
