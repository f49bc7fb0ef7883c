"""Sealing whole files: an uploaded workbook is personal data from its first to its last byte."""

import base64

from shared.privacy.cipher import Cipher, Sealed

_CONTEXT = "file"


def seal_file(cipher: Cipher, content: bytes) -> bytes:
    return cipher.seal(base64.b64encode(content).decode(), _CONTEXT).encode()


def open_file(cipher: Cipher, sealed: bytes) -> bytes:
    """Raises CannotOpen."""
    return base64.b64decode(cipher.open(Sealed(sealed.decode()), _CONTEXT))
