"""`nol import`: a county's Excel files, through the same API that other systems use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import httpx
from rich.console import Console
from rich.progress import Progress

from services.cli.client import ApiClient, ApiProblem, JobState
from services.cli.options import division_code, var_option
from services.cli.suite import Suite, open_suite
from services.registry.snapshots.kinds import IMPORT_LABELS, KIND_LABELS, LIST_LABELS
from shared.kernel.caller import Caller, Scope


def _words(labels: Mapping[str, str]) -> str:
    return "，".join(f"{kind} {label}" for kind, label in labels.items())


HELP = f"""导入一类名单的若干个 Excel 文件。

KIND：{_words(IMPORT_LABELS)}。

用来比对的名单（须用 --on 写明是哪天的名单）：{_words(LIST_LABELS)}。

退回的行连同原因和处理办法，另存在 --refused 文件夹中。退出码：0 全部导入，1 有文件整个没有导入，3 有行被退回。
"""
ROWS_REFUSED = 3
"""The exit code when files were imported and rows of them were not: 2 is the library's own for wrong usage."""
COUNT_WORDS = {
    "changed": "已导入",
    "unchanged": "无变化",
    "refused": "退回",
    "passed_over": "略过",
    "warned": "已导入但需核对",
}
CONCLUDED_WORDS = {"presumed": "推定到校 {} 人次", "in_doubt": "未作推定的班级和日期 {} 个"}
"""What an attendance sheet left unsaid, and what was made of it."""
LIST_WORDS = {
    "good": "采用",
    "refused": "退回",
    "passed_over": "略过",
    "warned": "采用但需核对",
    "new": "比上次新增",
    "gone": "比上次减少",
    "changed": "比上次变动",
}
"""What a count of rows is called; a count of nothing is not told."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Where files of a kind go, what the address says of them, and what their counts are called."""

    kind: str
    path: str
    words: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict)


def import_of(kind: str, *, complete: bool = False) -> Upload:
    query = {"complete": "true"} if complete else {}
    return Upload(kind, f"/api/v1/imports/{kind}", COUNT_WORDS, query)


def list_of(kind: str, list_on: date, source: str) -> Upload:
    query = {"list_on": list_on.isoformat(), "source": source}
    return Upload(kind, f"/api/v1/lists/{kind}", LIST_WORDS, query)


@click.command("import", help=HELP)
@var_option
@click.option("--token", default="", envvar="NOL_TOKEN", help="访问凭证（默认用本机套件自己的）")
@click.option("--url", default="", help="学籍服务的地址（默认为本机套件的）")
@click.option(
    "--division", default="349921", show_default=True, callback=division_code, help="默认凭证管辖的行政区划代码"
)
@click.option(
    "--refused",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("refused"),
    show_default=True,
    help="存放退回行的文件夹",
)
@click.option("--on", "list_on", type=click.DateTime(["%Y-%m-%d"]), help="用来比对的名单是哪天的")
@click.option("--source", default="", help="用来比对的名单由谁提供")
@click.option("--complete", is_flag=True, help="缺勤登记表：声明名单完整，所列班级在所列日期未列出的学生均到校")
@click.argument("kind", type=click.Choice([str(kind) for kind in KIND_LABELS]))
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(
    var: Path,
    token: str,
    url: str,
    division: str,
    refused: Path,
    list_on: datetime | None,
    source: str,
    complete: bool,
    kind: str,
    files: Sequence[Path],
) -> None:
    """Import FILES of one KIND. Refused rows come back as workbooks in the folder --refused.

    Exit code 1 when a whole file was refused, else 3 when rows were.
    """
    upload = _upload(kind, list_on, source, complete)
    with httpx.Client() as http:
        api = ApiClient(url or open_suite(var).url("registry"), token or own_token(open_suite(var), division), http)
        results = import_files(api, upload, files, refused)
    if any(state["state"] == "failed" for state in results):
        raise SystemExit(1)
    if rows := sum(state["counts"].get("refused", 0) for state in results):
        click.echo(f"共退回 {rows} 行，没有导入：请按退回表中的原因改正后重新导入。", err=True)
        raise SystemExit(ROWS_REFUSED)


