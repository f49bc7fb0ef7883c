"""The page on events names every field of the events that this service publishes."""

import re
from dataclasses import fields
from pathlib import Path

from services.supervision.bootstrap import EVENTS
from services.supervision.return_cases.reasons import PROOFS

PAGE = Path(__file__).parents[2] / "docs" / "events.md"


def documented() -> dict[str, str]:
    rows = re.findall(r"^\| `(supervision\.[a-z-]+\.v\d+)` \|.*\| (.*) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return dict(rows)


def test_every_field_of_an_event_is_documented() -> None:
    pages = documented() | {"supervision.case-reopened.v1": ""}  # told by reference to case-opened
    for name, told in pages.items():
        missing = [
            field.name
            for field in fields(EVENTS.classes[name])
            if told and field.name not in ("child_id", "cycle") and f"`{field.name}`" not in told
        ]
        assert missing == [], name


def test_the_page_says_what_proves_each_closing_reason() -> None:
    rows = dict(re.findall(r"^\| ([A-Z_]+) \| (`registry[^|]*) \|$", PAGE.read_text("utf-8"), re.MULTILINE))
    told = {reason: set(re.findall(r"`([^`]+)`", events)) for reason, events in rows.items()}
    assert told == {reason.value: set(events) for reason, events in PROOFS.items()}
