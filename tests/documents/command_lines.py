"""What the documents tell people to type to `nol`, read by the real command line without carrying anything out.

A word in capitals (`READER`, `FILE…`) is the reader's to fill in. A command named alone (`nol parked`) need not be
whole within a sentence; in a shell example it must.
"""

import re
import shlex
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from services.cli.main import nol
from services.process import SERVICES
from tests.documents.documents import Block, blocks, name
from tests.services import built

MAKES_A_SUITE = {"up", "demo", "bench", "sample-county"}
"""These start, fill or write something of their own; `make run`, `make demo` and their own tests carry them out."""
_FILLED_IN = {"KIND": "schools", "LEDGER": "registry/children"}
_OPEN = re.compile(r"^[A-Z]{2,}…?$")
_FILE = re.compile(r"\.(xlsx|xls|csv|toml)$|^FILE…?$")
_IN_SHELL = re.compile(r"(?:^|[;&|(]\s*|\s)(?:\S*/)?nol ([^)|;&]*)")


@dataclass(frozen=True, slots=True)
class CommandLine:
    """`nol` and what follows it. `whole`: nothing may be missing."""

    document: str
    words: tuple[str, ...]
    whole: bool

    def __str__(self) -> str:
        return f"{self.document}: nol {' '.join(self.words)}"

    @property
    def can_run(self) -> bool:
        """Whether a running suite can be told it as it stands: nothing is to be filled in, and no suite is made."""
        is_open = any(_OPEN.match(word) or _FILE.search(word) for word in self.words)
        return not is_open and self.words[0] not in MAKES_A_SUITE and not fault_of(replace(self, whole=True))


def command_lines(document: Path) -> Iterator[CommandLine]:
    """Every `nol …` in the document, in sentences and in shell examples."""
    for code in re.findall(r"`([^`\n]+)`", document.read_text("utf-8")):
        if match := re.search(r"(?:^|/|entrypoint )nol (.+)$", code):
            yield CommandLine(name(document), tuple(shlex.split(match[1])), whole=False)
    for line in shell_lines(blocks(document, "sh")):
        for typed in _IN_SHELL.findall(line):
            yield CommandLine(name(document), tuple(shlex.split(typed)), whole=True)


def shell_lines(examples: list[Block]) -> list[str]:
    """The lines of shell examples, those that go on in the next one put together."""
    return [line for block in examples for line in block.code.replace("\\\n", " ").splitlines()]


def fault_of(line: CommandLine) -> str:
    """What the command line has against it; empty: nothing."""
    words = [_FILLED_IN.get(word, word.removesuffix("…")) for word in line.words]
    with TemporaryDirectory() as folder, chdir(folder):
        for word in filter(_FILE.search, words):
            Path(word).touch()
        try:
            return _read(words, line.whole)
        except click.ClickException as fault:
            return fault.format_message()


def _read(words: list[str], whole: bool) -> str:
    """Raises click.ClickException. Nothing is carried out."""
    context, command, rest = click.Context(nol, info_name="nol"), nol, words
    while isinstance(command, click.Group):
        if not rest:
            return "what follows is missing" if whole else ""
        _, found, rest = command.resolve_command(context, rest)
        assert found is not None
        command, context = found, click.Context(found, parent=context, info_name=found.name)
    if not rest and not whole:
        return ""
    told = command.make_context(command.name, rest, parent=context.parent).params
    return _no_such_ledger(str(told["ledger"])) if "ledger" in told else ""


def _no_such_ledger(ledger: str) -> str:
    service, _, wanted = ledger.partition("/")
    known = {each.name for each in built(service).ledgers} if service in SERVICES else set()
    return "" if wanted in known else f"there is no ledger {ledger}"
