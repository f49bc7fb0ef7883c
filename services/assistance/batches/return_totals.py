"""Lines of a return file that are totals (合计, 总计, 小计): they are no payments, and they must agree."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from services.assistance.batches.refusals import ReturnTotalsDiffer, TotalNotReadable
from services.assistance.batches.return_tables import ReturnRow, fen_of
from shared.identifiers.text import compact

_TOTAL = re.compile(r"(?:本页|本批|本次|本班|本校|全校|全部|代发)?(?:合计|总计|小计|共计)")
_COUNT = re.compile(r"(\d+)[笔人户条]", re.ASCII)
_SUM = re.compile(r"(\d[\d,]*(?:\.\d{1,2})?)元|(\d[\d,]*\.\d{2})", re.ASCII)
_FEWEST_ACCOUNT_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines, and their sum in fen; None is not told."""

    lines: int | None = 0
    fen: int | None = 0

    def plus(self, fen: int) -> "Tally":
        return Tally((self.lines or 0) + 1, (self.fen or 0) + fen)

    def agrees(self, told: "Tally") -> bool:
        return told.lines in (None, self.lines) and told.fen in (None, self.fen)


def payments_of(rows: Iterable[ReturnRow]) -> list[ReturnRow]:
    """The rows without the totals, once each total agrees with the lines since the total before it, or with all
    above it in its sheet or in the file.

    Raises ReturnTotalsDiffer or TotalNotReadable: which line is missing or wrong nobody knows, so none is booked.
    """
    payments: list[ReturnRow] = []
    since = in_sheet = in_file = Tally()
    sheet = ""
    for row in rows:
        if row.sheet != sheet:
            since, in_sheet, sheet = Tally(), Tally(), row.sheet
        if is_total(row):
            _check(row, (in_sheet, since, in_file))
            since = Tally()
            continue
        payments.append(row)
        fen = row.fen or 0
        since, in_sheet, in_file = since.plus(fen), in_sheet.plus(fen), in_file.plus(fen)
    return payments


def is_total(row: ReturnRow) -> bool:
    """Whether a cell begins with a word for total, and the row has no account: a payee may have any name."""
    has_account = sum(char.isdigit() for char in row.fields["account"]) >= _FEWEST_ACCOUNT_DIGITS
    return not has_account and any(_TOTAL.match(compact(cell)) for cell in row.cells)


def _check(row: ReturnRow, above: tuple[Tally, ...]) -> None:
    told = _told(row)
    if told == Tally(None, None):
        raise TotalNotReadable(row.place)
    if not any(tally.agrees(told) for tally in above):
        nearest = above[0]
        raise ReturnTotalsDiffer(row.place, (told.lines, told.fen), (nearest.lines or 0, nearest.fen or 0))


def _told(row: ReturnRow) -> Tally:
    """What the total says: a sum in the column of amounts or in yuan beside the word; a count with its measure
    word, or alone in the column of accounts."""
    cells = [compact(cell) for cell in row.cells]
    words = "，".join(cell for cell in cells if _TOTAL.match(cell))
    told_sum = _SUM.search(words)
    fen = row.fen
    if fen is None and told_sum:
        fen = fen_of(told_sum[1] or told_sum[2])
    counts = [found for found in (_COUNT.search(words), *map(_COUNT.fullmatch, cells)) if found]
    account = row.fields["account"]
    lone = int(account) if account.isascii() and account.isdigit() else None
    return Tally(int(counts[0][1]) if counts else lone, fen)
