"""`nol status`: is everything alive, and how far has everybody come?"""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import click
import httpx
from pymongo.errors import PyMongoError
from rich.console import Console
from rich.table import Table

from services.cli.children import answering_instance
from services.cli.options import var_option
from services.cli.runtimes import runtimes
from services.cli.suite import NoSuite, open_suite
from services.process import PARTS, SERVICES
from shared.config import Transport
from shared.kernel.consumer import Consumer
from shared.kernel.continuity import Checkpoint, cut_back
from shared.kernel.sources import SourceUnavailable
from shared.runtime import Runtime
from shared.transport.relay_marks import RelayMarks

FOREIGN = "端口被占"
"""Somebody answers on the port, and it is no process of this suite."""
LONGEST_NAME = max(map(len, SERVICES))


@click.command(help="各进程是否正常，各读者读到哪里、落后多少、搁置多少。有停止、搁置或源头变旧时退出码为 1。")
@var_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取")
def status(var: Path, as_json: bool) -> None:
    """Health of each process; for each consumer, source and partition its position, head, lag and parked events.

    Exit code 1 when something is down or parked, or a source was restored older than its reader.
    """
    services = _services(var)
    if as_json:
        click.echo(json.dumps(services, ensure_ascii=False, indent=2))
    else:
        _show(services)
    healthy = all(part == "ok" for service in services for part in service["processes"].values())
    lines = [line for service in services for line in service["consumers"]]
    if not healthy or any(line["parked"] or line["source_cut_back"] for line in lines):
        raise SystemExit(1)


def _services(var: Path) -> list[dict[str, Any]]:
    """Asked side by side: each waits some seconds for a database that does not answer."""
    with ThreadPoolExecutor() as threads:
        return list(threads.map(partial(_service, var), runtimes(var)))


def _service(var: Path, runtime: Runtime) -> dict[str, Any]:
    name = runtime.service.name
    try:
        heads, consumers, relay = runtime.store.positions(), list(_consumers(runtime)), _relay(runtime)
        deadlines = runtime.store.deadlines.count_documents({"next_try_at": {"$lte": runtime.ports.clock.now()}})
        failed = runtime.store.deadlines.count_documents({"state": "parked"})
        database = "ok"
    except PyMongoError as error:
        heads, consumers, relay, deadlines, failed, database = [], [], None, 0, 0, type(error).__name__
    return {
        "service": name,
        "processes": {"database": database, **_processes(name, var)},
        "heads": heads,
        "deadlines_due": deadlines,
        "deadlines_parked": failed,
        "relay": relay,
        "consumers": consumers,
    }


def _relay(runtime: Runtime) -> dict[str, int] | None:
    """What Kafka has not acknowledged yet, and what it refused (readers have that from the feed); none on the feed."""
    if runtime.ports.settings.transport is not Transport.KAFKA:
        return None
    marks = RelayMarks(runtime.store)
    return {"lag": marks.look().lag, "refused": marks.refused.count_documents({})}


def _consumers(runtime: Runtime) -> Iterator[dict[str, Any]]:
    consumer = Consumer(runtime.application)
    for source in runtime.service.contracts:
        checkpoints = consumer.checkpoints(source)
        heads, lost = _asked_of_owner(runtime, source, checkpoints)
        for partition, checkpoint in enumerate(checkpoints):
            position, head = checkpoint.position, heads[partition] if heads else None
            parked = runtime.store.parked.count_documents({"source": source, "partition": partition})
            yield {
                "source": source,
                "partition": partition,
                "position": position,
                "head": head,
                "lag": None if head is None else head - position,
                "parked": parked,
                "source_cut_back": partition in lost,
            }


def _asked_of_owner(
    runtime: Runtime, source: str, checkpoints: Sequence[Checkpoint]
) -> tuple[Sequence[int], Sequence[int]]:
    """The source's heads, and the partitions that lack what was read from them; nothing when it does not answer."""
    try:
        owner = runtime.sources[source]
        heads = owner.heads()
        return heads, cut_back(owner, checkpoints, heads)
    except (KeyError, SourceUnavailable):
        return [], []


def _processes(service: str, var: Path) -> dict[str, str]:
    try:
        suite = open_suite(var)
    except NoSuite:
        return {}
    return {kind: _health(suite.health_url(f"{service}-{kind}"), suite.instance) for kind in PARTS}


def _health(url: str, instance: str) -> str:
    try:
        answer = httpx.get(f"{url}/readyz", timeout=3)
    except httpx.HTTPError as error:
        return type(error).__name__
    if answer.status_code != httpx.codes.OK:
        return f"{answer.status_code}"
    return "ok" if answering_instance(url) == instance else FOREIGN


def _show(services: list[dict[str, Any]]) -> None:
    console = Console()
    headings = ("服务", "数据库", "接口", "后台", "到期未办", "期限失败", "Kafka 待发", "Kafka 拒收")
    health = _table(headings, "运行状态")
    for service in services:
        parts = service["processes"]
        due, failed = str(service["deadlines_due"]), str(service["deadlines_parked"])
        marks = [_mark(parts.get(kind, "-")) for kind in ("database", *PARTS)]
        relay = service["relay"] or {"lag": "-", "refused": "-"}
        health.add_row(service["service"], *marks, due, failed, str(relay["lag"]), str(relay["refused"]))
    console.print(health)
    if not any(service["consumers"] for service in services):
        return
    lags = _table(("读者", "来源", "分区", "位置", "源头", "落后", "搁置"), "消息进度")
    for service in services:
        for line in service["consumers"]:
            shown = [line[name] for name in ("source", "partition", "position", "head", "lag", "parked")]
            lags.add_row(service["service"], *("?" if value is None else str(value) for value in shown))
    console.print(lags)
    for service in services:
        for source, partitions in _cut_back(service["consumers"]).items():
            console.print(
                f"[red]{service['service']} 已停止读取 {source}：分区 {partitions} 的日志比读者旧，"
                "应是从较早的备份恢复的。请把各服务恢复到同一时刻（docs/operators.md）。[/]"
            )


def _table(headings: Sequence[str], title: str) -> Table:
    """No name of a service is cut, however narrow the terminal is: numbers give way."""
    table = Table(title=title)
    for number, heading in enumerate(headings):
        names = number == 0 or heading == "来源"
        table.add_column(heading, overflow="fold", min_width=LONGEST_NAME if names else None)
    return table


def _cut_back(lines: list[dict[str, Any]]) -> dict[str, list[int]]:
    lost: dict[str, list[int]] = {}
    for line in lines:
        if line["source_cut_back"]:
            lost.setdefault(line["source"], []).append(line["partition"])
    return lost


def _mark(state: str) -> str:
    """An HTTP status is shown as it is; the name of an exception says nothing to a reader at night."""
    match state:
        case "ok":
            return "[green]正常[/]"
        case "-":
            return state
        case _:
            return f"[red]{state if state.isdigit() or state == FOREIGN else '未响应'}[/]"
