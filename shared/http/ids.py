"""Ids drawn at the edge, so that decisions stay pure."""

import base64
import secrets


def new_id(prefix: str) -> str:
    """A new id: `prefix` and 26 lower-case letters and digits (128 random bits)."""
    return prefix + base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
