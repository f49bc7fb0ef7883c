"""Keyring files, JSON or TOML by their ending::

    {"keys": [{"id": "2026-1", "algorithm": "AES-256-GCM", "secret": "<base64>", "state": "active"}],
     "blind_index": {"id": "index-1", "secret": "<base64>"}}

To rotate, add a key as active and set the old one to retired; never remove a key that sealed something.
"""

import base64
import json
import re
import secrets
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import structlog

from shared.privacy.keyring import (
    DEVELOPMENT_PREFIX,
    Algorithm,
    IndexKey,
    KeyId,
    Keyring,
    KeyringInvalid,
    KeyState,
    SealingKey,
)

_KEY_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_INDEX_SECRET_BYTES: Final = 32


def load_keyring(path: Path) -> Keyring:
    """The keyring of a file; a warning is logged when others can read it.

    Raises ``KeyringInvalid``, ``OSError``.
    """
    try:
        text = path.read_text("utf-8")
        document = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except ValueError as fault:
        # the parser's own words may quote the line with a secret
        raise KeyringInvalid(f"密钥文件 {path.name} 不是有效的 JSON 或 TOML") from fault
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        structlog.get_logger().warning("keyring_open_to_others", path=str(path), remedy="chmod 600")
    return parse_keyring(document)


def parse_keyring(document: Any) -> Keyring:
    """The keyring that a parsed file states. Raises ``KeyringInvalid`` with every problem found."""
    if not isinstance(document, dict) or document.keys() != {"keys", "blind_index"}:
        raise KeyringInvalid("密钥文件应有 keys 和 blind_index 两项")
    listed, index = document["keys"], document["blind_index"]
    if not isinstance(listed, list) or not isinstance(index, dict):
        raise KeyringInvalid("keys 应为列表，blind_index 应为一组 id 和 secret")
    problems = [fault for place, entry in enumerate(listed, 1) for fault in _key_faults(entry, place)]
    problems += _index_faults(index)
    if problems:
        raise KeyringInvalid(*problems)
    return Keyring(
        tuple(_sealing_key(entry) for entry in listed),
        IndexKey(id=KeyId(index["id"]), secret=base64.b64decode(index["secret"])),
    )


def generate_keyring(prefix: str = DEVELOPMENT_PREFIX, algorithm: Algorithm = Algorithm.AES_256_GCM) -> dict[str, Any]:
    """A new keyring document with random secrets; the default ids mark it as for development only."""
    key = {
        "id": f"{prefix}-1",
        "algorithm": algorithm.value,
        "secret": _random_secret(algorithm.secret_bytes),
        "state": KeyState.ACTIVE.value,
    }
    return {
        "keys": [key],
        "blind_index": {"id": f"{prefix}-index", "secret": _random_secret(_INDEX_SECRET_BYTES)},
    }


def write_keyring(document: Mapping[str, Any], path: Path) -> None:
    """Write a JSON keyring that only its owner can read. Raises ``FileExistsError``: keys are never lost."""
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(json.dumps(document, indent=2) + "\n", "utf-8")


def _key_faults(entry: Any, place: int) -> list[str]:
    where = f"第 {place} 把密钥"
    if not isinstance(entry, dict) or entry.keys() != {"id", "algorithm", "secret", "state"}:
        return [f"{where}应有 id、algorithm、secret、state 四项"]
    faults = []
    if not _is_key_id(entry["id"]):
        faults.append(f"{where}的 id 只能用小写字母、数字和连字符，最长 40 个字符")
    if entry["state"] not in list(KeyState):
        faults.append(f"{where}的 state 应为 active 或 retired")
    if entry["algorithm"] not in list(Algorithm):
        faults.append(f"{where}的 algorithm 应为 AES-256-GCM 或 SM4-GCM")
    elif _length(entry["secret"]) != (size := Algorithm(entry["algorithm"]).secret_bytes):
        faults.append(f"{where}的 secret 应为 {size} 字节的 base64")
    return faults


def _index_faults(index: dict[str, Any]) -> list[str]:
    if index.keys() != {"id", "secret"} or not _is_key_id(index["id"]):
        return ["blind_index 应有 id 和 secret,id 只能用小写字母、数字和连字符"]
    if _length(index["secret"]) < _INDEX_SECRET_BYTES:
        return [f"blind_index 的 secret 应为至少 {_INDEX_SECRET_BYTES} 字节的 base64"]
    return []


def _sealing_key(entry: dict[str, str]) -> SealingKey:
    return SealingKey(
        id=KeyId(entry["id"]),
        algorithm=Algorithm(entry["algorithm"]),
        secret=base64.b64decode(entry["secret"]),
        state=KeyState(entry["state"]),
    )


def _is_key_id(value: object) -> bool:
    return isinstance(value, str) and _KEY_ID.fullmatch(value) is not None


def _length(secret: object) -> int:
    """How many bytes a base64 text holds; zero when it is none."""
    try:
        return len(base64.b64decode(secret, validate=True)) if isinstance(secret, str) else 0
    except ValueError:  # not base64, or not even ASCII
        return 0


def _random_secret(size: int) -> str:
    return base64.b64encode(secrets.token_bytes(size)).decode()
