"""docs/dependencies.md lists what pyproject.toml lists, with the licence that each package states."""

import re
import tomllib
from importlib import metadata

import pytest

from tests.documents.documents import ROOT

PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
HEADINGS = {"Run time": "", "Embedded run (`embedded`)": "embedded", "Development (`dev`)": "dev"}


def listed(heading: str) -> dict[str, str]:
    """The packages under a heading, with their licences."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `([\w-]+)` \|[^|]+\| ([^|]+) \|$", section, re.MULTILINE))


def required(extra: str) -> set[str]:
    lines = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    return {re.split(r"[^\w-]", line)[0] for line in lines}


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_page_lists_what_is_required(heading: str) -> None:
    assert set(listed(heading)) == required(HEADINGS[heading])


@pytest.mark.parametrize(("package", "licence"), listed("Run time").items())
def test_the_licence_told_is_the_one_that_the_package_states(package: str, licence: str) -> None:
    told = metadata.metadata(package)
    stated = f"{told.get('License-Expression')} {told.get('License')} {told.get_all('Classifier')}".lower()

    assert [word for word in re.split(r" (?:and|or) ", licence) if word.lower() not in stated] == []
    assert not re.search(r"(?<![la])gpl", stated)
