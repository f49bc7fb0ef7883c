"""Two steps of one procedure need two people, and there is one way to tell whether they are."""

import ast
from pathlib import Path

import services
from shared.kernel.caller import same_person


def test_one_identity_in_other_capitals_is_the_same_person() -> None:
    assert same_person("Li.Na@county", "li.na@county")
    assert not same_person("li.na", "li.nan")


def test_no_service_compares_people_in_another_way() -> None:
    compared = [
        f"{path.name}:{node.lineno}"
        for path in Path(services.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Compare) and "context.actor" in {ast.unparse(each) for each in _sides(node)}
    ]
    assert compared == []


def _sides(comparison: ast.Compare) -> list[ast.expr]:
    return [comparison.left, *comparison.comparators]
