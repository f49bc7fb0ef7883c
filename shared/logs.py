"""One line of JSON an event on standard error, without personal data.

Every string that leaves here, of this suite or of a library, has had whatever looks like a resident
identity number or a mobile number hidden.
"""

import logging
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final, TextIO

import structlog
from pymongo.errors import BulkWriteError
from structlog.typing import EventDict, Processor, WrappedLogger

_CHATTY: Final = ("httpx", "httpcore", "kafka", "pymongo")
"""Libraries whose every call would be a line."""

FIRST_KEYS: Final = ("time", "level", "service", "event")

# digits of any script: full-width numbers are personal too
_RESIDENT_ID = re.compile(r"(?<!\d)\d{17}[\dXxＸｘ](?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:(?:00)?86)?[1１][3-9３-９]\d{9}(?!\d)")
_HIDDEN: Final = "[hidden]"


def configure_logs(service: str, level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send this process's logs, and the libraries', to ``stream`` (standard error) from now on."""
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        structlog.processors.StackInfoRenderer(),
        leave_documents_out,
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _Named(service),
            hide_personal_data,
            order_keys,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for library in _CHATTY:
        logging.getLogger(library).setLevel(logging.WARNING)


def hide_personal_data(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Hide identity and mobile numbers in every string, at any depth, keys included."""
    return {_hidden(key): _hidden(value) for key, value in event.items()}


def leave_documents_out(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A refused bulk write repeats the whole documents in its text; what is logged of it are its codes."""
    for error in _chain(event.get("exc_info")):
        if isinstance(error, BulkWriteError):
            codes = sorted({str(each.get("code")) for each in error.details.get("writeErrors", [])})
            error.args = (f"bulk write refused, codes {', '.join(codes)}",)
    return event


def _chain(told: Any) -> Iterator[BaseException]:
    """The exception of an ``exc_info`` and those before it."""
    error = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
    while isinstance(error, BaseException):
        yield error
        error = error.__cause__ or error.__context__


def order_keys(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """``FIRST_KEYS`` first, the rest by name: equal events make equal lines."""
    first = {key: event[key] for key in FIRST_KEYS if key in event}
    return first | {key: event[key] for key in sorted(event.keys() - first.keys())}


class _Named:
    """Adds the service's name."""

    def __init__(self, service: str) -> None:
        self._service = service

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event["service"] = self._service
        return event


def _hidden(value: Any) -> Any:
    match value:
        case str():
            return _MOBILE.sub(_HIDDEN, _RESIDENT_ID.sub(_HIDDEN, value))
        case bool() | int() | float() | None:
            return value
        case Mapping():
            return {str(_hidden(key)): _hidden(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_hidden(inner) for inner in value]
        case bytes() | BaseException():
            return _hidden(repr(value))
        case _:
            return _hidden(str(value))  # dates, paths, ids: JSON would render them past this point
