"""`nol` on a real suite: started, watched, mended, and stopped without a trace but its data."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest

from services.cli.children import answering_instance
from services.cli.holding import PIDS, end_leftovers
from services.cli.suite import Suite, open_suite
from services.process import PARTS, SERVICES
from services.registry.schools.events import SchoolRegistered
from services.registry.schools.schools import SCHOOLS
from shared.kernel.application import Application
from shared.kernel.caller import Caller, Scope
from shared.kernel.clock import SystemClock
from shared.kernel.commands import CommandTable, Context, Order, decides
from shared.kernel.events import EventTypes
from shared.kernel.store import Store, connect
from tests.processes import listens
from tests.services import built
from tests.system.running import eventually

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]
NOL = [sys.executable, "-c", "from services.cli.main import main; main()"]
ADMIN = Caller("admin-1", "county_admin", Scope("349921"))
SCHOOL = {
    "school_code": "2134000001",
    "name": "青石镇中心小学",
    "kind": "PRIMARY",
    "division": "349921101",
    "district": "一片区",
}


def nol(*arguments: str, var: Path) -> "subprocess.CompletedProcess[str]":
    first, *rest = arguments
    command = [*NOL, *first.split(), "--var", str(var), *rest]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@contextmanager
def up(var: Path, sample: str = "--no-sample", until: str = "已就绪") -> Iterator[Suite]:
    """`nol up` until Ctrl-C; it must then end well and leave nobody behind."""
    log = var.parent / "up.log"
    process = begun(var, sample)
    try:
        eventually(lambda: process.poll() is not None or until in log.read_text("utf-8"), f"it says {until}")
        assert process.poll() is None, log.read_text("utf-8")
        yield open_suite(var)
    finally:
        pids = pids_of(var)
        process.send_signal(signal.SIGINT)
        ended = process.wait()
    assert ended == 0, log.read_text("utf-8")
    assert [pid for pid in pids.values() if alive(pid)] == []
    assert [name for name, port in open_suite(var).ports.items() if listens(port)] == []


def begun(var: Path, sample: str = "--no-sample", ports: str = "--any-ports") -> "subprocess.Popen[bytes]":
    """`nol up`, whose words go to the log beside the folder."""
    with (var.parent / "up.log").open("wb") as out:
        return subprocess.Popen([*NOL, "up", "--var", str(var), sample, ports], stdout=out, stderr=out)


def says_ready_or_ended(log: Path, process: "subprocess.Popen[bytes]") -> bool:
    return process.poll() is not None or "已就绪" in log.read_text("utf-8")


def pids_of(var: Path) -> dict[str, int]:
    noted: dict[str, int] = json.loads((var / PIDS).read_text("utf-8"))["pids"]
    return noted


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ready(suite: Suite, part: str) -> bool:
    try:
        return httpx.get(f"{suite.health_url(part)}/readyz", timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def ask(suite: Suite, method: str, path: str, body: Any = None) -> httpx.Response:
    token = suite.sign(ADMIN, timedelta(hours=1))
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.request(method, f"{suite.url('registry')}/api/v1{path}", json=body, headers=headers, timeout=60)


def test_a_suite_is_started_survives_a_killed_part_stops_at_ctrl_c_and_finds_its_data_again(tmp_path: Path) -> None:
    var = tmp_path / "var"
    assert nol("status", var=var).returncode == 2  # there is none yet

    with up(var) as suite:
        for part in (f"{service}-{kind}" for service in SERVICES for kind in PARTS):
            assert ready(suite, part), part
        assert nol("status", var=var).returncode == 0
        assert ask(suite, "POST", "/schools/registrations", SCHOOL).status_code == 201

        os.killpg(pids_of(var)["registry-api"], signal.SIGKILL)
        eventually(lambda: not ready(suite, "registry-api"), "the API is gone")
        eventually(lambda: ready(suite, "registry-api"), "the API is back")
        assert ask(suite, "GET", "/schools/2134000001").status_code == 200
    down = nol("status", var=var)
    assert down.returncode == 1, down.stdout

    with up(var) as suite:
        assert ask(suite, "GET", "/schools/2134000001").json()["name"] == SCHOOL["name"]
        verified = nol("verify", var=var)
        assert verified.returncode == 0, verified.stdout
        a_parked_event_is_seen_and_released(suite)


def test_two_suites_that_start_at_once_are_ready_only_when_their_own_processes_answer(tmp_path: Path) -> None:
    """Given two that want the same usual ports; then one takes others, and each answers for itself."""
    folders = [tmp_path / name / "var" for name in ("one", "two")]
    for var in folders:
        var.parent.mkdir()
    processes = [begun(var, ports="--usual-ports") for var in folders]
    try:
        for var, process in zip(folders, processes, strict=True):
            log = var.parent / "up.log"
            eventually(partial(says_ready_or_ended, log, process), f"{log.parent.name} is ready")
            assert process.poll() is None, log.read_text("utf-8")
        one, two = map(open_suite, folders)
        assert set(one.ports.values()).isdisjoint(two.ports.values())
        assert one.mongo_uri != two.mongo_uri
        for suite in (one, two):
            answered = {answering_instance(suite.health_url(part)) for part in suite.ports}
            assert answered == {suite.instance}
    finally:
        for process in processes:
            process.send_signal(signal.SIGINT)
        ended = [process.wait() for process in processes]
    assert ended == [0, 0]


def test_what_a_killed_nol_up_left_running_is_ended_by_the_next_and_a_second_one_is_told_of_the_first(
    tmp_path: Path,
) -> None:
    var = tmp_path / "var"
    killed = begun(var)
    eventually(lambda: "已就绪" in (tmp_path / "up.log").read_text("utf-8"), "the suite is ready")
    assert ask(open_suite(var), "POST", "/schools/registrations", SCHOOL).status_code == 201
    killed.kill()
    killed.wait()
    left = pids_of(var)
    assert all(alive(pid) for pid in left.values())

    with up(var) as suite:
        assert [name for name, pid in left.items() if alive(pid)] == []
        assert "上次没有正常停止，已结束遗留的进程" in (tmp_path / "up.log").read_text("utf-8")
        assert ask(suite, "GET", "/schools/2134000001").status_code == 200

        copy = tmp_path / "copy"
        copy.mkdir()
        shutil.copy(var / PIDS, copy / PIDS)
        assert end_leftovers(copy) == [], "a copy of the folder has nothing running"

        second = nol("up", "--no-sample", "--any-ports", var=var)
        assert (second.returncode, f"另一个 nol up 正在使用 {var}" in second.stderr) == (1, True)
        assert ask(suite, "GET", "/schools/2134000001").status_code == 200


def test_ctrl_c_does_not_wait_until_the_sample_county_is_loaded(tmp_path: Path) -> None:
    var = tmp_path / "var"

    with up(var, "--sample", until="已导入"):
        pass

    said = (tmp_path / "up.log").read_text("utf-8")
    assert "示例县尚未载完，下次启动时接着载入。" in said
    assert ("示例县已载入" in said, (var / "sample-loaded").exists()) == (False, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """A version that nobody listens for yet, as after an update of one service alone."""

    TYPE: ClassVar[str] = "registry.school-registered.v9"
    school_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SayUnheard:
    NAME: ClassVar[str] = "registry.say-unheard"
    school_code: str


def a_parked_event_is_seen_and_released(suite: Suite) -> None:
    say(suite, SayUnheard(school_code="2134000001"))

    def parked() -> list[dict[str, Any]]:
        listed = json.loads(nol("parked list", "--json", var=suite.var).stdout)["events"]
        return [item for item in listed if item["consumer"] == "visits"]

    eventually(lambda: bool(parked()), "the visits have parked the event")
    [item] = parked()
    assert (item["type"], "UnknownEventType" in item["error"]) == (Unheard.TYPE, True)
    assert nol("status", var=suite.var).returncode == 1

    shown = nol("parked show", "visits", item["_id"], var=suite.var)
    assert (shown.returncode, Unheard.TYPE in shown.stdout) == (0, True)
    assert nol("parked release", "visits", item["key"], var=suite.var).returncode == 0
    assert nol("parked release", "visits", "nobody", var=suite.var).returncode == 1


def say(suite: Suite, command: SayUnheard) -> None:
    """Let the registry record the event, as a newer registry would."""

    def decide(_: Any, __: SayUnheard, ___: Context) -> Sequence[Any]:
        return [Unheard(school_code=command.school_code)]

    def evolve(school: Any, event: Any) -> Any:
        return school if isinstance(event, Unheard) else SCHOOLS.evolve(school, event)

    aggregate = replace(SCHOOLS, evolve=evolve)
    newer = replace(
        built("registry"),
        events=EventTypes([SchoolRegistered, Unheard]),
        commands=CommandTable(
            [decides(SayUnheard, aggregate, lambda each: each.school_code, decide, frozenset({ADMIN.role}))]
        ),
        deadlines={},
    )
    with connect(suite.mongo_uri) as client:
        application = Application(Store(client, "nol_registry", newer, 8), SystemClock())
        application.execute(Order(command=command, command_id="unheard", caller=ADMIN))


def test_a_ledger_is_rebuilt_and_everything_still_agrees(county: Suite) -> None:
    for ledger in ("registry/children", "supervision/return-cases"):
        rebuilt = nol("rebuild", ledger, var=county.var)
        assert rebuilt.returncode == 0, rebuilt.stdout + rebuilt.stderr
    verified = nol("verify", var=county.var)
    assert verified.returncode == 0, verified.stdout
    assert nol("rebuild", "registry/nothing", var=county.var).returncode == 1


@pytest.mark.prop("P12")
def test_a_forged_event_is_found_and_named(county: Suite) -> None:
    with connect(county.mongo_uri) as client:
        events = client["nol_registry"]["events"]
        genuine = events.find_one({"type": "registry.dropout-confirmed.v1"})
        assert genuine is not None
        events.update_one({"_id": genuine["_id"]}, {"$set": {"data.confirmed_on": "2020-01-01"}})
        try:
            verified = nol("verify", "--log-only", var=county.var)
        finally:
            events.replace_one({"_id": genuine["_id"]}, genuine)
    named = f"registry/{genuine['_id'] >> 40}/{genuine['_id'] & (1 << 40) - 1}"
    assert (verified.returncode, named in verified.stdout) == (1, True), verified.stdout
    assert nol("verify", "--log-only", var=county.var).returncode == 0
