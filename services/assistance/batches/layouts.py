"""How a bank wants its files, as data: there is no national layout."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from services.assistance.beneficiaries.payments import ReturnReason

Encoding = Literal["gbk", "gb18030", "utf-8"]


@dataclass(frozen=True, slots=True)
class BankColumn:
    """A field (seq, account, account_name, id_number, amount, memo; code, reason) under the bank's heading."""

    field: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLayout:
    """The file that is sent: columns in order, amounts in yuan with two decimals, lines ended by CR LF."""

    encoding: Encoding
    separator: str
    headings: bool
    columns: tuple[BankColumn, ...]


NEEDED = frozenset({"seq", "account", "amount", "memo", "code"})
"""Without these columns a line of a return file cannot be told from another, or says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLayout:
    """The file that comes back, and what its words mean. Whatever is not agreed on here is not booked.

    A code in `paid_codes` means paid, one in `reasons` returned; of a code that says OTHER the bank's sentence may
    say more (`reason_words`). Words of success and failure in the sentence must fit the code; those of `open_words`
    fit none. `code_width`: all codes have so many digits (0: not agreed), so a number is filled up with zeros.
    """

    encoding: Encoding
    separator: str
    columns: tuple[BankColumn, ...]
    paid_codes: frozenset[str]
    reasons: Mapping[str, ReturnReason] = field(default_factory=dict)
    reason_words: Mapping[str, ReturnReason] = field(default_factory=dict)
    success_words: tuple[str, ...] = ()
    failure_words: tuple[str, ...] = ()
    open_words: tuple[str, ...] = ()
    code_width: int = 0

    def __post_init__(self) -> None:
        missing = sorted(NEEDED - {column.field for column in self.columns})
        if missing:
            raise ValueError(f"return_file.columns lacks {', '.join(missing)}")
        both = sorted(self.paid_codes & self.reasons.keys())
        if both:
            raise ValueError(f"codes that mean paid and returned: {', '.join(both)}")

    @property
    def codes(self) -> frozenset[str]:
        """Every code with an agreed meaning."""
        return self.paid_codes | self.reasons.keys()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layouts:
    """Both files of one bank."""

    bank_file: BankLayout
    return_file: ReturnLayout
