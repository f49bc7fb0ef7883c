"""docs/events.md names every event that a service publishes, under its service, and no other."""

import re

import pytest

from services.process import SERVICES
from tests.documents.documents import ROOT
from tests.services import built

PAGE = (ROOT / "docs" / "events.md").read_text("utf-8")


def section(service: str) -> str:
    return PAGE.partition(f"\n## {service}\n")[2].partition("\n## ")[0]


def told(service: str) -> list[str]:
    """The types in the first column of the service's tables, short forms written out: `batch-lines-held`, `-freed`."""
    found: list[str] = []
    for cell in re.findall(r"^\| (`[^|]+`) \|", section(service), re.MULTILINE):
        for name in re.findall(r"`([^`]+)`", cell):
            whole = found[-1].removesuffix(".v1").rpartition("-")[0] + name if name.startswith("-") else name
            whole = whole if whole.startswith(f"{service}.") else f"{service}.{whole}"
            found.append(whole if re.search(r"\.v\d+$", whole) else f"{whole}.v1")
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_every_published_event_is_told_once_and_no_other(service: str) -> None:
    assert sorted(told(service)) == sorted(built(service).events.classes)


def test_every_event_named_in_passing_is_published() -> None:
    published = {name for each in SERVICES for name in built(each).events.classes}
    assert set(re.findall(r"`((?:registry|visits|assistance|supervision)\.[a-z-]+\.v\d+)`", PAGE)) <= published


def said_to_read(service: str) -> dict[str, set[str]]:
    """By reader: the types whose row does not have a dash in its column."""
    found: dict[str, set[str]] = {}
    for table in re.findall(r"^\| type .*\n\|[-|]+\n(?:\|.*\n)+", section(service), re.MULTILINE):
        heading, _, *rows = ([cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.splitlines())
        for at, reader in enumerate(heading):
            if reader in SERVICES:
                found.setdefault(reader, set()).update(row[0].strip("`") for row in rows if row[at] != "—")
    return found


def test_whoever_is_said_to_do_something_with_an_event_reads_it_and_nobody_else() -> None:
    for reader, types in said_to_read("registry").items():
        assert types == set(built(reader).contracts["registry"].classes), reader
