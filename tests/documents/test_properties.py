"""The table of properties in docs/architecture.md names the tests that try each, and they exist."""

import ast
import re
from collections import defaultdict
from pathlib import Path

from tests.documents.documents import ROOT

ARCHITECTURE = ROOT / "docs" / "architecture.md"


def marked_tests() -> dict[str, set[str]]:
    """The names of the tests marked with each property."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted(Path(ROOT / "tests").rglob("test_*.py")):
        text = file.read_text("utf-8")
        of_all = re.findall(r"^pytestmark = .*?prop\(['\"](P\d+)", text, re.MULTILINE)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for number in of_all:
                    found[number].add(node.name)
            for mark in getattr(node, "decorator_list", []):
                for number in re.findall(r"prop\(['\"](P\d+)", ast.unparse(mark)):
                    found[number].add(node.name)  # type: ignore[attr-defined]
        for name, number in re.findall(r"^(test_\w+) = pytest\.mark\.prop\(\"(P\d+)", text, re.MULTILINE):
            found[number].add(name)
    return found


def told() -> dict[str, set[str]]:
    """What the table says."""
    rows = re.findall(r"^\| (P\d+) \|(.*)$", ARCHITECTURE.read_text("utf-8"), re.MULTILINE)
    return {number: set(re.findall(r"`(test_\w+)`", row)) for number, row in rows}


def test_every_property_is_told() -> None:
    assert list(told()) == [f"P{number}" for number in range(1, 17)]


def test_the_tests_named_are_those_marked() -> None:
    marked = marked_tests()

    assert {number: names - marked[number] for number, names in told().items() if names - marked[number]} == {}


def test_a_property_without_a_test_is_said_to_have_none() -> None:
    marked, table = marked_tests(), told()

    assert {number for number, names in table.items() if not names} == {n for n in table if not marked[n]}
