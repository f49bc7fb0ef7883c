"""What of a workbook was not read, and what was read though nobody sees it: nothing is left in silence.

Names sheets, headings, columns and rows; never what stands in a cell.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared.faults import InvalidValue
from shared.workbooks.cells import Cell, is_blank
from shared.workbooks.reading import Sheet, Workbook
from shared.workbooks.refusals import SEARCHED_ROWS
from shared.workbooks.rows import Reading, RowReader, SkippedSheet, Table
from shared.workbooks.shapes import Field, heading_key

SERIAL_NUMBERS = frozenset({"序号", "序", "顺序号", "行号", "NO"})
"""Columns that number the rows on paper, as headings are compared: nobody misses them."""
MOST_ROWS_NAMED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """One thing that was left, or taken unseen, in words; `code` is stable, `sheet` empty for the whole file.

    `lost`: content was left that somebody may miss, or taken that somebody may not have meant.
    """

    code: str
    sheet: str
    zh: str
    en: str
    lost: bool = True


def unread_of(workbook: Workbook, readings: Sequence[Reading]) -> list[Unread]:
    """Everything that none of the readings took, sheet by sheet."""
    told: list[Unread] = [] if workbook.marked else [_OLD_FORMAT]
    tables: dict[str, list[Table]] = defaultdict(list)
    for reading in readings:
        for table in reading.tables:
            tables[table.sheet.name].append(table)
    skipped = {sheet.name: sheet for reading in reversed(readings) for sheet in reading.skipped}
    for sheet in workbook.sheets:
        if sheet.name in tables:
            told += _of_no_rows(tables[sheet.name])
            told += _of_columns(tables[sheet.name])
            told += _of_rows(sheet)
        elif sheet.name in skipped:
            told.append(_of_sheet(skipped[sheet.name]))
    return told


_OLD_FORMAT = Unread(
    code="old-format",
    sheet="",
    zh="这是旧格式（.xls）文件：其中的错误值（如 #N/A）读作空白，隐藏行和筛选无从得知。请尽量另存为 .xlsx 后再导入",
    en="An .xls file: error values read as blank, hidden rows and filters are not known.",
    lost=False,
)


def _of_sheet(sheet: SkippedSheet) -> Unread:
    where = f"工作表“{sheet.name}”"
    match sheet.why:
        case "hidden":
            fits = "，其中有同样的表头，如需导入请取消隐藏" if sheet.heading_row else ""
            zh, en = f"{where}是隐藏的，没有读取{fits}", "The sheet is hidden and was not read."
            return Unread(code="sheet-hidden", sheet=sheet.name, zh=zh, en=en, lost=bool(sheet.heading_row))
        case "empty":
            zh, en = f"{where}是空的", "The sheet is empty."
            return Unread(code="sheet-empty", sheet=sheet.name, zh=zh, en=en, lost=False)
        case "low":
            zh = (
                f"{where}没有读取：表头在第 {sheet.heading_row} 行，只在前 {SEARCHED_ROWS} 行中查找，"
                "请删除表头上方多余的行"
            )
            en = f"The sheet was not read: its heading is in row {sheet.heading_row}."
            return Unread(code="sheet-heading-too-low", sheet=sheet.name, zh=zh, en=en)
        case _:
            zh = f"{where}没有读取：没有找到表头，缺少的列：{'、'.join(sheet.missing)}"
            en = "The sheet was not read: it has no such heading."
            return Unread(code="sheet-without-heading", sheet=sheet.name, zh=zh, en=en)


def _of_no_rows(tables: Sequence[Table]) -> Iterator[Unread]:
    """A heading without a record below: of an attendance sheet it may be meant, so nothing is said to be lost."""
    if all(next(_records(table), None) is None for table in tables):
        name = tables[0].sheet.name
        zh = f"工作表“{name}”只有表头，表中没有数据行"
        yield Unread(code="no-rows", sheet=name, zh=zh, en="The heading has no row below it.", lost=False)


def _of_columns(tables: Sequence[Table]) -> Iterator[Unread]:
    """The columns that hold something and that no table of the sheet takes."""
    first, *others = tables
    taken = {at for table in others for _, at in table.header.columns}
    doubled = {at: field for field, at in first.header.doubled if at not in taken}
    left = [
        at
        for at in first.header.left
        if at not in taken and heading_key(first.header.headings[at]) not in SERIAL_NUMBERS
    ]
    holds, differ = _contents(first, left, doubled)
    for at in left:
        if at in doubled:
            yield _doubled(first, at, doubled[at], differ[at])
        elif holds[at]:
            yield _left(first, at, holds[at])


def _contents(table: Table, left: Sequence[int], doubled: Mapping[int, Field]) -> tuple[Counter[int], Counter[int]]:
    """For each column left, in how many rows it holds something, and in how many not what the column taken holds."""
    holds: Counter[int] = Counter()
    differ: Counter[int] = Counter()
    taken = {field.name: (field, at) for field, at in table.header.columns}
    for cells in _records(table) if left else ():
        for at in left:
            if at < len(cells) and not is_blank(cells[at]):
                holds[at] += 1
                if at in doubled:
                    field, there = taken[doubled[at].name]
                    differ[at] += _value(doubled[at], cells[at]) != _value(field, cells[there])
    return holds, differ


def _value(field: Field, cell: Cell) -> object:
    """What a cell says in its column, for comparison: 走读 in one is 否 in another."""
    try:
        return None if is_blank(cell) else field.parse(cell)
    except InvalidValue:
        return cell


def _records(table: Table) -> Iterator[list[Cell]]:
    """The cells of the rows that are records, not totals, notes or headings."""
    reader = RowReader(table)
    for at, cells in enumerate(table.sheet.rows()):
        if at > table.header.bottom and cells and reader.why_no_record(cells) is None:
            yield cells


def _left(table: Table, at: int, rows: int) -> Unread:
    heading = table.header.headings[at]
    column = (
        f"“{heading}”（{letters(table.sheet, at)} 列）" if heading else f"没有列名的 {letters(table.sheet, at)} 列"
    )
    return Unread(
        code="column-left",
        sheet=table.sheet.name,
        zh=f"工作表“{table.sheet.name}”{column}没有读取，其中 {rows} 行有内容",
        en=f"Column {letters(table.sheet, at)} was not read; {rows} rows hold something there.",
    )


def _doubled(table: Table, at: int, field: Field, differ: int) -> Unread:
    taken = next(place for each, place in table.header.columns if each.name == field.name)
    here, there = letters(table.sheet, at), letters(table.sheet, taken)
    titles = "、".join(dict.fromkeys(f"“{table.header.headings[place]}”" for place in (taken, at)))
    rest = f"，其中 {differ} 行与 {there} 列不同" if differ else "，内容没有不同"
    return Unread(
        code="column-doubled",
        sheet=table.sheet.name,
        zh=f"工作表“{table.sheet.name}”有两列是同一项内容（{titles}）：采用 {there} 列，{here} 列没有读取{rest}",
        en=f"Columns {there} and {here} tell the same: {there} was taken; {differ} rows differ.",
        lost=differ > 0,
    )


def _of_rows(sheet: Sheet) -> Iterator[Unread]:
    if not (hidden := sheet.marks.hidden):
        return
    numbers = _numbers(at + 1 for at in hidden)
    why = "设有筛选，未显示的" if sheet.marks.filtered else "有隐藏行"
    yield Unread(
        code="rows-filtered" if sheet.marks.filtered else "rows-hidden",
        sheet=sheet.name,
        zh=f"工作表“{sheet.name}”{why} {len(hidden)} 行（第 {numbers} 行），已一并读取；不应导入的请删除后重新导入",
        en=f"{len(hidden)} rows that are not shown were read all the same: {numbers}.",
    )


def _numbers(numbers: Iterable[int]) -> str:
    """`3、5—9`, not too many of them."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = [str(first) if first == last else f"{first}—{last}" for first, last in spans[:MOST_ROWS_NAMED]]
    return "、".join(shown) + (" 等" if len(spans) > MOST_ROWS_NAMED else "")


def letters(sheet: Sheet, at: int) -> str:
    """What Excel calls a column."""
    number, found = sheet.first_column + at + 1, ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
