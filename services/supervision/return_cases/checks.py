"""Whether the stability checks of a returned child are there. They are the visits service's records, not words."""

from services.supervision.refusals import ChecksMissing
from services.supervision.return_cases.cycle import Cycle

IN_CLASS = frozenset({"ATTENDING", "UNSETTLED"})
"""What a check found of a child who comes."""


def found_in_class(cycle: Cycle) -> tuple[str, ...]:
    """The ids of the records that found the child in class."""
    return tuple(each.fact.event for each in cycle.checks if each.finding in IN_CLASS)


def missing_checks(cycle: Cycle) -> tuple[int, ...]:
    """The planned checks that nobody recorded, or that did not find the child."""
    good = {each.check_no for each in cycle.checks if each.finding in IN_CLASS}
    return tuple(number for number in range(1, max(cycle.checks_planned, 1) + 1) if number not in good)


def explained(cycle: Cycle, because: str) -> tuple[tuple[int, ...], str]:
    """The missing checks and the reason, which is kept only where some are missing. Raises ChecksMissing."""
    missing = missing_checks(cycle)
    if missing and not because.strip():
        raise ChecksMissing(missing)
    return missing, because.strip() if missing else ""
