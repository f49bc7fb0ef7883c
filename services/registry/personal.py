"""Personal data at the edge: sealed on the way in, found by blind index, opened only to be masked.

A sealed value is bound to its child and field, so that none can be moved to another child.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from services.registry.children.ids import ChildId
from shared.identifiers import mask_bank_account, mask_mobile, mask_resident_id
from shared.identifiers.student_number import mask_student_number
from shared.privacy import BlindIndex, Cipher, Sealed
from shared.privacy.place import place_of

MASKS: Mapping[str, Callable[[str], str]] = {
    "id_number": mask_resident_id,
    "student_number": mask_student_number,
    "guardian_phone": mask_mobile,
    "guardian_account": mask_bank_account,
    "guardian_id_number": mask_resident_id,
    "particulars": lambda text: "*" * len(text),
}
"""The sealed fields of events and ledger rows, and how each is shown."""

INDEX_FIELDS = frozenset({"id_index", "student_number_index", "account_index", "guardian_id_index", "new_index"})
"""Blind indexes stay inside: they tell nobody anything but that two values are equal."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    cipher: Cipher
    blind_index: BlindIndex

    def seal(self, child_id: ChildId, field: str, value: str) -> str:
        return self.cipher.seal(value, place_of(child_id, field))

    def index(self, field: str, value: str) -> str:
        """What the sealed field is found by; the same in every child's row."""
        return self.blind_index.of(value, field)

    def sealed_or_none(self, child_id: ChildId, field: str, value: str | None) -> str | None:
        return None if value is None else self.seal(child_id, field, value)

    def index_or_none(self, field: str, value: str | None) -> str | None:
        return None if value is None else self.index(field, value)

    def opened(self, field: str, sealed: str | None, subject: ChildId) -> str | None:
        """A value that was sealed for a subject, to be sealed anew for another; nobody is shown it."""
        return None if sealed is None else self.cipher.open(Sealed(sealed), place_of(subject, field))

    def holds(self, child_id: ChildId, field: str, sealed: str | None, value: str) -> bool:
        """Whether a sealed value is this one: of fields that have no blind index."""
        return sealed is not None and self.opened(field, sealed, child_id) == value

    def masked(self, child_id: ChildId, content: dict[str, Any]) -> dict[str, Any]:
        """A row or an event's data for showing: sealed values opened and masked, indexes left out."""
        shown = {name: value for name, value in content.items() if name not in INDEX_FIELDS}
        if (corrected := str(shown.get("field"))) in MASKS:
            for name in ("old_value", "new_value"):
                shown[name] = self._masked(child_id, corrected, shown[name])
        for field in MASKS.keys() & shown.keys():
            shown[field] = self._masked(child_id, field, shown[field])
        return shown

    def _masked(self, child_id: ChildId, field: str, sealed: str | None) -> str | None:
        if sealed is None:
            return None
        return MASKS[field](self.cipher.open(Sealed(sealed), place_of(child_id, field)))
