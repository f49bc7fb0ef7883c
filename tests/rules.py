"""Which numbered rules of the plans have tests: `python -m tests.rules` prints `rule,owner,tests` for each.

A test shows a rule by `@pytest.mark.rule("9-13")`. Tests are collected, not run.
"""

import contextlib
import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

CATALOGUE = Path(__file__).parents[1] / "docs" / "rules" / "catalogue.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the catalogue; `owner` is the service that holds the truth."""

    number: str
    owner: str
    in_scope: bool
    sentence: str


class UnknownRuleError(Exception):
    """Tests claim rules that the catalogue does not have."""


def read_catalogue(path: Path = CATALOGUE) -> dict[str, Rule]:
    """All rules by number, in the order of the plans."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["rule"]: Rule(
                number=row["rule"],
                owner=row["owner"],
                in_scope=row["in_scope"] == "yes",
                sentence=row["sentence"],
            )
            for row in csv.DictReader(file)
        }


class RuleMarks:
    """A pytest plugin that remembers which test functions claim which rules."""

    def __init__(self) -> None:
        self.tests_by_rule: dict[str, set[str]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            function = item.nodeid.partition("[")[0]  # the cases of one parametrised test are one test
            for mark in item.iter_markers("rule"):
                for number in mark.args:
                    self.tests_by_rule.setdefault(number, set()).add(function)


def collect_marks(arguments: Iterable[str] = ()) -> dict[str, set[str]]:
    """The claims of all tests. Raises RuntimeError with pytest's words when a test cannot be collected."""
    marks, words = RuleMarks(), io.StringIO()
    with contextlib.redirect_stdout(words):
        outcome = pytest.main(["--collect-only", *arguments], plugins=[marks])
    if outcome not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise RuntimeError(words.getvalue())
    return marks.tests_by_rule


def coverage(catalogue: Mapping[str, Rule], tests_by_rule: Mapping[str, set[str]]) -> Iterator[str]:
    """The lines of the report. Raises UnknownRuleError before the first of them."""
    unknown = {number: sorted(tests_by_rule[number]) for number in tests_by_rule.keys() - catalogue.keys()}
    if unknown:
        raise UnknownRuleError(f"no such rule: {unknown}")
    in_scope = [rule for rule in catalogue.values() if rule.in_scope]
    for rule in in_scope:
        yield f"{rule.number},{rule.owner},{len(tests_by_rule.get(rule.number, ()))}"
    covered = sum(1 for rule in in_scope if tests_by_rule.get(rule.number))
    yield f"rules covered: {covered} of {len(in_scope)}"


def main() -> int:
    """Print the report; 1 when a test cannot be collected or claims an unknown rule."""
    try:
        report = list(coverage(read_catalogue(), collect_marks()))
    except (UnknownRuleError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
