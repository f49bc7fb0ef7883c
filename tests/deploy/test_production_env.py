"""`deploy/production.env` explains every setting that a process reads, and none that it does not."""

import re
from pathlib import Path

from shared.config.environment import REMEDIES

PRODUCTION_ENV = Path(__file__).parents[2] / "deploy" / "production.env"
EMBEDDED_ONLY = {"NOL_SIGNING_KEY_FILE", "NOL_CLOCK_FILE"}


def settings_named(text: str) -> list[str]:
    return re.findall(r"^#?(NOL_\w+)=", text, re.MULTILINE)


def test_every_setting_is_there_once_and_nothing_else() -> None:
    assert sorted(settings_named(PRODUCTION_ENV.read_text("utf-8"))) == sorted(REMEDIES)


def test_every_setting_follows_an_explanation() -> None:
    blocks = PRODUCTION_ENV.read_text("utf-8").split("\n\n")

    unexplained = [block for block in blocks if settings_named(block) and not block.startswith("# ")]

    assert unexplained == []


def test_what_production_refuses_is_not_set() -> None:
    settings = {line.partition("=")[0] for line in PRODUCTION_ENV.read_text("utf-8").splitlines() if line[:1] != "#"}

    assert settings.isdisjoint(EMBEDDED_ONLY)
    assert "NOL_MODE" in settings