def _upload(kind: str, list_on: datetime | None, source: str, complete: bool) -> Upload:
    """Only a list to be compared has a day and somebody who made it; only of attendance is it claimed that it is
    complete. Raises click.UsageError."""
    if complete and kind != "attendance":
        raise click.UsageError("--complete 只用于缺勤登记表（attendance）。")
    if kind not in LIST_LABELS:
        if list_on or source:
            raise click.UsageError("--on 和 --source 只用于用来比对的名单。")
        return import_of(kind, complete=complete)
    if list_on is None:
        raise click.UsageError("这是用来比对的名单，请用 --on 写明是哪天的名单，如 --on 2026-09-01。")
    return list_of(kind, list_on.date(), source)


def own_token(suite: Suite, division: str) -> str:
    caller = Caller("import", "county_admin", Scope(division), "导入")
    return suite.sign(caller, timedelta(hours=2))


def import_files(api: ApiClient, upload: Upload, files: Sequence[Path], refused: Path) -> list[JobState]:
    """Upload files one after the other and wait for each; what came of each."""
    results: list[JobState] = []
    console = Console(stderr=True)
    with Progress(console=console, transient=True) as bar:
        whole = bar.add_task(upload.kind, total=len(files))
        for file in files:
            results.append(_import_file(api, upload, file, refused, console))
            bar.advance(whole)
    return results


def said(counts: Mapping[str, int], words: Mapping[str, str] = COUNT_WORDS) -> str:
    """The counts of a job in Chinese, in the order in which a clerk asks."""
    told = [f"{word} {counts[name]} 行" for name, word in words.items() if counts.get(name)]
    told += [sentence.format(counts[name]) for name, sentence in CONCLUDED_WORDS.items() if counts.get(name)]
    return "，".join(told) or "没有新内容"


def _import_file(api: ApiClient, upload: Upload, file: Path, refused: Path, console: Console) -> JobState:
    try:
        job = api.upload(upload.path, file, **upload.query)  # under a key of its own: what is sent again is read again
        state = api.wait_for_job(job["id"])
    except ApiProblem as problem:
        _say(console, f"{file.name}：{problem.detail}", "red")
        return {"state": "failed", "counts": {}}
    _tell(console, file, upload, state)
    if state.get("result_name"):
        refused.mkdir(parents=True, exist_ok=True)
        target = refused / Path(state["result_name"]).name
        target.write_bytes(api.download(f"/api/v1/jobs/{job['id']}/result"))
        _say(console, f"  退回和需要核对的内容见 {target}")
    return state


def _tell(console: Console, file: Path, upload: Upload, state: JobState) -> None:
    """What came of a file, and what of it was not read."""
    if state["state"] == "failed":
        _say(console, f"{file.name}：没有导入。{state['error'].get('zh', '')}", "red")
        return
    _say(console, f"{file.name}：{said(state['counts'], upload.words)}")
    if kept := state.get("result", {}).get("kept"):
        _say(console, f"  {_kept_in_words(kept)}")
    for line in state.get("result", {}).get("unread", ()):
        _say(console, f"  {line['zh']}", "" if line["lost"] else "dim")


def _kept_in_words(kept: Mapping[str, Any]) -> str:
    if kept["repeated"]:
        return f"与已存的当日名单相同，没有变化；用于比对的仍是这份名单，共 {kept['lines']} 行"
    instead = "，替换当日原有名单" if kept["replaces"] else ""
    return f"已存为用于比对的名单，共 {kept['lines']} 行{instead}"


def _say(console: Console, text: str, style: str = "") -> None:
    """One line as it is: a file may be called `[终].xlsx`, and a path that is cut in two cannot be copied."""
    console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)
