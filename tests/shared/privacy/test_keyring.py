import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from shared.privacy.keyring import Algorithm, KeyringInvalid
from shared.privacy.keyring_file import generate_keyring, load_keyring, parse_keyring, write_keyring


def changed(**key: Any) -> dict[str, Any]:
    document = deepcopy(generate_keyring())
    document["keys"][0].update(key)
    return document


def test_a_generated_keyring_is_a_development_one_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "keyring.json"
    write_keyring(generate_keyring(), file)
    with capture_logs() as logs:
        keyring = load_keyring(file)
    assert keyring.is_development
    assert keyring.active.id == "development-1"
    assert file.stat().st_mode & 0o777 == 0o600
    assert logs == []


def test_an_existing_keyring_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "keyring.json"
    write_keyring(generate_keyring(), file)
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        write_keyring(generate_keyring(), file)
    assert file.read_bytes() == before


def test_a_keyring_that_others_can_read_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "keyring.json"
    write_keyring(generate_keyring(), file)
    file.chmod(0o644)
    with capture_logs() as logs:
        load_keyring(file)
    assert [entry["event"] for entry in logs] == ["keyring_open_to_others"]


def test_a_keyring_of_toml_is_read(tmp_path: Path) -> None:
    document = generate_keyring("county", Algorithm.SM4_GCM)
    lines = []
    for heading, table in (("[[keys]]", document["keys"][0]), ("[blind_index]", document["blind_index"])):
        lines += [heading, *(f"{name} = {json.dumps(value)}" for name, value in table.items())]
    file = tmp_path / "keyring.toml"
    file.write_text("\n".join(lines), "utf-8")
    keyring = load_keyring(file)
    assert keyring.active.algorithm is Algorithm.SM4_GCM
    assert not keyring.is_development


def test_a_development_index_key_alone_makes_a_development_keyring() -> None:
    document = generate_keyring("county")
    document["blind_index"]["id"] = "development-index"
    assert parse_keyring(document).is_development


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"keys": {}, "blind_index": {}},
        {"keys": [], "blind_index": generate_keyring()["blind_index"]},
        {**generate_keyring(), "blind_index": {"id": "x", "secret": "c2hvcnQ="}},
        {**generate_keyring(), "blind_index": {"id": "x"}},
        {**generate_keyring(), "keys": ["x"]},
        {**generate_keyring(), "keys": generate_keyring()["keys"] * 2},
        changed(id="With Space"),
        changed(id="with:colon"),
        changed(algorithm="AES-128-CBC"),
        changed(algorithm="SM4-GCM"),
        changed(algorithm=["AES-256-GCM"]),
        changed(secret="not base64"),
        changed(secret=7),
        changed(state="retired"),
        changed(state="asleep"),
        changed(extra="x"),
    ],
)
def test_a_faulty_keyring_is_refused(document: Any) -> None:
    with pytest.raises(KeyringInvalid):
        parse_keyring(document)


def test_every_fault_is_named_at_once_and_no_secret_is_told() -> None:
    document = changed(id="Bad Id", state="asleep", secret="c2VjcmV0LXRleHQ=")
    document["blind_index"] = {"id": "x", "secret": "c2VjcmV0LXRleHQ="}
    with pytest.raises(KeyringInvalid) as refusal:
        parse_keyring(document)
    assert len(refusal.value.problems) == 4
    assert "c2Vjc" not in str(refusal.value)


@pytest.mark.parametrize("name", ["keyring.json", "keyring.toml"])
def test_a_file_that_cannot_be_parsed_is_refused_without_quoting_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("c2VjcmV0 {", "utf-8")
    with pytest.raises(KeyringInvalid, match=name) as refusal:
        load_keyring(tmp_path / name)
    assert "c2VjcmV0" not in str(refusal.value)


def test_a_secret_is_in_no_repr() -> None:
    document = generate_keyring()
    shown = repr(parse_keyring(document))
    assert "development-1" in shown
    assert "secret" not in shown
