"""Signing tokens locally, for trials on one machine. Production has an identity provider and refuses these keys."""

import json
import secrets
import time
from datetime import timedelta
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import KeyParameters, RSAKey

from shared.auth.tokens import ALGORITHM
from shared.kernel.caller import Caller
from shared.privacy.keyring import DEVELOPMENT_PREFIX

_BITS = 2048


class SigningKeyNotForDevelopment(ValueError):
    """The key's id does not mark it as a development key: this suite signs with no other."""


def write_development_keys(signing_key_file: Path, jwks_file: Path) -> None:
    """Make a key pair: the private key for its owner's eyes, the public one as a JWKS.

    Raises FileExistsError when there is a private key already.
    """
    parameters: KeyParameters = {"kid": f"{DEVELOPMENT_PREFIX}-{secrets.token_hex(4)}", "use": "sig", "alg": ALGORITHM}
    key = RSAKey.generate_key(_BITS, parameters=parameters)
    signing_key_file.touch(mode=0o600, exist_ok=False)
    signing_key_file.write_text(json.dumps(key.as_dict(private=True)) + "\n", "utf-8")
    jwks_file.write_text(json.dumps({"keys": [key.as_dict(private=False)]}, indent=2) + "\n", "utf-8")


class TokenSigner:
    """Signs tokens as an identity provider would."""

    def __init__(self, signing_key_file: Path, issuer: str, audience: str) -> None:
        """Raises OSError, ValueError or SigningKeyNotForDevelopment."""
        self._key = RSAKey.import_key(json.loads(signing_key_file.read_text("utf-8")))
        if not (self._key.kid or "").startswith(DEVELOPMENT_PREFIX):
            raise SigningKeyNotForDevelopment(signing_key_file.name)
        self._issuer = issuer
        self._audience = audience

    def sign(self, caller: Caller, lifetime: timedelta) -> str:
        """A token that makes its bearer this caller, from now (the real time) for `lifetime`."""
        now = int(time.time())
        claims: dict[str, str | int] = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": caller.subject,
            "role": caller.role,
            "iat": now,
            "exp": now + int(lifetime.total_seconds()),
        }
        optional = {"name": caller.name, "division": caller.scope.division, "school": caller.scope.school}
        claims |= {name: value for name, value in optional.items() if value}
        return jwt.encode({"alg": ALGORITHM, "kid": self._key.kid}, claims, self._key, algorithms=[ALGORITHM])
