"""`nol parked`: events that could not be applied, why, and letting them go on."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from services.cli.options import var_option
from services.cli.runtimes import runtime_of, runtimes
from shared.kernel import parking


@click.group(help="搁置的事件：列出、查看，排除原因后放行。")
def parked() -> None:
    """Events that wait: list them, look at one, release a key once its cause is mended."""


@parked.command("list", help="列出各服务未能处理的事件，以及未能执行的期限。")
@var_option
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取")
def list_(var: Path, as_json: bool) -> None:
    """Every parked event, by the service that could not apply it, and deadlines whose command failed."""
    found = [
        {"consumer": runtime.service.name, **{name: item[name] for name in FIELDS}, "since": item["since"].isoformat()}
        for runtime in runtimes(var)
        for item in runtime.store.parked.find({}).sort([("key", 1), ("position", 1)])
    ]
    failed = [
        {"consumer": runtime.service.name, "deadline": item["_id"], "state": item["state"], "error": item["error"]}
        for runtime in runtimes(var)
        for item in runtime.store.deadlines.find({"error": {"$ne": ""}})
    ]
    if as_json:
        click.echo(json.dumps({"events": found, "deadlines": failed}, ensure_ascii=False, indent=2))
        return
    table = Table(title=f"搁置的事件（{len(found)}）")
    for heading in ("读者", "事件", "键", "类型", "状态", "次数", "原因"):
        table.add_column(heading, overflow="fold")  # ids are there to be copied
    for item in found:
        cells = ("consumer", "_id", "key", "type", "state", "attempts", "error")
        table.add_row(*(str(item[name]) for name in cells))
    Console().print(table)
    for item in failed:
        click.echo(f"期限未能执行：{item['consumer']} {item['deadline']} {item['state']} {item['error']}")


FIELDS = ("_id", "key", "type", "state", "attempts", "error")


@parked.command(help="查看 CONSUMER 收到的一条搁置事件（个人信息保持加密）。")
@var_option
@click.argument("consumer")
@click.argument("event_id")
def show(var: Path, consumer: str, event_id: str) -> None:
    """One parked event whole, as CONSUMER received it (personal fields stay sealed)."""
    item = runtime_of(var, consumer).store.parked.find_one({"_id": event_id})
    if item is None:
        raise click.ClickException(f"{consumer} 没有搁置事件 {event_id}")
    click.echo(json.dumps(item, ensure_ascii=False, indent=2, default=str))


@parked.command(help="让一个键的事件按顺序立即重试；KEY 也可以是期限的编号。")
@var_option
@click.argument("consumer")
@click.argument("key")
def release(var: Path, consumer: str, key: str) -> None:
    """Try a key's events again now, in order; or, for a deadline's id, that deadline."""
    runtime = runtime_of(var, consumer)
    now = runtime.ports.clock.now()
    waiting = sum(parking.release(runtime.store, source, key, now) for source in runtime.service.contracts)
    again = {"$set": {"state": "set", "attempts": 0, "next_try_at": now}}
    waiting += runtime.store.deadlines.update_one({"_id": key, "error": {"$ne": ""}}, again).matched_count
    if not waiting:
        raise click.ClickException(f"{consumer} 没有搁置 {key}")
    click.echo(f"已放行 {key}，{waiting} 件将按顺序重试。")
