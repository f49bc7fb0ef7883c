"""The catalogue of the plans' rules, and the count of those that tests show."""

import pytest

from tests.rules import Rule, RuleMarks, UnknownRuleError, coverage, read_catalogue

pytest_plugins = ["pytester"]

SERVICES = {"registry", "visits", "assistance", "supervision"}


def a_rule(number: str, *, in_scope: bool = True) -> Rule:
    return Rule(number=number, owner="visits", in_scope=in_scope, sentence="A visit is made.")


def test_the_catalogue_holds_all_rules_of_the_eleven_plans_once() -> None:
    catalogue = read_catalogue()

    assert len(catalogue) == 204
    assert {number.split("-")[0] for number in catalogue} == {str(plan) for plan in range(1, 12)}
    assert all(rule.sentence.endswith(".") for rule in catalogue.values())


def test_exactly_the_rules_in_scope_have_an_owning_service() -> None:
    for rule in read_catalogue().values():
        assert (rule.owner in SERVICES) == rule.in_scope, rule


def test_responsibility_and_pairings_are_owned_by_visits() -> None:
    catalogue = read_catalogue()

    assert {catalogue[number].owner for number in ("2-06", "4-08", "5-03", "7-04", "9-02")} == {"visits"}


def test_the_report_counts_tests_and_leaves_out_what_is_out_of_scope() -> None:
    catalogue = {rule.number: rule for rule in (a_rule("9-13"), a_rule("9-14"), a_rule("7-16", in_scope=False))}

    report = list(coverage(catalogue, {"9-13": {"one", "another"}}))

    assert report == ["9-13,visits,2", "9-14,visits,0", "rules covered: 1 of 2"]


def test_a_claim_of_an_unknown_rule_is_an_error_that_names_the_test() -> None:
    with pytest.raises(UnknownRuleError, match=r"12-01.*tests/test_wrong\.py::test_wrong"):
        list(coverage({"9-13": a_rule("9-13")}, {"12-01": {"tests/test_wrong.py::test_wrong"}}))


def test_claims_are_read_from_tests_that_are_not_run_and_cases_of_one_test_count_once(
    pytester: pytest.Pytester,
) -> None:
    pytester.makeini("[pytest]\nmarkers = rule(number): shows a rule")
    pytester.makepyfile(
        test_claims="""
        import pytest

        @pytest.mark.rule("9-13", "9-14")
        @pytest.mark.parametrize("periods", [1, 2])
        def test_two_periods(periods): raise AssertionError("collected, not run")
        """
    )
    marks = RuleMarks()

    pytester.inline_run("--collect-only", plugins=[marks])

    claimed = {"test_claims.py::test_two_periods"}
    assert marks.tests_by_rule == {"9-13": claimed, "9-14": claimed}
