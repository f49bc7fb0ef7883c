"""The `curl` examples of the documents, read as requests."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.documents.command_lines import shell_lines
from tests.documents.documents import blocks, name

WITH_A_VALUE = {"-H": "headers", "-d": "data", "-F": "form", "-o": "output", "-X": "method"}
FLAGS = {"-s"}


class NotReadable(ValueError):
    """An option that is not among those read here."""


@dataclass(frozen=True, slots=True)
class Example:
    """One request. `files` are the names of the files that its form sends, by field."""

    document: str
    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.document}: {self.method} {self.url}"


def examples(document: Path) -> Iterator[Example]:
    """Raises NotReadable."""
    for line in shell_lines(blocks(document, "sh")):
        if line.startswith("curl "):
            yield _example(name(document), shlex.split(line)[1:])


def _example(document: str, words: list[str]) -> Example:
    told: dict[str, list[str]] = {"url": []} | {each: [] for each in WITH_A_VALUE.values()}
    rest = iter(re.sub(r"^-sX$", "-X", word) for word in words)
    for word in rest:
        if word in WITH_A_VALUE:
            told[WITH_A_VALUE[word]].append(next(rest))
        elif not word.startswith("-"):
            told["url"].append(word)
        elif word not in FLAGS:
            raise NotReadable(f"{document}: curl {word}")
    [url] = told["url"]
    sends = "POST" if told["data"] or told["form"] else "GET"
    return Example(
        document,
        (told["method"] or [sends])[0],
        url,
        dict(each.split(": ", 1) for each in told["headers"]),
        "".join(told["data"]),
        dict(each.split("=@", 1) for each in told["form"]),
    )
