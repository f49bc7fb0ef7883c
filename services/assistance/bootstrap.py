"""Where this service is put together."""

from collections.abc import Mapping

from services.assistance.api.batches import batches_blueprint
from services.assistance.api.funds import funds_blueprint
from services.assistance.api.payments import payments_blueprint
from services.assistance.api.programmes import eligibility_blueprint, programmes_blueprint
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
from shared.calendar import CalendarInForce
from shared.http import Blueprint
from shared.kernel.events import EventTypes
from shared.kernel.jobs import Work
from shared.kernel.service import Service
from shared.runtime import Ports, Runtime

EVENTS = EventTypes([*FUND_EVENTS, *PROGRAMME_EVENTS, *BENEFICIARY_EVENTS, *BATCH_EVENTS])


def build(ports: Ports) -> Service:
    return service(read_policy(), ports.calendar)


def blueprints() -> list[Blueprint]:
    policy = read_policy()
    return [
        programmes_blueprint(policy.living_subsidy),
        eligibility_blueprint(),
        funds_blueprint(),
        batches_blueprint(policy),
        payments_blueprint(),
    ]


def job_kinds(_: Runtime) -> Mapping[str, Work]:
    """None: long work here is a chain of stored steps (see `deadlines`)."""
    return {}


def service(policy: Policy, calendar: CalendarInForce) -> Service:
    """The service as data."""
    return Service(
        name="assistance",
        events=EVENTS,
        commands=commands(policy, calendar),
        ledgers=LEDGERS,
        views=VIEWS,
        contracts=CONTRACTS,
        reactions=REACTIONS,
        deadlines=DEADLINES,
    )
