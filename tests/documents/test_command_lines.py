"""Every `nol` command in the documents is one that the command line takes, with its arguments and options."""

import re
from pathlib import Path

import pytest

from tests.documents.command_lines import CommandLine, command_lines, fault_of, shell_lines
from tests.documents.documents import DOCUMENTS, blocks, name

OF_TODAY = [each for each in DOCUMENTS if name(each) != "CHANGELOG.md" and "decisions" not in each.parts]
"""Not those that tell how it was."""
NOT_RUN = "# not run by the tests: "
TRIED = re.compile(r"(TOKEN=\$\((\S*/)?nol |nol |make |curl |openapi-python-client )")
"""Programs whose lines other tests read or carry out: here, test_documents, test_curl, test_generated_clients."""
LINES = [line for document in OF_TODAY for line in command_lines(document)]


@pytest.mark.parametrize("line", LINES, ids=str)
def test_the_command_line_takes_it(line: CommandLine) -> None:
    assert fault_of(line) == ""


@pytest.mark.parametrize("document", OF_TODAY, ids=name)
def test_every_shell_example_is_tried_or_says_that_it_is_not(document: Path) -> None:
    for block in blocks(document, "sh"):
        if not block.code.startswith(NOT_RUN):
            assert [line for line in shell_lines([block]) if not TRIED.match(line)] == []


def test_shell_examples_sentences_and_tables_are_read() -> None:
    found = {(line.document, line.words[0], line.whole) for line in LINES}
    assert found >= {
        ("README.md", "token", True),
        ("docs/operators.md", "rebuild", True),
        ("docs/operators.md", "status", False),
        ("docs/clerks.zh-CN.md", "import", False),
    }


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("rebuild registry children", False),
        ("rebuild registry/childs", False),
        ("rebuild", True),
        ("parked", True),
        ("parked show visits", False),
        ("status --jsn", False),
        ("import rooster list.xlsx", False),
        ("import population", True),
        ("token --role mayor", True),
        ("reindex", False),
    ],
)
def test_a_wrong_one_is_noticed(words: str, whole: bool) -> None:
    assert fault_of(CommandLine("", tuple(words.split()), whole)) != ""
