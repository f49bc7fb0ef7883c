"""Personal data: sealed where it is stored, found by blind index, masked where it is shown."""

from shared.privacy.blind_index import BlindIndex, BlindKey
from shared.privacy.cipher import CannotOpen, Cipher, Sealed, is_sealed
from shared.privacy.keyring import Keyring, KeyringInvalid
from shared.privacy.keyring_file import load_keyring

__all__ = [
    "BlindIndex",
    "BlindKey",
    "CannotOpen",
    "Cipher",
    "Keyring",
    "KeyringInvalid",
    "Sealed",
    "is_sealed",
    "load_keyring",
]
