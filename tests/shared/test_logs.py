import json
import logging
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from pymongo.errors import BulkWriteError

from shared.logs import configure_logs, hide_personal_data

RESIDENT_ID, MOBILE = "34992120180831102X", "13900001234"

WORDS = st.text(st.characters(categories=["L", "P", "Zs"]))

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Logs configured as in a process; a call gives what has been written."""
    stream, root = StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logs("visits", "INFO", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_an_event_is_one_line_with_its_keys_in_order(lines: Lines) -> None:
    structlog.get_logger().info("visit_recorded", zone="b", attempt=2, note="one\ntwo", on=date(2026, 11, 2))
    (line,) = lines()
    assert list(line) == ["time", "level", "service", "event", "attempt", "note", "on", "zone"]
    assert (line["service"], line["note"], line["on"]) == ("visits", "one\ntwo", "2026-11-02")


def test_a_library_s_log_has_the_same_form(lines: Lines) -> None:
    logging.getLogger("some.library").warning("phone %s unknown", MOBILE)
    (line,) = lines()
    assert list(line)[:4] == ["time", "level", "service", "event"]
    assert line["event"] == "phone [hidden] unknown"


def test_what_is_below_the_level_is_not_written(lines: Lines) -> None:
    structlog.get_logger().debug("unimportant")
    logging.getLogger("some.library").debug("unimportant")
    assert lines() == []


def test_an_exception_s_text_is_hidden_too(lines: Lines) -> None:
    for log in (structlog.get_logger().exception, logging.getLogger("some.library").exception):
        try:
            raise ValueError(f"no child {RESIDENT_ID}")
        except ValueError:
            log("failed")
    assert len(lines()) == 2
    for line in lines():
        assert "ValueError: no child [hidden]" in line["exception"]
        assert RESIDENT_ID not in json.dumps(line)


def test_a_refused_write_is_logged_without_the_document_that_it_repeats(lines: Lines) -> None:
    """Given a race lost on an event with a child's name; when the failure after it is logged; then no name is."""
    for log in (structlog.get_logger().exception, logging.getLogger("some.library").exception):
        details = {"writeErrors": [{"code": 11000, "op": {"data": {"name": "林小雨"}}}]}
        try:
            try:
                raise BulkWriteError(details)
            except BulkWriteError as refused:
                raise RuntimeError("the stream version is taken") from refused
        except RuntimeError:
            log("failed")
    assert len(lines()) == 2
    for line in lines():
        assert "bulk write refused, codes 11000" in line["exception"]
        assert "林小雨" not in json.dumps(line, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        RESIDENT_ID,
        RESIDENT_ID.lower(),
        "34992120180831102Ｘ",
        "３４９９２１２０１８０８３１１０２X",
        MOBILE,
        "１３９００００１２３４",
    ],
)
def test_a_personal_number_is_hidden_wherever_it_stands(lines: Lines, text: str) -> None:
    structlog.get_logger().info(
        f"child {text}",
        number=f"G{text}",
        rows=[{"id": text, text: 1}, (text,)],
        error=ValueError(text),
        raw=text.encode() if text.isascii() else "",
    )
    (line,) = lines()
    assert text not in json.dumps(line, ensure_ascii=False)
    assert line["number"] == "G[hidden]"


@pytest.mark.parametrize("text", [f"+86{MOBILE}", f"0086{MOBILE}"])
def test_a_country_code_does_not_show_a_mobile_number(text: str) -> None:
    assert MOBILE not in hide_personal_data(None, "info", {"event": text})["event"]


@given(WORDS, WORDS)
def test_a_number_is_hidden_between_any_words(before: str, after: str) -> None:
    event = hide_personal_data(None, "info", {"event": f"{before}{RESIDENT_ID}{after}"})
    assert event["event"] == f"{before}[hidden]{after}"


def test_counts_times_and_ids_stay_readable(lines: Lines) -> None:
    told = {"count": 123, "at": "2026-11-02T08:00:00.123456Z", "id": "registry/3/1042", "ok": True}
    structlog.get_logger().info("x", **told)
    (line,) = lines()
    assert {key: line[key] for key in told} == told
