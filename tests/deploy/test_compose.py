"""The containers of `deploy/compose.yaml`: every part of every service, watched, with secrets as files."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from services.process import PARTS, SERVICES

DEPLOY = Path(__file__).parents[2] / "deploy"
PARTS_OF_THE_SUITE = [(service, part) for service in SERVICES for part in PARTS]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return document


@pytest.mark.parametrize(("service", "part"), PARTS_OF_THE_SUITE)
def test_every_part_runs_by_the_same_command_and_is_ready_when_readyz_says_so(
    compose: dict[str, Any], service: str, part: str
) -> None:
    container = compose["services"][f"{service}-{part}"]

    assert container["command"] == ["nol", "up", "--only", f"{service}-{part}"]
    assert container["environment"]["NOL_SERVICE"] == service
    assert any("/readyz" in word for word in container["healthcheck"]["test"])


@pytest.mark.parametrize(("service", "part"), PARTS_OF_THE_SUITE)
def test_a_service_is_given_no_other_services_secrets(compose: dict[str, Any], service: str, part: str) -> None:
    container = compose["services"][f"{service}-{part}"]

    assert set(container["secrets"]) == {"keyring.json", f"mongo_uri_{service}", f"token_{service}"}


def test_every_secret_that_a_container_is_given_is_a_file_of_the_secrets_folder(compose: dict[str, Any]) -> None:
    given = {secret for container in compose["services"].values() for secret in container.get("secrets", [])}

    assert {name: source["file"] for name, source in compose["secrets"].items()} == {
        name: f"secrets/{name}" for name in given
    }


def test_the_image_pins_the_same_packages_as_development() -> None:
    everything = _pins(DEPLOY.parent / "requirements.lock")
    image = _pins(DEPLOY / "requirements.lock")

    assert image < everything
    assert not {"pytest", "secantusdb"} & {pin.partition("==")[0] for pin in image}


def _pins(lock: Path) -> set[str]:
    return {line.split()[0] for line in lock.read_text("utf-8").splitlines() if "==" in line and line[0] not in " #"}
