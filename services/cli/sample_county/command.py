"""`nol sample-county`."""

from datetime import datetime
from pathlib import Path

import click

from services.cli.sample_county.generate import DEFAULT_TODAY, PLANTED_FILE, generate


@click.command("sample-county", help="生成一个虚构县的 Excel 表格（其中埋有错误），写入 DIRECTORY。")
@click.option("--schools", default=65, show_default=True, help="学校数，至少 4 所")
@click.option("--students", default=20_000, show_default=True, help="学生数")
@click.option("--seed", default=1, show_default=True, help="种子相同，生成的县相同")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=DEFAULT_TODAY.isoformat(),
    show_default=True,
    help="考勤记到哪一天",
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
