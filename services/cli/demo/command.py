"""`nol demo`."""

import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import httpx
from rich.console import Console

from services.cli.demo.people import People, draw_school_code
from services.cli.demo.report import Report
from services.cli.demo.scenes import SCENES, prepare
from services.cli.demo.stage import Stage
from services.cli.options import var_option
from services.cli.suite import Suite, make_suite, open_suite

HELP = """演示：四名学生辍学又返校，一名孩子从未入学，经公开接口走完全程，并逐一核对各台账。

会把套件的时钟向前拨，只能用于试用的套件，不能用于存有真实学生的套件。结果不符时退出码为 1。
"""


@click.command(help=HELP)
@var_option
@click.option("--fresh", is_flag=True, help="在临时文件夹中另起一套，演示完即停止")
@click.option("--kafka-bootstrap", default="", help="与 --fresh 同用：事件经这个 Kafka 传送")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取")
def demo(var: Path, fresh: bool, kafka_bootstrap: str, as_json: bool) -> None:
    """Lose and find children through the public API, and watch every ledger.

    One returns early, one after the notice, one relapses, one never comes back; a fifth never came at all. The
    suite's clock is moved forward: play it on a suite for trying, never on one with real children. Exit code 1 when
    anything is not as it must be.
    """
    with _suite(var, fresh, kafka_bootstrap) as suite, httpx.Client() as http:
        console = Console(quiet=as_json)
        report = play(Stage(People(suite, draw_school_code(), http), console))
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2, default=str))
    else:
        _conclude(console, report)
    if not report.ok:
        raise SystemExit(1)


def play(stage: Stage) -> Report:
    """All scenes, one after the other."""
    county = prepare(stage)
    for scene in SCENES:
        scene(stage, county)
    return stage.report


def _conclude(console: Console, report: Report) -> None:
    held = sum(check.held for check in report.checks)
    delays = sorted(landing.ms for landing in report.landings if landing.ms is not None)
    console.rule("结果")
    console.print(f"  核对 {held}/{len(report.checks)} 项符合；事件落地 {len(delays)} 次", end="")
    if delays:
        median, last = delays[len(delays) // 2], delays[-1]
        console.print(f"，中位 {median:.0f} ms，最慢 {last:.0f} ms", end="")
    console.print("。")


@contextmanager
def _suite(var: Path, fresh: bool, kafka_bootstrap: str) -> Iterator[Suite]:
    if not fresh:
        yield open_suite(var)
        return
    from services.cli.children import Children
    from services.cli.up import start_all

    with tempfile.TemporaryDirectory(prefix="nol-demo-") as folder:
        (Path(folder) / "logs").mkdir()
        suite = make_suite(Path(folder), kafka_bootstrap=kafka_bootstrap, usual_ports=False)
        children = Children(threading.Event())
        try:
            start_all(suite, children)
            yield suite
        finally:
            children.stop()
