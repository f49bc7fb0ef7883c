"""Sealing single field values: authenticated encryption bound to the place where the value stands."""

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NewType, Protocol, TypeGuard

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM

from shared.privacy.keyring import Algorithm, KeyId, Keyring

Sealed = NewType("Sealed", str)
"""``enc:<key id>:<base64 of nonce, ciphertext and tag>``."""

_MARK: Final = "enc:"
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16


class CannotOpen(Exception):
    """A sealed value that cannot be opened; the text holds no personal data."""

    code = "privacy-cannot-open"


class NotSealed(CannotOpen):
    """The value does not have the form of a sealed one."""

    code = "privacy-not-sealed"


class UnknownKey(CannotOpen):
    """The value was sealed with a key that the keyring does not hold."""

    code = "privacy-unknown-key"

    def __init__(self, key_id: str) -> None:
        super().__init__(f"no key {key_id!r} in the keyring")
        self.key_id = key_id


class SealBroken(CannotOpen):
    """The value was altered, or belongs to another context."""

    code = "privacy-seal-broken"


class _Aead(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Cipher:
    """Seals and opens with the keys of a keyring. A nonce is random: renew a key before 2³² values."""

    keyring: Keyring = field(repr=False)
    _aeads: Mapping[KeyId, _Aead] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        aeads = {key.id: _AEADS[key.algorithm](key.secret) for key in self.keyring.keys}
        object.__setattr__(self, "_aeads", MappingProxyType(aeads))

    def seal(self, plaintext: str, context: str) -> Sealed:
        """Encrypt with the active key. ``context`` names the place of the value, such as
        ``child:42:resident_id``; only the same context opens it, so values cannot be swapped."""
        key_id, nonce = self.keyring.active.id, os.urandom(_NONCE_BYTES)
        box = nonce + self._aeads[key_id].encrypt(nonce, plaintext.encode(), context.encode())
        return Sealed(f"{_MARK}{key_id}:{base64.b64encode(box).decode()}")

    def open(self, sealed: Sealed, context: str) -> str:
        """The plaintext. Raises ``NotSealed``, ``UnknownKey`` or ``SealBroken``."""
        key_id, box = _parts(sealed)
        aead = self._aeads.get(key_id)
        if aead is None:
            raise UnknownKey(key_id)
        try:
            return aead.decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], context.encode()).decode()
        except InvalidTag as fault:
            raise SealBroken("the value was altered or belongs elsewhere") from fault

    def needs_resealing(self, sealed: Sealed) -> bool:
        """Whether another key than the active one sealed the value."""
        return key_id_of(sealed) != self.keyring.active.id


def is_sealed(value: object) -> TypeGuard[Sealed]:
    """Whether a stored value is marked as sealed."""
    return isinstance(value, str) and value.startswith(_MARK)


def key_id_of(sealed: Sealed) -> KeyId:
    """The key that sealed the value. Raises ``NotSealed``."""
    return _parts(sealed)[0]


def _parts(sealed: str) -> tuple[KeyId, bytes]:
    mark, _, rest = sealed.partition(":")
    key_id, _, text = rest.partition(":")
    try:
        box = base64.b64decode(text, validate=True)
    except ValueError as fault:
        raise NotSealed("the value is not base64") from fault
    # base64 lets unused bits of the last character vary: one value must have one spelling only
    canonical = base64.b64encode(box).decode() == text
    if f"{mark}:" != _MARK or not key_id or len(box) < _NONCE_BYTES + _TAG_BYTES or not canonical:
        raise NotSealed("the value does not have the form enc:<key id>:<base64>")
    return KeyId(key_id), box


class _Sm4Gcm:
    """SM4 (GB/T 32907) in GCM with the interface of ``AESGCM``, which the library lacks for SM4."""

    def __init__(self, secret: bytes) -> None:
        self._sm4 = SM4(secret)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        encryptor = BlockCipher(self._sm4, GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data or b"")
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None, /) -> bytes:
        ciphertext, tag = data[:-_TAG_BYTES], data[-_TAG_BYTES:]
        decryptor = BlockCipher(self._sm4, GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(associated_data or b"")
        return decryptor.update(ciphertext) + decryptor.finalize()


_AEADS: Final[Mapping[Algorithm, type[AESGCM] | type[_Sm4Gcm]]] = {
    Algorithm.AES_256_GCM: AESGCM,
    Algorithm.SM4_GCM: _Sm4Gcm,
}
