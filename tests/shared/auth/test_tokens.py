"""Tokens: who a good one makes its bearer, and why each bad one is turned down."""

import hmac
import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from shared.auth.keys import FileKeys, KeysUnavailable, UrlKeys
from shared.auth.refusals import TokenExpired, TokenNotValid, TokenRefused, TokenRoleUnknown, TokenScopeMissing
from shared.auth.roles import Roles, ScopedBy
from shared.auth.signing import SigningKeyNotForDevelopment, TokenSigner, write_development_keys
from shared.auth.tokens import TokenVerifier
from shared.kernel.caller import Caller, Scope

NOW = 1_790_000_000
ROLES: Roles = {"clerk": ScopedBy.DIVISION, "head": ScopedBy.SCHOOL, "county": ScopedBy.NOTHING}
GOOD: dict[str, Any] = {
    "iss": "issuer",
    "aud": "nol",
    "sub": "li",
    "role": "clerk",
    "division": "349921",
    "name": "李某",
    "exp": NOW + 60,
}


@pytest.fixture(scope="module")
def key() -> RSAKey:
    return RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig"})


@pytest.fixture
def jwks(key: RSAKey, tmp_path: Path) -> Path:
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    return path


@pytest.fixture
def verifier(jwks: Path) -> TokenVerifier:
    return TokenVerifier(FileKeys(jwks), "issuer", "nol", ROLES, lambda: NOW)


def signed(key: RSAKey, claims: dict[str, Any], **header: Any) -> str:
    present = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": "RS256", "kid": "one", **header}, present, key, algorithms=["RS256"])


def forged(algorithm: str, secret: bytes | None) -> str:
    """A token whose header names a weaker algorithm: keyed with the public key, or with nothing."""
    parts = [{"alg": algorithm, "kid": "one"}, GOOD]
    content = ".".join(urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
    seal = hmac.digest(secret, content.encode(), "sha256") if secret else b""
    return f"{content}.{urlsafe_b64encode(seal).decode().rstrip('=')}"


def test_a_good_token_names_its_bearer(verifier: TokenVerifier, key: RSAKey) -> None:
    expected = Caller(subject="li", role="clerk", scope=Scope("349921"), name="李某")

    assert verifier.caller(signed(key, GOOD)) == expected
    assert verifier.caller(signed(key, GOOD | {"aud": ["other", "nol"]})) == expected
    assert verifier.caller(signed(key, GOOD | {"exp": NOW - 10})) == expected, "clocks may differ a little"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"exp": NOW - 60}, TokenExpired),
        ({"exp": None}, TokenNotValid),
        ({"nbf": NOW + 120}, TokenNotValid),
        ({"iss": "somebody"}, TokenNotValid),
        ({"iss": None}, TokenNotValid),
        ({"aud": "other"}, TokenNotValid),
        ({"aud": None}, TokenNotValid),
        ({"sub": None}, TokenNotValid),
        ({"sub": ""}, TokenNotValid),
        ({"sub": "system:registry"}, TokenNotValid),
        ({"sub": "a b"}, TokenNotValid),
        ({"sub": 7}, TokenNotValid),
        ({"division": "3499*"}, TokenNotValid),
        ({"division": 349921}, TokenNotValid),
        ({"role": "king"}, TokenRoleUnknown),
        ({"role": "system"}, TokenRoleUnknown),
        ({"role": ["clerk"]}, TokenRoleUnknown),
        ({"role": None}, TokenRoleUnknown),
        ({"division": None}, TokenScopeMissing),
        ({"division": ""}, TokenScopeMissing),
        ({"role": "head"}, TokenScopeMissing),
    ],
)
def test_a_claim_that_is_wrong_or_missing_is_refused(
    verifier: TokenVerifier, key: RSAKey, change: dict[str, Any], refusal: type[TokenRefused]
) -> None:
    with pytest.raises(refusal):
        verifier.caller(signed(key, GOOD | change))


def test_the_role_system_is_refused_even_where_it_is_listed(jwks: Path, key: RSAKey) -> None:
    verifier = TokenVerifier(FileKeys(jwks), "issuer", "nol", {"system": ScopedBy.NOTHING}, lambda: NOW)

    with pytest.raises(TokenRoleUnknown):
        verifier.caller(signed(key, GOOD | {"role": "system"}))


