"""The kernel's toys under the names of two services, so that real processes can be started for them.

The toy (accounts and their moves) runs as the registry, the mirror (which reads the toy) as the visits.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from time import sleep

from shared.config import Service as ServiceName
from shared.http import Blueprint
from shared.kernel.commands import Order
from shared.kernel.deadlines import derived_id
from shared.kernel.jobs import JobRun, Work
from shared.kernel.service import Service
from shared.runtime import Runtime
from tests.kernel.mirror import SEEN, TALLIES, mirror_service
from tests.kernel.toy import BALANCES, Move, toy_service
from tests.shared.http.toy_api import toy_blueprints

TOY, MIRROR = ServiceName.REGISTRY.value, ServiceName.VISITS.value
JOB = "deposits"
HOLD_S = 0.02


def toy() -> Service:
    return replace(toy_service(TOY), ledgers=[replace(BALANCES, source=TOY)])


def mirror() -> Service:
    plain = mirror_service()
    ledgers = [replace(SEEN, source=TOY), replace(TALLIES, source=MIRROR)]
    return replace(plain, name=MIRROR, ledgers=ledgers, contracts={TOY: plain.contracts["toy"]})


def no_blueprints() -> list[Blueprint]:
    return []


BUILD: Mapping[str, Callable[[], Service]] = {TOY: toy, MIRROR: mirror}
BLUEPRINTS: Mapping[str, Callable[[], list[Blueprint]]] = {TOY: toy_blueprints, MIRROR: no_blueprints}


def jobs_of(runtime: Runtime) -> Mapping[str, Work]:
    """The toy's long work: deposits of 1, 2, 3, … into one account, waiting as long as the file `hold` exists."""

    def deposit(run: JobRun) -> None:
        account, total, hold = run.params["account"], run.params["total"], Path(run.params["hold"])
        for number in range(1, total + 1):
            runtime.application.execute(
                Order(
                    command=Move(account_id=account, amount=number),
                    command_id=derived_id("deposit", run.id, str(number)),
                    caller=run.caller,
                )
            )
            run.progress(number, total, {"deposited": number})
            while number == run.params["hold_after"] and hold.exists():
                sleep(HOLD_S)
        run.finish({"deposited": total})

    return {JOB: deposit}
