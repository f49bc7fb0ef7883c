"""`nol sample-county`."""

from datetime import datetime
from pathlib import Path

import click

from services.cli.sample_county.generate import DEFAULT_TODAY, PLANTED_FILE, generate


@click.command("sample-county")
@click.option("--schools", default=65, show_default=True, help="Number of schools, at least 4.")
@click.option("--students", default=20_000, show_default=True, help="Number of students.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same county.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=DEFAULT_TODAY.isoformat(),
    show_default=True,
    help="The day up to which attendance is kept.",
)
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
def sample_county(schools: int, students: int, seed: int, today: datetime, directory: Path) -> None:
    """Write an invented county's Excel files to DIRECTORY, mistakes included."""
    try:
        planted = generate(directory, schools, students, seed, today.date())
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    files = sum(1 for _ in directory.rglob("*.xlsx"))
    click.echo(f"{directory}: {files} 个文件，{planted.schools} 所学校，{planted.students} 名学生")
    click.echo(f"埋设错误 {len(planted.faults)} 处，疑似辍学 {len(planted.suspected)} 人，见 {PLANTED_FILE}")
