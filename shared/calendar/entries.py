"""What the tables of a calendar file have in common: which keys they have, and how days are written."""

from collections.abc import Mapping, Set
from datetime import date
from typing import Any


class CalendarMalformed(ValueError):
    """A calendar file states something impossible; the text says what, and how to write it, in Chinese.

    `table`, `number` (from 1) and `key` say where: which of the tables of a name, and which of its keys.
    """

    code = "calendar-malformed"

    def __init__(self, what: str, table: str = "", number: int = 0, key: str = "") -> None:
        super().__init__(what)
        self.table, self.number, self.key = table, number, key


class Entry:
    """One `[[table]]` of a file."""

    def __init__(self, table: str, number: int, content: object) -> None:
        self.table, self.number = table, number
        self._content: Mapping[str, Any] = content if isinstance(content, dict) else {}

    def fault(self, what: str, key: str = "") -> CalendarMalformed:
        return CalendarMalformed(what, self.table, self.number, key)

    def check_keys(self, needed: Set[str], others: Set[str] = frozenset()) -> None:
        """Raises CalendarMalformed."""
        if not needed <= self._content.keys():
            missing = "、".join(sorted(needed - self._content.keys()))
            raise self.fault(f"[[{self.table}]] 缺少 {missing}，请补上")
        if unknown := self._content.keys() - needed - others:
            raise self.fault(f"[[{self.table}]] 中没有 {min(unknown)} 这一项，请删去或改正名称", min(unknown))

    def text(self, key: str) -> str:
        value = self._content[key]
        if not isinstance(value, str) or not value.strip() or len(value) > 50:
            raise self.fault(f"{key} 应为加引号的文字，不超过50个字", key)
        return value.strip()

    def days(self, key: str) -> tuple[date, ...]:
        """A list of days; none where the key is left out."""
        value = self._content.get(key, [])
        if not isinstance(value, list):
            raise self.fault(f"{key} 应写成 [2027-01-31, 2027-02-01] 的样子", key)
        return tuple(self._day(key, each) for each in value)

    def span(self) -> tuple[date, date]:
        """The days `first` and `last`, in order."""
        first, last = self._day("first", self._content["first"]), self._day("last", self._content["last"])
        if last < first:
            raise self.fault(f"last（{last}）早于 first（{first}），请核对", "last")
        return first, last

    def _day(self, key: str, value: object) -> date:
        # type() and not isinstance(): a TOML date-time is a ``date`` too, and not meant
        if type(value) is not date:
            raise self.fault(f"{key} 应写成 2027-01-31 样子的日期，不加引号", key)
        return value


def entries(table: str, content: object) -> list[Entry]:
    """The tables of a name in a parsed file. Raises CalendarMalformed when it is written as something else."""
    if not isinstance(content, list):
        raise CalendarMalformed(f"{table} 应写成 [[{table}]]，两层方括号", table, 1)
    return [Entry(table, number, each) for number, each in enumerate(content, 1)]
