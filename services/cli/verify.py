"""`nol verify`: has anything in the log been changed, and do the ledgers say what the log says?"""

from pathlib import Path

import click

from services.cli.options import var_option
from services.cli.runtimes import runtimes
from shared.kernel.verify import Finding, verify_ledger, verify_log
from shared.runtime import Runtime

KINDS = {
    "changed": "记录被改动",
    "missing": "记录缺失",
    "version": "版本不连续",
    "head": "链头不符",
    "ledger": "台账与日志不符",
}


@click.command(help="核验日志的哈希链，并重放核对每本台账。发现问题时退出码为 1。")
@var_option
@click.option("--log-only", is_flag=True, help="只核验哈希链，不重放台账")
def verify(var: Path, log_only: bool) -> None:
    """Walk every hash chain and replay every ledger. Exit code 1 when anything is found."""
    found = 0
    for runtime in runtimes(var):
        found += _report(f"{runtime.service.name} 日志", list(verify_log(runtime.store)))
        if not log_only:
            found += sum(_ledgers(runtime))
    if found:
        raise SystemExit(1)
    click.echo("核验通过：日志完整，台账与日志一致。")


def _ledgers(runtime: Runtime) -> list[int]:
    return [
        _report(f"{runtime.service.name}/{ledger.name}", list(verify_ledger(runtime.store, ledger, runtime.sources)))
        for ledger in runtime.service.ledgers
    ]


def _report(what: str, findings: list[Finding]) -> int:
    click.echo(f"{what}：{'一致' if not findings else f'{len(findings)} 处问题'}")
    for finding in findings[:20]:
        click.echo(f"  {KINDS[finding.kind]}  {finding.where}  {finding.detail}")
    return len(findings)
