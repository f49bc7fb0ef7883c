"""Options that several commands share."""

from pathlib import Path

import click

var_option = click.option(
    "--var",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var"),
    show_default=True,
    envvar="NOL_VAR",
    help="本机套件的数据文件夹",
)