def test_another_key_another_algorithm_and_altered_bytes_are_refused(verifier: TokenVerifier, key: RSAKey) -> None:
    stranger = RSAKey.generate_key(2048, parameters={"kid": "one"})
    head, body, signature = signed(key, GOOD).split(".")

    for token in (
        signed(stranger, GOOD),
        signed(key, GOOD, kid="two"),
        forged("HS256", key.as_pem(private=False)),
        forged("none", None),
        f"{head}.{body[:-2]}AA.{signature}",
        f"{head}.{body}.",
        "",
        "x" * 10_000,
    ):
        with pytest.raises(TokenNotValid):
            verifier.caller(token)


def test_a_replaced_key_file_counts_at_once(verifier: TokenVerifier, jwks: Path, key: RSAKey) -> None:
    verifier.caller(signed(key, GOOD))
    new = RSAKey.generate_key(2048, parameters={"kid": "two"})
    jwks.write_text(json.dumps({"keys": [new.as_dict(private=False)]}))

    assert verifier.caller(signed(new, GOOD, kid="two")).subject == "li"
    with pytest.raises(TokenNotValid):
        verifier.caller(signed(key, GOOD))


class Provider:
    """An identity provider whose keys, presence and clock the test sets."""

    def __init__(self, *keys: RSAKey) -> None:
        self.keys = list(keys)
        self.away = False
        self.fetches = 0
        self.time = 1000.0

    def fetch(self, _: str) -> bytes:
        self.fetches += 1
        if self.away:
            raise ValueError("away")
        return json.dumps({"keys": [key.as_dict(private=False) for key in self.keys]}).encode()

    def now(self) -> float:
        return self.time


def test_a_key_not_seen_before_is_fetched_and_made_up_ids_cause_no_flood(key: RSAKey) -> None:
    provider = Provider(key)
    keys = UrlKeys("https://identity.example.test", provider.fetch, provider.now)
    assert keys.find("one") is not None
    assert provider.fetches == 1

    new = RSAKey.generate_key(2048, parameters={"kid": "two"})
    provider.keys.append(new)
    assert [keys.find(f"made-up-{number}") for number in range(50)] == [None] * 50
    assert provider.fetches == 1
    provider.time += 11
    assert keys.find("two") is not None
    assert provider.fetches == 2


def test_while_the_provider_is_away_the_known_keys_go_on(key: RSAKey) -> None:
    provider = Provider(key)
    keys = UrlKeys("https://identity.example.test", provider.fetch, provider.now)
    keys.find("one")
    provider.away = True
    provider.time += 10_000

    assert keys.find("one") is not None
    assert provider.fetches == 2
    with pytest.raises(KeysUnavailable):
        UrlKeys("https://identity.example.test", provider.fetch, provider.now).find("one")


def test_what_the_development_signer_signs_is_accepted(tmp_path: Path) -> None:
    write_development_keys(tmp_path / "signing.json", tmp_path / "jwks.json")
    caller = Caller(subject="wang", role="head", scope=Scope(school="3400000001"), name="王校长")
    token = TokenSigner(tmp_path / "signing.json", "issuer", "nol").sign(caller, timedelta(hours=1))

    assert TokenVerifier(FileKeys(tmp_path / "jwks.json"), "issuer", "nol", ROLES).caller(token) == caller
    assert (tmp_path / "signing.json").stat().st_mode & 0o077 == 0
    [public] = json.loads((tmp_path / "jwks.json").read_text())["keys"]
    assert public["kid"].startswith("development")
    assert '"d"' not in (tmp_path / "jwks.json").read_text()
    with pytest.raises(FileExistsError):
        write_development_keys(tmp_path / "signing.json", tmp_path / "jwks.json")


def test_the_signer_uses_no_key_of_production(key: RSAKey, tmp_path: Path) -> None:
    path = tmp_path / "signing.json"
    path.write_text(json.dumps(key.as_dict(private=True)))

    with pytest.raises(SigningKeyNotForDevelopment):
        TokenSigner(path, "issuer", "nol")
