"""A new installation's secrets: strong, its own, private, and never made twice."""

import stat
from pathlib import Path

import pytest
from pymongo.uri_parser import parse_uri

from deploy.new_secrets import SERVICES, new_secrets
from shared.privacy import load_keyring


def test_a_new_keyring_is_fit_for_production(tmp_path: Path) -> None:
    new_secrets(tmp_path / "secrets", 2026)

    assert not load_keyring(tmp_path / "secrets" / "keyring.json").is_development


def test_each_service_has_its_own_user_password_and_database(tmp_path: Path) -> None:
    new_secrets(tmp_path / "secrets", 2026)

    uris = [parse_uri((tmp_path / "secrets" / f"mongo_uri_{each}").read_text().strip()) for each in SERVICES]

    assert [uri["database"] for uri in uris] == [f"nol_{each}" for each in SERVICES]
    assert len({uri["username"] for uri in uris}) == len({uri["password"] for uri in uris}) == len(SERVICES)


def test_nobody_but_the_owner_can_read_them(tmp_path: Path) -> None:
    for path in new_secrets(tmp_path / "secrets", 2026):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_existing_secrets_are_never_replaced(tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in new_secrets(tmp_path / "secrets", 2026)}

    with pytest.raises(FileExistsError):
        new_secrets(tmp_path / "secrets", 2027)

    assert {path: path.read_bytes() for path in before} == before
