"""The commands in the documents that a running suite can be told are told to one."""

import subprocess
import sys

import pytest

from services.cli.suite import Suite
from tests.documents.command_lines import CommandLine
from tests.documents.test_command_lines import LINES

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]
NOL = [sys.executable, "-c", "from services.cli.main import main; main()"]
SOMETHING_IS_AMISS = 1
NAMED_ALONE = ("token",)  # it asks for a division or a school
RUN = {line.words: line for line in LINES if line.can_run and line.words != NAMED_ALONE}


def test_there_are_some_of_each_kind() -> None:
    assert {words[0] for words in RUN} == {"calendar", "status", "verify", "parked", "rebuild", "token"}


@pytest.mark.parametrize("line", RUN.values(), ids=str)
def test_it_does_what_it_says(line: CommandLine, county: Suite) -> None:
    told = subprocess.run([*NOL, *line.words, "--var", str(county.var)], capture_output=True, text=True, check=False)
    # `status` also tells what other tests have parked here
    assert told.returncode in ({0, SOMETHING_IS_AMISS} if line.words[0] == "status" else {0}), told.stderr
    assert told.stdout
