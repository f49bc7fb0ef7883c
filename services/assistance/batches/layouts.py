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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnLayout:
    """The file that comes back. A code in `paid_codes` means paid; others are looked up in `reasons`, then the
    bank's sentence is searched for `reason_words`; what is left is OTHER."""

    encoding: Encoding
    separator: str
    columns: tuple[BankColumn, ...]
    paid_codes: frozenset[str]
    reasons: Mapping[str, ReturnReason] = field(default_factory=dict)
    reason_words: Mapping[str, ReturnReason] = field(default_factory=dict)

    def reason_of(self, code: str, sentence: str) -> ReturnReason:
        """Why the bank returned a line. The sentence itself is never kept: it may quote personal data."""
        if code in self.reasons:
            return self.reasons[code]
        fitting = (reason for words, reason in self.reason_words.items() if words in sentence)
        return next(fitting, ReturnReason.OTHER)
