"""The supervision service as data."""

from typing import get_args

from services.supervision.contracts import CONTRACTS
from services.supervision.deadlines import DEADLINES
from services.supervision.handlers import commands
from services.supervision.ledgers.children import CHILDREN
from services.supervision.ledgers.closures import CLOSURES
from services.supervision.ledgers.obligations import OBLIGATIONS
from services.supervision.ledgers.return_cases import RETURN_CASES
from services.supervision.ledgers.return_notices import RETURN_NOTICES
from services.supervision.ledgers.views import VIEWS
from services.supervision.policy import Terms
from services.supervision.reactions import REACTIONS
from services.supervision.return_cases.state import CaseEvent
from services.supervision.return_notices.register import NumberTaken
from shared.kernel.events import EventTypes
from shared.kernel.service import Service

EVENTS = EventTypes([*get_args(CaseEvent), NumberTaken])


def supervision(terms: Terms) -> Service:
    """The service under a county's terms."""
    return Service(
        name="supervision",
        events=EVENTS,
        commands=commands(terms),
        ledgers=[CHILDREN, RETURN_CASES, CLOSURES, OBLIGATIONS, RETURN_NOTICES],
        views=VIEWS,
        contracts=CONTRACTS,
        reactions=REACTIONS,
        deadlines=DEADLINES,
    )
