"""Where this service is put together."""

from services.assistance.batches.events import BATCH_EVENTS
from services.assistance.beneficiaries.state import BENEFICIARY_EVENTS
from services.assistance.contracts import CONTRACTS
from services.assistance.deadlines import DEADLINES
from services.assistance.funds.events import FUND_EVENTS
from services.assistance.handlers import commands
from services.assistance.ledgers.views import LEDGERS, VIEWS
from services.assistance.policy import Policy, read_policy
from services.assistance.programmes.events import PROGRAMME_EVENTS
from services.assistance.reactions import REACTIONS
from shared.calendar import TermCalendar, read_terms
from shared.kernel.events import EventTypes
from shared.kernel.service import Service

EVENTS = EventTypes([*FUND_EVENTS, *PROGRAMME_EVENTS, *BENEFICIARY_EVENTS, *BATCH_EVENTS])


def service(policy: Policy, terms: TermCalendar) -> Service:
    """The service with its parameters; it needs nothing else of the outside world."""
    return Service(
        name="assistance",
        events=EVENTS,
        commands=commands(policy, terms),
        ledgers=LEDGERS,
        views=VIEWS,
        contracts=CONTRACTS,
        reactions=REACTIONS,
        deadlines=DEADLINES,
    )
