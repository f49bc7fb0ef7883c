"""The clock of a trial is moved by its operator, for every process, and only forwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shared.http.app import create_app
from shared.kernel.clock import SystemClock
from shared.runtime import Runtime
from tests.shared.http.client import Client
from tests.shared.http.toy_api import ROLES


def test_the_operator_moves_the_clock_on(sign_in: Callable[..., Client], runtime: Runtime) -> None:
    operator = sign_in("operator")
    before = datetime.fromisoformat(operator.get("/clock").json["now"])

    answer = operator.post("/clock/advances", {"days": 3, "hours": 2})

    assert (answer.status_code, answer.json["offset_seconds"]) == (201, 74 * 3600)
    assert runtime.ports.clock.now() >= before + timedelta(hours=74)


@pytest.mark.parametrize("body", [{"days": -1}, {"hours": -1}, {"days": 1.5}, {"weeks": 1}])
def test_time_does_not_run_backwards(sign_in: Callable[..., Client], body: dict[str, float]) -> None:
    operator = sign_in("operator")

    assert operator.post("/clock/advances", body).status_code == 422
    assert operator.get("/clock").json["offset_seconds"] == 0


def test_nobody_else_moves_it(clerk: Client) -> None:
    assert clerk.post("/clock/advances", {"days": 1}).status_code == 403
    assert clerk.get("/clock").status_code == 200


def test_an_installation_on_real_time_has_no_such_address(runtime: Runtime) -> None:
    real = replace(runtime, ports=replace(runtime.ports, clock=SystemClock()))

    rules = [rule.rule for rule in create_app(real, [], ROLES).url_map.iter_rules()]

    assert rules
    assert not [rule for rule in rules if "clock" in rule]
