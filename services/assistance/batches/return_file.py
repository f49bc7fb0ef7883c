"""The file that the bank returns: read, and each line held against what was sent."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.assistance.batches.decisions import LineResult
from services.assistance.batches.layouts import ReturnLayout
from services.assistance.ids import ChildId
from shared.faults import InvalidValue
from shared.identifiers.text import compact
from shared.kernel.refusals import Kind, Refused
from shared.money import parse_yuan

WRONG = {
    "UNREADABLE": "该行缺少序号、金额或结果代码，或格式有误",
    "UNKNOWN_LINE": "序号不在本批次已送银行的明细之中",
    "OTHER_BATCH": "账号或摘要与本批次不符，可能属于其他批次",
    "AMOUNT_DIFFERS": "金额与送盘金额不一致",
    "TWICE": "同一序号在文件中重复出现",
    "ALREADY_SETTLED": "该明细已有另一回盘结果",
}
"""Why a line of a return file is refused."""


@dataclass(frozen=True, slots=True)
class SentLine:
    """What the bank was asked to pay. `answer`: PAID or RETURNED once it has answered, else empty."""

    child_id: ChildId
    account: str
    amount_fen: int
    answer: str = ""


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line of the file that was not booked. `row` counts from 1, the heading included."""

    row: int
    code: str

    @property
    def zh(self) -> str:
        return WRONG[self.code]


@dataclass(frozen=True, slots=True)
class Checked:
    """What of a return file can be booked, how many lines say what is booked already, and what cannot be."""

    known: int
    accepted: tuple[LineResult, ...]
    refused: tuple[RefusedLine, ...]


class NotAReturnFile(Refused):
    code = "not-a-return-file"
    kind = Kind.INVALID

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"无法读取回盘文件：{zh}。", f"the return file cannot be read: {en}", field="file")


Fields = Mapping[str, str]


def read_return_file(content: bytes, layout: ReturnLayout) -> list[Fields]:
    """The file's lines by field. Raises NotAReturnFile for another encoding, missing columns, or no line."""
    try:
        text = content.decode(layout.encoding).removeprefix("\ufeff")
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=layout.separator, strict=True))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise NotAReturnFile(f"文件不是{layout.encoding.upper()}编码的文本", "encoding or quoting") from fault
    headings = [cell.strip() for cell in lines[0]] if lines else []
    missing = [column.heading for column in layout.columns if column.heading not in headings]
    if missing:
        raise NotAReturnFile(f"缺少{'、'.join(missing)}列", "columns are missing")
    if len(lines) == 1:
        raise NotAReturnFile("没有明细", "no lines")
    places = {column.field: headings.index(column.heading) for column in layout.columns}
    return [_fields(line, places) for line in lines[1:]]


def check_return(lines: Iterable[Fields], sent: Mapping[int, SentLine], memo: str, layout: ReturnLayout) -> Checked:
    """Hold each line against what was sent. Of a line that comes twice none is booked: which one is true?"""
    rows = [(number, fields) for number, fields in enumerate(lines, start=2) if any(fields.values())]
    seqs = [_seq(fields) for _, fields in rows]
    times = Counter(seqs)
    known = 0
    accepted: list[LineResult] = []
    refused: list[RefusedLine] = []
    for (number, fields), seq in zip(rows, seqs, strict=True):
        line = sent.get(seq) if seq is not None else None
        wrong = "TWICE" if seq is not None and times[seq] > 1 else _wrong(fields, seq, line, memo, layout)
        if wrong or line is None:
            refused.append(RefusedLine(number, wrong or "UNKNOWN_LINE"))
        elif line.answer:
            known += 1
        else:
            accepted.append(LineResult(line.child_id, line.amount_fen, _returned(fields, layout)))
    return Checked(known, tuple(accepted), tuple(refused))


def _wrong(fields: Fields, seq: int | None, line: SentLine | None, memo: str, layout: ReturnLayout) -> str:
    fen = _fen(fields)
    if seq is None or fen is None or not fields["code"]:
        return "UNREADABLE"
    if line is None:
        return "UNKNOWN_LINE"
    if compact(fields["account"]) != line.account or fields["memo"] != memo:
        return "OTHER_BATCH"
    if fen != line.amount_fen:
        return "AMOUNT_DIFFERS"
    answer = "RETURNED" if _returned(fields, layout) else "PAID"
    return "ALREADY_SETTLED" if line.answer not in ("", answer) else ""


def _fields(line: list[str], places: Mapping[str, int]) -> Fields:
    return {field: line[at].strip() if at < len(line) else "" for field, at in places.items()}


def _seq(fields: Fields) -> int | None:
    text = compact(fields["seq"])
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _fen(fields: Fields) -> int | None:
    try:
        return parse_yuan(fields["amount"])
    except InvalidValue:
        return None


def _returned(fields: Fields, layout: ReturnLayout) -> str:
    code = fields["code"]
    return "" if code in layout.paid_codes else layout.reason_of(code, fields["reason"])
