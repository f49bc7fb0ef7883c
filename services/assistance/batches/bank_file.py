"""The file for the bank. It is made when it is asked for and never stored: it holds open account numbers."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from services.assistance.batches.layouts import BankLayout
from shared.kernel.refusals import Refused
from shared.money import yuan


@dataclass(frozen=True, slots=True, kw_only=True)
class BankRow:
    """One payment with the payee's data in the open."""

    seq: int
    account: str
    account_name: str
    id_number: str
    amount_fen: int
    memo: str

    def text(self, field: str) -> str:
        if field == "amount":
            return yuan(self.amount_fen)
        return str(getattr(self, field))


class NotInBankEncoding(Refused):
    """A rare character that the bank's encoding lacks; the sequence numbers say where, no name is told."""

    code = "not-in-bank-encoding"

    def __init__(self, encoding: str, seqs: list[int]) -> None:
        where = "、".join(str(seq) for seq in seqs[:20])
        super().__init__(
            f"序号{where}的户名含有{encoding.upper()}编码没有的字，请与银行商定改用GB18030或UTF-8。",
            f"lines {where} hold characters that {encoding} lacks",
        )


def write_bank_file(rows: Iterable[BankRow], layout: BankLayout) -> bytes:
    """The rows in the bank's layout. Raises NotInBankEncoding rather than replace a character."""
    rows = sorted(rows, key=lambda row: row.seq)
    unfit = [row.seq for row in rows if not _fits(row, layout)]
    if unfit:
        raise NotInBankEncoding(layout.encoding, unfit)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=layout.separator, lineterminator="\r\n")
    if layout.headings:
        writer.writerow([column.heading for column in layout.columns])
    writer.writerows([row.text(column.field) for column in layout.columns] for row in rows)
    return text.getvalue().encode(layout.encoding)


def _fits(row: BankRow, layout: BankLayout) -> bool:
    try:
        "".join(row.text(column.field) for column in layout.columns).encode(layout.encoding)
    except UnicodeEncodeError:
        return False
    return True
