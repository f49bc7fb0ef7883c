"""`nol rebuild`: a ledger anew from the log, beside the live one, without stopping anybody."""

import time
from pathlib import Path

import click
from rich.progress import Progress

from services.cli.options import var_option
from services.cli.runtimes import runtime_of
from shared.kernel.ledgers import Ledger
from shared.kernel.rebuild import ParkedEventsChanged, RebuildNeverCaughtUp, Rebuilt
from shared.kernel.rebuild import rebuild as rebuild_ledger
from shared.runtime import Runtime


@click.command(help="由日志重新生成台账并切换，不停服务。LEDGER 写作 服务/台账，如 registry/children。")
@var_option
@click.argument("ledger")
def rebuild(var: Path, ledger: str) -> None:
    """Rebuild LEDGER, given as SERVICE/NAME, such as registry/children, and switch it in."""
    service, _, name = ledger.partition("/")
    runtime = runtime_of(var, service)
    known = {each.name: each for each in runtime.service.ledgers}
    if name not in known:
        raise click.ClickException(f"{service} 没有台账 {name}；有：{'、'.join(sorted(known))}")
    started = time.monotonic()
    try:
        done = _with_progress(runtime, known[name])
    except (RebuildNeverCaughtUp, ParkedEventsChanged) as fault:
        raise click.ClickException(f"没有切换，请再试一次：{type(fault).__name__}") from fault
    seconds = time.monotonic() - started
    click.echo(f"{ledger}：{done.events} 条事件，{done.rows} 行，{seconds:.1f} 秒，已切换。")


def _with_progress(runtime: Runtime, ledger: Ledger) -> Rebuilt:
    with Progress() as bar:
        task = bar.add_task(ledger.name, total=runtime.store.partitions)

        def note(partitions: int, _: int) -> None:
            bar.update(task, completed=partitions)

        return rebuild_ledger(runtime.application, ledger, runtime.sources, note)
