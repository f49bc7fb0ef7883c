"""Raising a duty: the one place where its day is reckoned for the first time."""

from datetime import date

from services.supervision.ids import ChildId
from services.supervision.obligations.duties import Duty
from services.supervision.obligations.events import ObligationRaised
from services.supervision.policy import Terms


def raise_duty(child_id: ChildId, cycle: int, duty: Duty, raised_on: date, terms: Terms) -> ObligationRaised:
    due = terms.due_on(duty, raised_on)
    return ObligationRaised(
        child_id=child_id,
        cycle=cycle,
        duty=duty,
        raised_on=raised_on,
        due_on=due.day,
        provisional=due.provisional,
    )
