"""In production mode no process starts on what is only fit for trying: it ends at once and names the variable."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from services.cli.suite import make_suite
from services.process import PARTS, SERVICES, main
from shared.config import read_settings
from shared.privacy.keyring_file import generate_keyring, write_keyring

pytestmark = pytest.mark.system
PROCESSES = [(service, part) for service in SERVICES for part in PARTS]
NOT_STARTED = 2

# What is wrong, as a change to a fit environment, and the variable that the operator must mend.
# {trial} is the folder of an embedded suite.
UNFIT: Mapping[str, tuple[dict[str, str], str]] = {
    "a development keyring": ({"NOL_KEYRING_FILE": "{trial}/keys/keyring.json"}, "NOL_KEYRING_FILE"),
    "a development public key": ({"NOL_JWKS_FILE": "{trial}/keys/jwks.json"}, "NOL_JWKS_FILE"),
    "no public key at all": ({"NOL_JWKS_FILE": ""}, "NOL_JWKS_FILE"),
    "public keys by plain http": ({"NOL_JWKS_FILE": "", "NOL_JWKS_URL": "http://id.example/jwks"}, "NOL_JWKS_URL"),
    "no issuer": ({"NOL_TOKEN_ISSUER": ""}, "NOL_TOKEN_ISSUER"),
    "no token for its peers": ({"NOL_SERVICE_TOKEN_FILE": ""}, "NOL_SERVICE_TOKEN_FILE"),
    "a clock that can be moved": ({"NOL_CLOCK_FILE": "{trial}/clock"}, "NOL_CLOCK_FILE"),
    "a key that signs tokens": ({"NOL_SIGNING_KEY_FILE": "{trial}/keys/signing.json"}, "NOL_SIGNING_KEY_FILE"),
}


@pytest.fixture
def trial(tmp_path: Path) -> Path:
    return make_suite(tmp_path / "trial", mongo_uri="mongodb://127.0.0.1:1/").var


@pytest.fixture
def fit(tmp_path: Path, trial: Path) -> dict[str, str]:
    """An environment that a production process may run on; its mode is the one that nobody has to ask for."""
    write_keyring(generate_keyring("county-2026"), tmp_path / "keyring.json")
    keys = json.loads((trial / "keys" / "jwks.json").read_text("utf-8"))
    for key in keys["keys"]:
        key["kid"] = "county-2026"
    (tmp_path / "jwks.json").write_text(json.dumps(keys), "utf-8")
    (tmp_path / "token").write_text("a service's token", "utf-8")
    return {
        "NOL_MONGO_URI": "mongodb://127.0.0.1:1/",
        "NOL_PEERS": "registry=http://127.0.0.1:2",
        "NOL_KEYRING_FILE": str(tmp_path / "keyring.json"),
        "NOL_JWKS_FILE": str(tmp_path / "jwks.json"),
        "NOL_TOKEN_ISSUER": "https://id.example",
        "NOL_TOKEN_AUDIENCE": "not-one-less",
        "NOL_SERVICE_TOKEN_FILE": str(tmp_path / "token"),
    }


def spoilt(fit: Mapping[str, str], trial: Path, fault: str) -> tuple[dict[str, str], str]:
    change, variable = UNFIT[fault]
    return {**fit, **{name: value.format(trial=trial) for name, value in change.items()}}, variable


def enter(environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


def test_the_fit_environment_is_accepted(fit: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    enter({**fit, "NOL_SERVICE": "registry"}, monkeypatch)
    assert read_settings().is_production


@pytest.mark.parametrize("fault", UNFIT)
def test_every_process_refuses(
    fault: str, fit: dict[str, str], trial: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment, variable = spoilt(fit, trial, fault)
    enter(environment, monkeypatch)
    for service, part in PROCESSES:
        monkeypatch.setenv("NOL_SERVICE", service)
        assert main(service, part) == NOT_STARTED
        said = capsys.readouterr().err
        assert [line.split("：")[0].strip() for line in said.splitlines()[1:]] == [variable], (service, part)


@pytest.mark.parametrize("part", PARTS)
def test_the_real_process_ends_with_2(part: str, fit: dict[str, str], trial: Path) -> None:
    environment, variable = spoilt(fit, trial, "a clock that can be moved")
    command = [sys.executable, "-c", "from services.cli.main import main; main()", "up", "--only", f"registry-{part}"]
    ended = subprocess.run(command, check=False, env={"PATH": "", **environment}, capture_output=True, text=True)
    assert (ended.returncode, variable in ended.stderr) == (NOT_STARTED, True)
