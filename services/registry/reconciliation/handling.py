"""How the commands of differences and runs are handled."""

from operator import attrgetter

from services.registry.policy import AgePolicy
from services.registry.reconciliation.difference import DIFFERENCES
from services.registry.reconciliation.finding import FindDifference, find_difference
from services.registry.reconciliation.registering import registers_listed
from services.registry.reconciliation.resolving import ReopenDifference, reopen_difference, resolves, settles
from services.registry.reconciliation.runs import RUNS, RecordRun, record_run
from services.registry.reconciliation.sent_home import finds_sent_home
from shared.kernel.commands import Handler, decides


def reconciliation_handlers(policy: AgePolicy, roles: frozenset[str]) -> list[Handler]:
    """`roles` compare the lists and work off what is found, each in its own part of the county."""
    difference = attrgetter("difference_id")
    return [
        decides(FindDifference, DIFFERENCES, difference, find_difference, roles),
        resolves(roles),
        settles(roles),
        finds_sent_home(),
        registers_listed(policy, roles),
        decides(ReopenDifference, DIFFERENCES, difference, reopen_difference, roles),
        decides(RecordRun, RUNS, attrgetter("run_id"), record_run, roles),
    ]
