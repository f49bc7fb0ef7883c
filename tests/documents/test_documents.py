"""What the documents tell people to type exists, their examples run, and their links lead somewhere."""

import re
import subprocess
from pathlib import Path

import pytest

from services.cli.main import COMMANDS
from tests.documents.documents import DOCUMENTS, ROOT, blocks, commands, name

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=name)


def make_targets() -> set[str]:
    listing = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^make (\S+)", listing, re.MULTILINE))


def words_after(program: str, document: Path) -> set[str]:
    return {word for each in commands(document) for word in re.findall(rf"(?:^|/){program} ([a-z][a-z-]*)", each)}


@each_document
def test_every_make_target_named_exists(document: Path) -> None:
    assert words_after("make", document) <= make_targets()


@each_document
def test_every_nol_command_named_exists(document: Path) -> None:
    assert words_after("nol", document) <= COMMANDS.keys()


@each_document
def test_every_python_example_runs(document: Path) -> None:
    names: dict[str, object] = {"__name__": name(document)}  # examples of one document build on each other
    for block in blocks(document, "python"):
        exec(compile(block.code, name(document), "exec"), names)


@each_document
def test_every_shell_example_is_shell(document: Path) -> None:
    for block in blocks(document, "sh"):
        result = subprocess.run(["bash", "-n"], input=block.code, text=True, capture_output=True, check=False)
        assert result.returncode == 0, result.stderr


@each_document
def test_every_link_within_the_repository_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text("utf-8"))

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_both_readmes_give_the_same_commands_and_links() -> None:
    english, chinese = ROOT / "README.md", ROOT / "README.zh-CN.md"
    target = re.compile(r"\]\((docs/[^)]+)\)")

    assert blocks(english, "sh") == blocks(chinese, "sh")
    assert target.findall(english.read_text("utf-8")) == target.findall(chinese.read_text("utf-8"))


def test_the_documents_are_found_and_the_readme_is_among_them() -> None:
    assert {"README.md", "README.zh-CN.md", "CHANGELOG.md", "docs/operators.md"} <= set(map(name, DOCUMENTS))
    assert {"run", "test", "test-kafka", "check", "demo", "bench", "rules", "lock", "clean"} <= make_targets()
