"""`nol token`: a bearer token of the embedded suite."""

from datetime import timedelta
from pathlib import Path

import click

from services.cli.options import var_option
from services.cli.suite import open_suite
from services.roles import ROLES
from shared.auth.roles import ScopedBy
from shared.kernel.caller import Caller, Scope


@click.command()
@var_option
@click.option("--role", type=click.Choice(sorted(ROLES)), default="county_admin", show_default=True)
@click.option("--division", default="", help="division code, 2 to 12 digits")
@click.option("--school", default="", help="school code")
@click.option("--subject", default="", help="who it is (default: the role)")
@click.option("--name", default="", help="name for screens")
@click.option("--hours", default=12, show_default=True, type=click.IntRange(1, 24 * 365))
def token(var: Path, role: str, division: str, school: str, subject: str, name: str, hours: int) -> None:
    """Print a token. Only the embedded suite signs its own; production has an identity provider."""
    needed = ROLES[role]
    if needed is ScopedBy.SCHOOL and not school:
        raise click.UsageError(f"{role} 需要 --school（学校标识码）")
    if needed is ScopedBy.DIVISION and not division:
        raise click.UsageError(f"{role} 需要 --division（行政区划代码），例如 349921")
    caller = Caller(subject or role, role, Scope(division, school), name)
    click.echo(open_suite(var).sign(caller, timedelta(hours=hours)))
