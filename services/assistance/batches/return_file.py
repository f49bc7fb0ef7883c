"""Each line of a bank's return file, held against what was sent."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.assistance.batches.answers import Answer, answer_of, shown_code
from services.assistance.batches.decisions import LineResult
from services.assistance.batches.layouts import ReturnLayout
from services.assistance.batches.return_tables import ReturnRow
from services.assistance.batches.return_totals import payments_of
from services.assistance.ids import ChildId
from shared.identifiers.text import compact
from shared.workbooks.cells import EXACT_DIGITS

WRONG = {
    "UNREADABLE": "读不出{told}，请对照银行原件更正该单元格后重新导入",
    "UNKNOWN_LINE": "序号不在本批次已送银行的明细之中",
    "ACCOUNT_DIGITS_LOST": (
        "账号成了数字（如科学记数法 6.2E+18），后几位或前导零已经丢失，无法核对是哪个账户。"
        "请把账号列设为“文本”，从银行原件重新导出，不要用Excel打开后再保存"
    ),
    "OTHER_BATCH": "账号或摘要与本批次不符，可能属于其他批次",
    "AMOUNT_DIFFERS": "金额与送盘金额不一致",
    "TWICE": "同一序号在文件中重复出现",
    "UNKNOWN_CODE": "结果代码“{told}”不在对照表中，不知是否已入账。请与银行核对代码含义，由管理员补充对照表后重新导入",
    "CODE_MANGLED": (
        "结果代码“{told}”可能被Excel去掉了前导零或改成了小数，不知是哪个代码。"
        "请把该列设为“文本”，从银行原件重新导出后再导入"
    ),
    "CODE_AND_SENTENCE_DIFFER": (
        "结果代码“{told}”与原因栏的文字互相矛盾，不知是否已入账。请与银行核对该笔结果后更正，重新导入"
    ),
}
"""Why a line of a return file is refused. Nothing of it is booked; its money stays where it is."""

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
_SEQ = re.compile(r"(\d{1,9})(?:\.0+)?", re.ASCII)


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
    sheet: str = ""
    told: str = field(default="", compare=False)

    @property
    def zh(self) -> str:
        return WRONG[self.code].format(told=self.told)


@dataclass(frozen=True, slots=True)
class ContraryLine:
    """A line that says the opposite of what is booked (`booked`: PAID or RETURNED; `returned` empty: now paid)."""

    row: int
    sheet: str
    seq: int
    child_id: ChildId
    booked: str
    returned: str

    @property
    def answer(self) -> str:
        return "RETURNED" if self.returned else "PAID"

    @property
    def zh(self) -> str:
        booked, said = ("入账", "退回") if self.returned else ("退回", "入账")
        return (
            f"与已入账结果相反：序号{self.seq}已登记为{booked}，文件中为{said}。确属银行后来的结果的，"
            "请凭银行凭证登记更正，由另一人复核后入账"
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """What of a return file can be booked, how many lines say what is booked already, and what cannot be.

    `contrary`: what may be recorded as a later answer, with evidence and a second person.
    `waiting`: how many lines still have no answer once this is booked.
    """

    known: int
    accepted: tuple[LineResult, ...]
    refused: tuple[RefusedLine, ...]
    contrary: tuple[ContraryLine, ...] = ()
    waiting: int = 0


def check_return(rows: Iterable[ReturnRow], sent: Mapping[int, SentLine], memo: str, layout: ReturnLayout) -> Checked:
    """Hold each line against what was sent. Of a line that comes twice none is booked: which one is true?

    Raises ReturnTotalsDiffer or TotalNotReadable.
    """
    lines = [_Line.of(row, layout) for row in payments_of(rows)]
    times = Counter(line.seq for line in lines)
    known = 0
    accepted: list[LineResult] = []
    refused: list[RefusedLine] = []
    contrary: list[ContraryLine] = []
    for line in lines:
        asked = sent.get(line.seq) if line.seq is not None else None
        twice = line.seq is not None and times[line.seq] > 1
        wrong = "TWICE" if twice else line.wrong(asked, memo)
        if wrong or asked is None:
            refused.append(line.refused(wrong or "UNKNOWN_LINE"))
        elif asked.answer == line.said:
            known += 1
        elif asked.answer:
            contrary.append(line.contrary(asked))
        else:
            accepted.append(LineResult(asked.child_id, asked.amount_fen, line.answer.returned or ""))
    waiting = sum(not each.answer for each in sent.values()) - len(accepted)
    return Checked(known, tuple(accepted), tuple(refused), tuple(contrary), waiting)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as far as it can be read."""

    row: ReturnRow
    seq: int | None
    fen: int | None
    answer: Answer

    @classmethod
    def of(cls, row: ReturnRow, layout: ReturnLayout) -> "_Line":
        code, sentence = row.fields["code"], row.fields.get("reason", "")
        answer = answer_of(code, sentence, layout, is_number="code" in row.numbers)
        return cls(row, _seq(row.fields["seq"]), row.fen, answer)

    @property
    def unread(self) -> str:
        """The titles of what cannot be read."""
        cells = (("序号", self.seq is not None), ("金额", self.fen is not None), ("结果代码", self.row.fields["code"]))
        return "、".join(title for title, is_there in cells if not is_there)

    @property
    def said(self) -> str:
        return "RETURNED" if self.answer.returned else "PAID"

    def contrary(self, asked: SentLine) -> ContraryLine:
        row, returned = self.row, self.answer.returned or ""
        return ContraryLine(row.number, row.sheet, self.seq or 0, asked.child_id, asked.answer, returned)

    def wrong(self, asked: SentLine | None, memo: str) -> str:
        """The first thing that is wrong with the line; empty when it says something clear of a line that was sent."""
        if self.unread:
            return "UNREADABLE"
        if asked is None:
            return "UNKNOWN_LINE"
        account = self.row.fields["account"]
        if account != asked.account and lost_digits(account, asked.account):
            return "ACCOUNT_DIGITS_LOST"
        if account != asked.account or self.row.fields["memo"] != memo:
            return "OTHER_BATCH"
        if self.fen != asked.amount_fen:
            return "AMOUNT_DIFFERS"
        return self.answer.unclear

    def refused(self, code: str) -> RefusedLine:
        told = self.unread if code == "UNREADABLE" else shown_code(compact(self.row.fields["code"]))
        return RefusedLine(self.row.number, code, self.row.sheet, told)


def lost_digits(written: str, account: str) -> bool:
    """Whether what is written is what a spreadsheet makes of an account that it takes for a number."""
    if _SCIENTIFIC.fullmatch(written):
        return True
    rounded = account[:EXACT_DIGITS] + "0" * (len(account) - EXACT_DIGITS)
    return written in (rounded, account.lstrip("0"))


def _seq(text: str) -> int | None:
    found = _SEQ.fullmatch(compact(text))
    return int(found[1]) if found else None
