"""The rows of a bank's return file, be it text or a workbook, below the heading that the layout names."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.assistance.batches.layouts import ReturnLayout
from services.assistance.batches.refusals import NotAReturnFile
from shared.faults import InvalidValue
from shared.identifiers.text import compact
from shared.money import parse_yuan
from shared.workbooks.cells import Cell, shown
from shared.workbooks.reading import Workbook, open_workbook
from shared.workbooks.refusals import NotAnExcelFile, WorkbookRefused
from shared.workbooks.shapes import heading_key

SEARCHED_ROWS = 20
_MARK = b"\xef\xbb\xbf"  # what Excel puts before text that it saves as UTF-8

UNREAD = {"hidden": "隐藏的工作表，没有读取", "empty": "空工作表", "no-heading": "没有找到回盘文件的表头，没有读取"}
"""Why a sheet of a workbook was not read."""


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A row that is not blank. `number` counts the file's or sheet's rows from 1; `sheet` is empty for text.

    `fields` and `cells` hold what is seen; `numbers` are the fields whose cell is a number, not text.
    """

    sheet: str
    number: int
    fields: Mapping[str, str]
    cells: tuple[str, ...]
    numbers: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """Where the row is, for a message."""
        return f"工作表“{self.sheet}”第{self.number}行" if self.sheet else f"第{self.number}行"

    @property
    def fen(self) -> int | None:
        """The amount; None when it cannot be read."""
        return fen_of(self.fields["amount"])


@dataclass(frozen=True, slots=True)
class UnreadSheet:
    sheet: str
    why: str

    @property
    def zh(self) -> str:
        return UNREAD[self.why]


@dataclass(frozen=True, slots=True)
class ReturnFile:
    rows: tuple[ReturnRow, ...]
    unread: tuple[UnreadSheet, ...] = ()


def fen_of(text: str) -> int | None:
    """The fen of an amount in yuan; None when it is none."""
    try:
        return parse_yuan(text)
    except InvalidValue:
        return None


def read_return_file(content: bytes, layout: ReturnLayout) -> ReturnFile:
    """The file's rows. Raises NotAReturnFile: another format or encoding, no heading, columns missing, or no row."""
    try:
        file = _of_workbook(open_workbook(content), layout)
    except NotAnExcelFile:
        file = _of_text(content, layout)
    except WorkbookRefused as refusal:
        fault = refusal.fault
        raise NotAReturnFile(f"{fault.zh}，{fault.remedy_zh}", fault.en) from refusal
    if not file.rows:
        raise NotAReturnFile("没有明细", "no lines")
    return file


def _of_text(content: bytes, layout: ReturnLayout) -> ReturnFile:
    try:
        text = content.decode("utf-8-sig" if content.startswith(_MARK) else layout.encoding)
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=layout.separator, strict=True))
    except (UnicodeDecodeError, csv.Error) as fault:
        zh = f"文件既不是Excel工作簿，也不是{layout.encoding.upper()}编码的文本"
        raise NotAReturnFile(zh, "neither a workbook nor text in the bank's encoding") from fault
    heading = _find_heading(lines, layout)
    if heading is None:
        raise NotAReturnFile(_no_heading(layout, ""), "no heading row with all columns")
    return ReturnFile(tuple(_below(heading, lines, "", layout)))


def _of_workbook(book: Workbook, layout: ReturnLayout) -> ReturnFile:
    rows: list[ReturnRow] = []
    unread: list[UnreadSheet] = []
    for sheet in book.sheets:
        if sheet.hidden or sheet.is_empty:
            unread.append(UnreadSheet(sheet.name, "hidden" if sheet.hidden else "empty"))
            continue
        lines = list(sheet.rows())
        heading = _find_heading(lines, layout)
        if heading is None:
            unread.append(UnreadSheet(sheet.name, "no-heading"))
        else:
            rows += _below(heading, lines, sheet.name, layout)
    if all(sheet.name in {each.sheet for each in unread} for sheet in book.sheets):
        looked_in = "、".join(f"“{each.sheet}”（{each.zh}）" for each in unread)
        raise NotAReturnFile(_no_heading(layout, f"工作表{looked_in}中"), "no sheet has a heading with all columns")
    return ReturnFile(tuple(rows), tuple(unread))


def _no_heading(layout: ReturnLayout, where: str) -> str:
    titles = "、".join(column.heading for column in layout.columns)
    return f"{where}前{SEARCHED_ROWS}行没有找到含有全部这些列的表头：{titles}"


@dataclass(frozen=True, slots=True)
class _Heading:
    at: int
    places: Mapping[str, int]


def _find_heading(lines: Sequence[Sequence[Cell]], layout: ReturnLayout) -> _Heading | None:
    wanted = {column.field: heading_key(column.heading) for column in layout.columns}
    for at, cells in enumerate(lines[:SEARCHED_ROWS]):
        keys = [heading_key(cell) for cell in cells]
        if all(key in keys for key in wanted.values()):
            twice = [column.heading for column in layout.columns if keys.count(wanted[column.field]) > 1]
            if twice:
                raise NotAReturnFile(f"{'、'.join(twice)}列出现了两次，不知以哪一列为准", "a column is there twice")
            return _Heading(at, {field: keys.index(key) for field, key in wanted.items()})
    return None


def _below(
    heading: _Heading, lines: Iterable[Sequence[Cell]], sheet: str, layout: ReturnLayout
) -> Iterator[ReturnRow]:
    """The rows that are neither blank nor the heading again."""
    titles = {column.field: heading_key(column.heading) for column in layout.columns}
    for number, cells in enumerate(lines, start=1):
        told = {field: cells[at] if at < len(cells) else "" for field, at in heading.places.items()}
        shown_cells = tuple(shown(cell).strip() for cell in cells)
        if number - 1 <= heading.at or not any(shown_cells):
            continue
        if all(heading_key(told[field]) == title for field, title in titles.items()):
            continue
        fields = {field: compact(shown(cell)) if field == "account" else shown(cell) for field, cell in told.items()}
        numbers = frozenset(field for field, cell in told.items() if isinstance(cell, (int, float)))
        yield ReturnRow(sheet, number, fields, shown_cells, numbers)
