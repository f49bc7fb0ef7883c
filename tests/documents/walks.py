"""The walks of docs/walks.zh-CN.md, read: what is sent, and what is shown as its answer.

A walk is a section `## …`. In it a fenced block `http` is a request (method and path, header lines, an empty line, the
body), followed by a line `答：201` and a fenced block `json`. A fenced block `准备` names, line by line, what there is
before: a part `### …` of the section 准备, or a step that `tests/documents/walking.py` knows.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests.documents.documents import ROOT

WALKS = ROOT / "docs" / "walks.zh-CN.md"
PREPARATIONS = "准备"
SCOPES = {"区划": "division", "学校": "school"}

_PIECE = re.compile(
    r"^(?:(?P<level>##|###) (?P<heading>[^\n]+)|答：(?P<status>\d{3})|```(?P<language>\w+)\n(?P<code>.*?)^```)$",
    re.MULTILINE | re.DOTALL,
)


class NotReadable(ValueError):
    """The document has something that is no walk."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request and its answer. `day`: when it is sent, if not on the day before; `table`: the file that it sends."""

    line: int
    method: str
    path: str
    role: str
    scope: dict[str, str]
    day: date | None
    body: Any
    file: str
    table: Sequence[Sequence[str]]
    status: int = 0
    answer: Any = None


@dataclass(frozen=True, slots=True)
class Preparation:
    """What is there before, by name."""

    line: int
    name: str
    arguments: tuple[str, ...]


Step = Request | Preparation


@dataclass(frozen=True, slots=True)
class Walk:
    title: str
    steps: list[Step] = field(default_factory=list)

    @property
    def requests(self) -> list[Request]:
        return [step for step in self.steps if isinstance(step, Request)]


@dataclass(frozen=True, slots=True)
class Walks:
    """The document: its walks, and the parts of the section 准备 by name."""

    walks: Sequence[Walk]
    preparations: dict[str, Walk]


def read_walks(document: Path = WALKS) -> Walks:
    """Raises NotReadable."""
    return parse_walks(document.read_text("utf-8"))


def parse_walks(text: str) -> Walks:
    sections: list[Walk] = []
    parts: dict[str, Walk] = {}
    within, open_request, status = Walk(""), None, 0
    for line, piece in _pieces(text):
        if piece["language"] == "json":
            if open_request is None or not status:
                raise NotReadable(line, "an answer without a request, or without its line 答：")
            within.steps.append(_answered(open_request, status, _json(line, piece["code"])))
            open_request, status = None, 0
        elif piece["status"] and open_request is not None and not status:
            status = int(piece["status"])
        elif open_request is not None:
            raise NotReadable(open_request["line"], "a request without an answer")
        elif piece["language"] == "http":
            open_request = _request(line, piece["code"])
        elif piece["language"] == PREPARATIONS:
            within.steps.extend(_preparations(line, piece["code"]))
        elif piece["level"] == "##":
            within = Walk(piece["heading"])
            sections.append(within)
        elif piece["level"] == "###" and sections and sections[-1].title == PREPARATIONS:
            within = parts[piece["heading"]] = Walk(piece["heading"])
        elif piece["level"] != "###":
            raise NotReadable(line, f"{piece[0].splitlines()[0]!r} is nothing that can stand here")
    if open_request is not None:
        raise NotReadable(open_request["line"], "a request without an answer")
    return Walks([walk for walk in sections if walk.title != PREPARATIONS and walk.steps], parts)


def _pieces(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    return ((text.count("\n", 0, piece.start()) + 1, piece) for piece in _PIECE.finditer(text))


def _answered(open_request: dict[str, Any], status: int, answer: Any) -> Request:
    return Request(**open_request, status=status, answer=answer)


def _request(line: int, code: str) -> dict[str, Any]:
    head, _, body = code.partition("\n\n")
    (method, _, path), *headers = (each.partition(" ") for each in head.splitlines())
    told = dict(_header(line, name + blank + value) for name, blank, value in headers)
    if "角色" not in told:
        raise NotReadable(line, "a request says who sends it: 角色")
    role, *scope = (part.strip() for part in told.pop("角色").split(","))
    day, file = told.pop("时间", ""), told.pop("文件", "")
    if told:
        raise NotReadable(line, f"unknown headers {', '.join(told)}")
    return {
        "line": line,
        "method": method,
        "path": path,
        "role": role,
        "scope": dict(_scope(line, each) for each in scope),
        "day": date.fromisoformat(day) if day else None,
        "file": file,
        "table": [_cells(row) for row in body.splitlines()] if file else [],
        "body": _json(line, body) if body.strip() and not file else None,
    }


def _header(line: int, text: str) -> tuple[str, str]:
    name, colon, value = text.partition(": ")
    if not colon:
        raise NotReadable(line, f"no header: {text}")
    return name, value.strip()


def _scope(line: int, text: str) -> tuple[str, str]:
    kind, _, code = text.partition(" ")
    if kind not in SCOPES:
        raise NotReadable(line, f"no scope: {text}")
    return SCOPES[kind], code


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _json(line: int, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise NotReadable(line, f"no JSON: {error}") from error


def _preparations(line: int, code: str) -> Iterator[Preparation]:
    for text in filter(None, map(str.strip, code.splitlines())):
        name, *arguments = text.split()
        yield Preparation(line, name, tuple(arguments))
