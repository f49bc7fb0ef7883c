"""Where the supervision service is put together."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, get_args

from services.roles import READ_THE_FEED
from services.supervision.contracts import CONTRACTS
from services.supervision.deadlines import DEADLINES
from services.supervision.handlers import commands
from services.supervision.ledgers.calendar import CALENDAR
from services.supervision.ledgers.children import CHILDREN
from services.supervision.ledgers.closures import CLOSURES
from services.supervision.ledgers.divisions import DIVISIONS
from services.supervision.ledgers.obligations import OBLIGATIONS
from services.supervision.ledgers.return_cases import RETURN_CASES
from services.supervision.ledgers.return_notices import RETURN_NOTICES
from services.supervision.ledgers.schools import SCHOOLS
from services.supervision.ledgers.views import VIEWS
from services.supervision.policy import Policy, read_policy
from services.supervision.reactions import REACTIONS
from services.supervision.return_cases.cycle import CaseEvent
from services.supervision.return_notices.register import NumberTaken
from shared.kernel.events import EventTypes
from shared.kernel.jobs import Work
from shared.kernel.service import Service

if TYPE_CHECKING:
    from shared.calendar import CalendarInForce
    from shared.http import Blueprint
    from shared.runtime import Ports, Runtime

EVENTS = EventTypes([*get_args(CaseEvent), NumberTaken])


def supervision(policy: Policy, calendar: "CalendarInForce") -> Service:
    """The service under a county's numbers and its calendar, which is asked anew each time."""
    return Service(
        name="supervision",
        events=EVENTS,
        commands=commands(policy, calendar),
        ledgers=[CALENDAR, DIVISIONS, SCHOOLS, CHILDREN, RETURN_CASES, CLOSURES, OBLIGATIONS, RETURN_NOTICES],
        views=VIEWS,
        feed_roles=READ_THE_FEED,
        contracts=CONTRACTS,
        reactions=REACTIONS,
        deadlines=DEADLINES,
    )


def build(ports: "Ports") -> Service:
    """The service on its shipped policy and the process's calendar."""
    return supervision(read_policy(), ports.calendar)


def blueprints() -> "list[Blueprint]":
    from services.supervision.api import all_blueprints  # a worker serves no API and need not load one

    return all_blueprints()


def job_kinds(_: "Runtime") -> Mapping[str, Work]:
    """This service does no long work yet."""
    return {}
