"""Where the visits service is put together."""

from services.visits.contracts import CONTRACTS
from services.visits.deadlines import DEADLINES
from services.visits.events import EVENTS
from services.visits.handlers import commands
from services.visits.ledgers import LEDGERS
from services.visits.ledgers.views import VIEWS
from services.visits.policy import Policy
from services.visits.reactions import REACTIONS
from shared.calendar import WorkingCalendar
from shared.kernel.service import Service

NAME = "visits"


def assemble(policy: Policy, calendar: WorkingCalendar) -> Service:
    """The service as data."""
    return Service(
        name=NAME,
        events=EVENTS,
        commands=commands(policy, calendar),
        ledgers=LEDGERS,
        views=VIEWS,
        contracts=CONTRACTS,
        reactions=REACTIONS,
        deadlines=DEADLINES,
    )
