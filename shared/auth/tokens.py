"""Access tokens: RS256 JWTs, verified and read as a caller."""

import re
import time
from collections.abc import Callable
from typing import Any

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import GuestProtocol, RSAKey
from joserfc.jwt import JWTClaimsRegistry

from shared.auth.keys import PublicKeys
from shared.auth.refusals import TokenExpired, TokenNotValid, TokenRoleUnknown, TokenScopeMissing
from shared.auth.roles import Roles, ScopedBy
from shared.kernel.caller import SYSTEM_ROLE, Caller, Scope

LEEWAY_S = 30
ALGORITHM = "RS256"
LONGEST_TOKEN = 8192
_SUBJECT = re.compile(r"(?!system:)[\x21-\x7e]{1,200}")
_DIVISION = re.compile(r"[0-9]{2,12}")
_SCHOOL = re.compile(r"[0-9A-Za-z-]{1,40}")


class TokenVerifier:
    """Knows callers by their tokens.

    Expiry is judged by the real time, also where the suite's clock is moved: tokens come from outside.
    """

    def __init__(
        self, keys: PublicKeys, issuer: str, audience: str, roles: Roles, now: Callable[[], float] = time.time
    ) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._roles = roles
        self._now = now

    def caller(self, token: str) -> Caller:
        """Who sent this token. Raises TokenRefused, or KeysUnavailable when nobody can be known just now."""
        claims = self._claims(token)
        role = claims.get("role")
        if not isinstance(role, str) or role not in self._roles or role == SYSTEM_ROLE:
            raise TokenRoleUnknown()
        division, school = _matching(claims, "division", _DIVISION), _matching(claims, "school", _SCHOOL)
        needed = self._roles[role]
        if (needed is ScopedBy.DIVISION and not division) or (needed is ScopedBy.SCHOOL and not school):
            raise TokenScopeMissing(needed.value)
        name = claims.get("name", "")
        return Caller(
            subject=_matching(claims, "sub", _SUBJECT),
            role=role,
            scope=Scope(division, school),
            name=name[:100] if isinstance(name, str) else "",
        )

    def _claims(self, token: str) -> dict[str, Any]:
        if len(token) > LONGEST_TOKEN:
            raise TokenNotValid("too long")
        registry = JWTClaimsRegistry(
            now=int(self._now()),
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        try:
            decoded = jwt.decode(token, self._key_of, algorithms=[ALGORITHM])
            registry.validate(decoded.claims)
        except ExpiredTokenError as error:
            raise TokenExpired() from error
        except (JoseError, ValueError) as error:
            raise TokenNotValid(getattr(error, "error", "") or type(error).__name__) from error
        return decoded.claims

    def _key_of(self, token: GuestProtocol) -> RSAKey:
        kid = token.headers().get("kid")
        key = self._keys.find(kid) if isinstance(kid, str) else None
        if key is None:
            raise InvalidKeyIdError("unknown key id")
        return key


def _matching(claims: dict[str, Any], name: str, shape: re.Pattern[str]) -> str:
    """A claim of this shape; an absent optional one is the empty text. Raises TokenNotValid."""
    value = claims.get(name, "")
    if value == "" and name != "sub":
        return ""
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise TokenNotValid(f"claim {name}")
    return value
