"""Where the visits service is put together."""

from collections.abc import Mapping

from services.roles import READ_THE_FEED
from services.visits.api.assignments import assignments_blueprint
from services.visits.api.children import children_blueprint
from services.visits.api.photos import photos_blueprint
from services.visits.contracts import CONTRACTS
from services.visits.deadlines import DEADLINES
from services.visits.events import EVENTS
from services.visits.handlers import commands
from services.visits.ledgers import LEDGERS
from services.visits.ledgers.views import VIEWS
from services.visits.policy import Policy, read_policy
from services.visits.reactions import REACTIONS
from shared.calendar import CalendarInForce
from shared.http import Blueprint
from shared.kernel.jobs import Work
from shared.kernel.service import Service
from shared.runtime import Ports, Runtime


def build(ports: Ports) -> Service:
    return assemble(read_policy(), ports.calendar)


def blueprints() -> list[Blueprint]:
    return [children_blueprint(), assignments_blueprint(), photos_blueprint(read_policy().photos)]


def job_kinds(_: Runtime) -> Mapping[str, Work]:
    """This service has no long work yet."""
    return {}


def assemble(policy: Policy, calendar: CalendarInForce) -> Service:
    """The service as data."""
    return Service(
        name="visits",
        events=EVENTS,
        commands=commands(policy, calendar),
        ledgers=LEDGERS,
        views=VIEWS,
        feed_roles=READ_THE_FEED,
        contracts=CONTRACTS,
        reactions=REACTIONS,
        deadlines=DEADLINES,
    )
