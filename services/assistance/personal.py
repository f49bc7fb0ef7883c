"""Opening what the registry sealed: a child's account and ID number, for the bank alone."""

from dataclasses import dataclass

from services.assistance.ids import ChildId
from shared.privacy import Cipher, Sealed
from shared.privacy.place import place_of


@dataclass(frozen=True, slots=True)
class PersonalData:
    cipher: Cipher

    def account(self, child_id: ChildId, sealed: str) -> str:
        return self.cipher.open(Sealed(sealed), place_of(child_id, "guardian_account"))

    def id_number(self, child_id: ChildId, sealed: str | None) -> str:
        """Empty when none is known."""
        return self.cipher.open(Sealed(sealed), place_of(child_id, "id_number")) if sealed else ""
