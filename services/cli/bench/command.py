"""`nol bench`."""

import importlib
import json
import logging
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import structlog

from services.cli.bench.costs import COSTS
from services.cli.bench.ground import QUICK, Ground, Size
from services.cli.bench.lines import HEADING, Line
from services.cli.bench.machine import machine, versions
from services.cli.bench.note import Measured, written
from services.cli.bench.record import Taken, read, write

MEASURES = {
    "commands": "services.cli.bench.commands",
    "import": "services.cli.bench.imports",
    "county": "services.cli.bench.county",
    "rebuild": "services.cli.bench.rebuild",
    "reconciliation": "services.cli.bench.reconciliation",
    "duplicates": "services.cli.bench.duplicates",
    "footprint": "services.cli.bench.footprint",
    "http": "services.cli.bench.http",
    "propagation": "services.cli.bench.propagation",
    "propagation-kafka": "services.cli.bench.propagation_kafka",
}
"""What can be measured, in the order in which it is: the suite is looked at before anything burdens it."""

TERMINATED = 128 + signal.SIGTERM


@click.command(help="测量本机性能（开发人员用）：自行启动数据库和套件，测完即停止；无论数字如何，退出码为 0。")
@click.option("--only", multiple=True, type=click.Choice(list(MEASURES)), help="只测这一项，可以多次写")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取")
@click.option("--quick", is_flag=True, help="试跑，工作量很小，数字不作准")
@click.option(
    "--docs",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写入结果的文档（默认 docs/benchmarks.md，试跑时不写）",
)
def bench(only: Sequence[str], as_json: bool, quick: bool, docs: Path | None) -> None:
    """Measure the suite beside bare libraries; starts its own database and suites, and stops them.

    Prints `name | value | limit | ratio`. Exit code 0 however the figures are.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # unwinds, so that everything started is stopped
    chosen = [name for name in MEASURES if not only or name in only]
    remarks: list[str] = []
    taken: dict[str, Taken] = {}
    if docs is None and not quick:
        docs = Path("docs/benchmarks.md")
    if not as_json:
        click.echo(HEADING)
    with _only_warnings_logged(), Ground(QUICK if quick else Size(), remarks.append) as ground:
        for name in chosen:
            taken[name] = _measure(ground, name, quiet=as_json)
            if docs is not None:
                _put_on_record(docs, name, taken[name], remarks)
    for remark in remarks:
        click.echo(remark, err=True)
    if as_json:
        click.echo(json.dumps(_as_json(taken), ensure_ascii=False, indent=2))


@contextmanager
def _only_warnings_logged() -> Iterator[None]:
    """What the services in this process log of each request would bury the figures."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        yield
    finally:
        structlog.configure(**before)


def _measure(ground: Ground, name: str, *, quiet: bool) -> Taken:
    lines: list[Line] = []
    for line in importlib.import_module(MEASURES[name]).measure(ground):
        lines.append(line)
        if not quiet:
            click.echo(str(line))
    return Taken(datetime.now(UTC).date(), machine(), versions(), lines)


def _put_on_record(docs: Path, name: str, taken: Taken, remarks: Sequence[str]) -> None:
    """After each measure, so that one that fails late does not cost those before it."""
    record = {**read(docs.with_suffix(".json")), name: taken}
    write(docs.with_suffix(".json"), record)
    docs.write_text(written([_told(each, record[each]) for each in MEASURES if each in record], remarks), "utf-8")


def _told(name: str, taken: Taken) -> Measured:
    return Measured(name, importlib.import_module(MEASURES[name]).METHOD, COSTS.get(name, ""), taken)


def _as_json(taken: Mapping[str, Taken]) -> dict[str, Any]:
    return {
        "machine": machine(),
        "versions": versions(),
        "measures": {name: [line.as_json() for line in each.lines] for name, each in taken.items()},
    }
