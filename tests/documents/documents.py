"""The documents that people read, and the code blocks in them."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language and its lines."""

    language: str
    code: str


def blocks(document: Path, *languages: str) -> list[Block]:
    """The document's blocks in these languages, in order."""
    found = (Block(*match.groups()) for match in _BLOCK.finditer(document.read_text("utf-8")))
    return [block for block in found if block.language in languages]


def commands(document: Path) -> list[str]:
    """What the document tells people to type: its inline code and the lines of its shell examples."""
    inline = re.findall(r"`([^`\n]+)`", document.read_text("utf-8"))
    return inline + [line for block in blocks(document, "sh") for line in block.code.splitlines()]


def name(document: Path) -> str:
    return str(document.relative_to(ROOT))
