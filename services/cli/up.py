"""`nol up`: the whole suite on one machine, or one part of it in the foreground."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from services import process
from services.cli.children import Children, NotReady, PortTaken, database, end_open_transactions, part
from services.cli.holding import FolderInUse, end_leftovers, held, note_pids
from services.cli.options import var_option
from services.cli.suite import Suite, make_suite

TRIES = 5
"""How often ports are drawn before `nol up` gives up."""
STOPPING = (signal.SIGTERM, signal.SIGINT)


@click.command(help="启动整套服务；按 Ctrl-C 全部停止。")
@var_option
@click.option("--only", metavar="PART", help="只在前台运行一个部分，如 registry-api；设置取自环境变量 NOL_…")
@click.option("--sample/--no-sample", default=False, help="还没有数据时载入示例县")
@click.option("--usual-ports/--any-ports", default=True, help="用通常的端口，或任意空闲端口（同机多套时）")
@click.option("--mongo-uri", default="", help="使用这个 MongoDB，不另行启动")
@click.option("--kafka-bootstrap", default="", help="事件经这个 Kafka 传送，不用直接读取")
def up(var: Path, only: str | None, sample: bool, usual_ports: bool, mongo_uri: str, kafka_bootstrap: str) -> None:
    """Start the suite; Ctrl-C stops all of it."""
    if only:
        sys.exit(process.main(*_part(only)))
    started = time.monotonic()
    (var / "logs").mkdir(parents=True, exist_ok=True)
    try:
        with held(var):
            if left := end_leftovers(var):
                click.echo(f"上次没有正常停止，已结束遗留的进程：{'、'.join(left)}。")
            make = partial(make_suite, var, mongo_uri=mongo_uri, kafka_bootstrap=kafka_bootstrap)
            _run(make, usual_ports, sample, started)
    except FolderInUse as fault:
        raise click.ClickException(str(fault)) from fault


def _run(make: Callable[..., Suite], usual_ports: bool, sample: bool, started: float) -> None:
    """Serve, on other ports where another's process took one first. Raises ClickException when that does not end."""
    asked = threading.Event()
    for times in range(TRIES):
        try:
            return _serve(make(usual_ports=usual_ports and not times), asked, sample, started)
        except PortTaken as taken:
            if asked.is_set():
                return None
            fault = taken
            click.echo(f"{taken}，换用其他端口重新启动。")
    raise click.ClickException(f"{fault}，换了{TRIES}次端口仍未成功。请停止同机的其他服务后再试，或稍后再试。")


def _serve(suite: Suite, asked: threading.Event, sample: bool, started: float) -> None:
    """Start everything, and stop it when asked to. Raises PortTaken."""
    stop = threading.Event()  # of these children alone: they are not woken up by a later start
    children = Children(stop, lambda: _after_loss(suite), lambda pids: note_pids(suite.var, pids))

    def end(*_: object) -> None:
        asked.set()
        stop.set()

    for number in STOPPING:
        signal.signal(number, end)
    if asked.is_set():
        return
    try:
        start_all(suite, children)
        click.echo(f"已就绪，用时 {time.monotonic() - started:.1f} 秒。")
        if sample:
            _load_sample(suite, stop)
        if not stop.is_set():
            _say_where(suite)
        stop.wait()
    except NotReady as fault:
        if stop.is_set():
            return
        raise click.ClickException(str(fault)) from fault
    finally:
        click.echo("正在停止……")
        children.stop()


def start_all(suite: Suite, children: Children) -> None:
    """Database first, then every API and worker side by side."""
    if suite.own_database:
        children.start([database(suite)])
    children.start([part(suite, service, kind) for service in process.SERVICES for kind in process.PARTS])


def _after_loss(suite: Suite) -> None:
    if suite.own_database:  # on another's server this would touch other people's transactions
        end_open_transactions(suite.mongo_uri)


def _part(only: str) -> tuple[str, str]:
    service, _, kind = only.rpartition("-")
    if service not in process.SERVICES or kind not in process.PARTS:
        names = ", ".join(f"{name}-{kind}" for name in process.SERVICES for kind in process.PARTS)
        raise click.BadParameter(f"没有这个部分：{only}。可用：{names}", param_hint="--only")
    os.environ.setdefault("NOL_SERVICE", service)
    return service, kind


def _load_sample(suite: Suite, stop: threading.Event) -> None:
    """Loading may be cut off anywhere: the next start takes the same files, and what is there changes nothing."""
    from services.cli.sample import load_sample_once

    try:
        with _cut_off_by_signals(stop):
            if not stop.is_set():
                load_sample_once(suite)
    except KeyboardInterrupt:
        click.echo("示例县尚未载完，下次启动时接着载入。")


@contextmanager
def _cut_off_by_signals(stop: threading.Event) -> Iterator[None]:
    """Inside, SIGINT and SIGTERM do not wait for the work in hand: it ends with KeyboardInterrupt where it stands."""

    def cut_off(*_: object) -> None:
        if not stop.is_set():  # once is enough: what ends the work must not be cut off itself
            stop.set()
            raise KeyboardInterrupt

    before = {number: signal.signal(number, cut_off) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _say_where(suite: Suite) -> None:
    click.echo("接口：")
    for service in process.SERVICES:
        click.echo(f"  {service:<12} {suite.url(service)}/api/v1/openapi.json")
    click.echo("查看疑似辍学学生台账和差异台账（Excel）：")
    click.echo(f"  TOKEN=$(nol token --var {suite.var} --role county_admin --division 349921)")
    for name, title in (("suspected-dropouts", "疑似辍学学生台账"), ("differences", "差异台账")):
        ledger = f"{suite.url('registry')}/api/v1/ledgers/{name}.xlsx"
        click.echo(f'  curl -H "Authorization: Bearer $TOKEN" -o {title}.xlsx {ledger}')
    click.echo("按 Ctrl-C 停止。")
