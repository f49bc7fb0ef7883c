"""The public keys that tokens are verified with: from a file that may be replaced, or from the identity provider."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import httpx
import msgspec
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from shared.kernel.refusals import Kind, Refused
from shared.watched_file import WatchedFile

FRESH_FOR_S = 600.0
AT_LEAST_BETWEEN_FETCHES_S = 10.0
FETCH_WITHIN_S = 5.0

log = structlog.get_logger()


class KeysUnavailable(Refused):
    """No key can be had now, so no token can be judged."""

    code = "token-keys-unavailable"
    kind = Kind.UNAVAILABLE

    def __init__(self) -> None:
        super().__init__("暂时无法核验登录凭证，请稍后重试。", "the keys that verify tokens cannot be read now")


class PublicKeys(Protocol):
    """Where keys come from."""

    def find(self, kid: str) -> RSAKey | None:
        """The key of this id, or None. Raises KeysUnavailable when no keys can be had at all."""
        ...


class FileKeys:
    """A JWKS file; a replaced one counts at once."""

    def __init__(self, path: Path) -> None:
        self._file = WatchedFile(path)
        self._text = ""
        self._keys: dict[str, RSAKey] = {}

    def find(self, kid: str) -> RSAKey | None:
        try:
            text = self._file.text()
            if text != self._text:
                self._keys, self._text = parse_jwks(text.encode()), text
        except (OSError, ValueError) as error:
            log.error("token keys unreadable", error=str(error))
            if not self._keys:
                raise KeysUnavailable() from error
        return self._keys.get(kid)


class UrlKeys:
    """The JWKS of an identity provider: kept for ten minutes, fetched again for a key id not seen before.

    While the provider is away, the keys last seen go on. A caller who makes up key ids causes no flood of fetches.
    """

    def __init__(
        self, url: str, fetch: Callable[[str], bytes] | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._url = url
        self._fetch = fetch or _fetch
        self._now = now
        self._lock = threading.Lock()
        self._keys: dict[str, RSAKey] = {}
        self._tried_at = float("-inf")
        self._fetched_at = float("-inf")

    def find(self, kid: str) -> RSAKey | None:
        if kid not in self._keys or self._now() - self._fetched_at > FRESH_FOR_S:
            with self._lock:
                self._refresh()
        if not self._keys:
            raise KeysUnavailable()
        return self._keys.get(kid)

    def _refresh(self) -> None:
        if self._now() - self._tried_at < AT_LEAST_BETWEEN_FETCHES_S:
            return
        self._tried_at = self._now()
        try:
            self._keys = parse_jwks(self._fetch(self._url))
            self._fetched_at = self._now()
        except (httpx.HTTPError, ValueError) as error:
            log.warning("token keys not fetched, keeping the old ones", error=type(error).__name__)


def parse_jwks(content: bytes) -> dict[str, RSAKey]:
    """The RSA keys for signatures by their ids; keys of other kinds are left out. Raises ValueError."""
    try:
        document = msgspec.json.decode(content, type=dict[str, list[dict[str, str | list[str]]]])
        listed = [key for key in document["keys"] if key.get("kty") == "RSA" and key.get("use", "sig") == "sig"]
        keys = KeySet.import_key_set({"keys": listed}) if listed else KeySet([])
    except (msgspec.MsgspecError, KeyError, JoseError) as error:
        raise ValueError(f"not a JWKS: {error}") from error
    return {key.kid: key for key in keys.keys if key.kid and isinstance(key, RSAKey)}


def _fetch(url: str) -> bytes:
    return httpx.get(url, timeout=FETCH_WITHIN_S).raise_for_status().content
