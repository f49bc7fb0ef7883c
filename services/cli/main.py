"""`nol`: the suite's command line. Each command is loaded only when it is called."""

import importlib
import sys
from typing import Any

import click

from services.cli.chinese import speak_chinese
from services.cli.suite import NoSuite

COMMANDS = {
    "up": "services.cli.up:up",
    "token": "services.cli.token:token",
    "sample-county": "services.cli.sample_county.command:sample_county",
    "import": "services.cli.importing:import_",
    "calendar": "services.cli.calendar:calendar",
    "status": "services.cli.status:status",
    "parked": "services.cli.parked:parked",
    "rebuild": "services.cli.rebuild:rebuild",
    "verify": "services.cli.verify:verify",
    "demo": "services.cli.demo.command:demo",
    "bench": "services.cli.bench.command:bench",
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is wanted. It speaks Chinese."""

    def main(self, *args: Any, **more: Any) -> Any:
        speak_chinese()
        return super().main(*args, **more)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  the library asks with it
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  as above
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.group(cls=LazyGroup)
@click.version_option(package_name="not-one-less")
def nol() -> None:
    """一个都不能少：控辍保学套件的命令行。"""


def main() -> None:
    """The console script."""
    try:
        nol()
    except NoSuite as missing:
        click.echo(f"{missing} 中还没有套件，请先运行 nol up。", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
