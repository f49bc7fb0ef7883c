"""The keys that seal personal data.

Exactly one key is active and seals; the retired ones still open. The blind-index key is apart from
them and has no successor: another key would make every stored index value unfindable.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NewType

KeyId = NewType("KeyId", str)
"""Lower-case letters, digits, hyphens; it stands in front of every value that its key sealed."""

DEVELOPMENT_PREFIX: Final = "development"


class KeyringInvalid(ValueError):
    """A keyring file that cannot be used; ``problems`` says why, without any secret."""

    code = "privacy-keyring-invalid"

    def __init__(self, *problems: str) -> None:
        super().__init__("；".join(problems))
        self.problems = problems


class Algorithm(StrEnum):
    """Authenticated encryption that a key may name."""

    AES_256_GCM = "AES-256-GCM"
    SM4_GCM = "SM4-GCM"

    @property
    def secret_bytes(self) -> int:
        return 32 if self is Algorithm.AES_256_GCM else 16


class KeyState(StrEnum):
    """Whether a key still seals."""

    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingKey:
    """One key; its secret is in no ``repr``."""

    id: KeyId
    algorithm: Algorithm
    secret: bytes = field(repr=False)
    state: KeyState


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexKey:
    """The key of the blind index."""

    id: KeyId
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keyring:
    """All keys of an installation. Raises ``KeyringInvalid`` unless exactly one key is active."""

    keys: tuple[SealingKey, ...]
    index_key: IndexKey

    def __post_init__(self) -> None:
        ids = [key.id for key in self.keys]
        if len(set(ids)) < len(ids):
            raise KeyringInvalid("有两把密钥的 id 相同")
        if sum(key.state is KeyState.ACTIVE for key in self.keys) != 1:
            raise KeyringInvalid('应有且只有一把密钥的 state 为 "active"')

    @property
    def active(self) -> SealingKey:
        """The key that seals."""
        return next(key for key in self.keys if key.state is KeyState.ACTIVE)

    @property
    def is_development(self) -> bool:
        """Whether any key is one of those that production refuses."""
        ids = [*(key.id for key in self.keys), self.index_key.id]
        return any(key_id.startswith(DEVELOPMENT_PREFIX) for key_id in ids)
