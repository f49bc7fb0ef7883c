"""The ground of a closing reason: the event of the registry that proves it, unless something else was said since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from services.supervision.facts import Fact
from services.supervision.policy import Terms
from services.supervision.refusals import ChildNotBack, ReasonNotOnRecord, ReasonOvertaken, ReturnNotStable
from services.supervision.return_cases.cycle import Cycle
from services.supervision.return_cases.events import SearchEnded
from services.supervision.return_cases.reasons import PROOFS, ClosureReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Birth:
    """When the child was born, as the registry's file says by `fact`."""

    born_on: date
    fact: Fact


def ground_of(cycle: Cycle, reason: ClosureReason, birth: Birth | None, today: date, terms: Terms) -> Fact:
    """The registry's event that proves the reason now.

    Raises ChildNotBack, ReturnNotStable, ReasonNotOnRecord or ReasonOvertaken.
    """
    if cycle.ended is None:
        if reason is ClosureReason.AGED_OUT:
            return _aged_out(birth, today, terms)
        return _of_the_return(cycle, reason, terms)
    if cycle.lapsed:
        raise ReasonOvertaken(reason, cycle.lapsed.fact.type)
    proven = _proving(_last_words(cycle.endings), reason)
    if proven is not None:
        return proven
    if _proving(cycle.endings, reason) or cycle.returned:
        raise ReasonOvertaken(reason, cycle.ended.fact.type)
    raise ReasonNotOnRecord(reason)


def _of_the_return(cycle: Cycle, reason: ClosureReason, terms: Terms) -> Fact:
    """Of a child whom the registry knows as sought, or as back."""
    if reason is ClosureReason.RETURNED_STABLE:
        if cycle.returned is None:
            raise ChildNotBack()
        if cycle.stabilised is None:
            raise ReturnNotStable(terms.policy.stable_days)
        return cycle.stabilised.fact
    transfer = _moved_by_transfer(cycle)
    if reason is not ClosureReason.TRANSFERRED_CONFIRMED or transfer is None:
        raise ReasonNotOnRecord(reason)
    if cycle.returned is None:  # the file has moved; the child is still looked for
        raise ChildNotBack()
    return transfer


def _aged_out(birth: Birth | None, today: date, terms: Terms) -> Fact:
    if birth is None or not terms.is_over_age(birth.born_on, today):
        raise ReasonNotOnRecord(ClosureReason.AGED_OUT)
    return birth.fact


def _moved_by_transfer(cycle: Cycle) -> Fact | None:
    proofs = PROOFS[ClosureReason.TRANSFERRED_CONFIRMED]
    return next((each.fact for each in reversed(cycle.moves) if each.fact.type in proofs), None)


def _last_words(endings: Sequence[SearchEnded]) -> list[SearchEnded]:
    """The endings that say the same as the latest one, which comes first."""
    return list(takewhile(lambda each: each.because is endings[-1].because, reversed(endings)))


def _proving(endings: Sequence[SearchEnded], reason: ClosureReason) -> Fact | None:
    return next((each.fact for each in endings if each.fact.type in PROOFS[reason]), None)
