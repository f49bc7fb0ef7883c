"""The API's processes are forked from one parent and replaced under load: nothing is lost, nobody hangs."""

import pytest

from tests.system.load import load
from tests.system.running import Running
from tests.system.toys import MIRROR, TOY
from tests.system.truths import assert_acknowledged_is_recorded_once, assert_everything_agrees

pytestmark = pytest.mark.system


@pytest.mark.prop("P15")
def test_processes_that_are_replaced_under_load_lose_nothing_and_hang_nobody(running: Running) -> None:
    measurements = running.suite.var / "measurements"
    measurements.mkdir()
    forked = {"TOY_PROCESSES": "2", "TOY_RECYCLE_AFTER": "30", "PROMETHEUS_MULTIPROC_DIR": str(measurements)}
    running.start(f"{TOY}-api", **forked)
    running.start(f"{MIRROR}-worker")  # waits at the feed, also in a process that is to be replaced

    with load(running) as clerks:
        clerks.wait_for(200)

    log = (running.suite.var / f"{TOY}-api.log").read_text("utf-8")
    assert log.count("Autorestarting worker") >= 3
    assert log.count("Booting worker") >= 2 + 3
    assert_acknowledged_is_recorded_once(running, clerks.answers)
    assert_everything_agrees(running)
