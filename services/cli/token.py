"""`nol token`: a bearer token of the embedded suite."""

from datetime import timedelta
from pathlib import Path

import click

from services.cli.options import division_code, school_code, var_option
from services.cli.suite import open_suite
from services.roles import ROLES
from shared.auth.roles import ScopedBy
from shared.kernel.caller import Caller, Scope


@click.command(help="签发本机套件的访问凭证；正式环境由身份认证系统签发。")
@var_option
@click.option("--role", type=click.Choice(sorted(ROLES)), default="county_admin", show_default=True, help="角色")
@click.option("--division", default="", callback=division_code, help="行政区划代码，2 至 12 位")
@click.option("--school", default="", callback=school_code, help="学校标识码")
@click.option("--subject", default="", help="账号（默认与角色同名）")
@click.option("--name", default="", help="显示的姓名")
@click.option("--hours", default=12, show_default=True, type=click.IntRange(1, 24 * 365), help="有效小时数")
def token(var: Path, role: str, division: str, school: str, subject: str, name: str, hours: int) -> None:
    """Print a token. Only the embedded suite signs its own; production has an identity provider."""
    needed = ROLES[role]
    if needed is ScopedBy.SCHOOL and not school:
        raise click.UsageError(f"{role} 需要 --school（学校标识码）")
    if needed is ScopedBy.DIVISION and not division:
        raise click.UsageError(f"{role} 需要 --division（行政区划代码），例如 349921")
    caller = Caller(subject or role, role, Scope(division, school), name)
    click.echo(open_suite(var).sign(caller, timedelta(hours=hours)))
