"""Finding a sealed value by equality without opening any."""

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Final, NewType

from shared.identifiers.text import compact
from shared.privacy.keyring import IndexKey

BlindKey = NewType("BlindKey", str)
"""Thirty-two hexadecimal digits."""

_HEX_DIGITS: Final = 32


@dataclass(frozen=True, slots=True)
class BlindIndex:
    """Keyed hashes (HMAC-SHA-256, 128 bits kept) under a key of their own."""

    key: IndexKey = field(repr=False)

    def of(self, value: str, kind: str) -> BlindKey:
        """The index value of ``value``, the same for every spelling in width, spaces and case.

        ``kind`` says what is indexed (``resident_id``, ``bank_account``): equal digits of two kinds
        do not meet. An identity number of 15 digits is to be brought to 18 before.
        """
        message = f"{kind}\0{compact(value).upper()}".encode()
        return BlindKey(hmac.new(self.key.secret, message, hashlib.sha256).hexdigest()[:_HEX_DIGITS])
