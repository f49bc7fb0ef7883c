"""What `nol import` prints and keeps of the answer of a job."""

from pathlib import Path
from typing import Any

import pytest

from services.cli.client import JobState
from services.cli.importing import import_files, import_of


class Answers:
    """An API that has done the job already."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.state = state

    def upload(self, path: str, file: Path, **query: str) -> dict[str, str]:
        return {"id": "j1"}

    def wait_for_job(self, id_: str) -> JobState:
        return self.state  # type: ignore[return-value]  # as much of it as is looked at

    def download(self, path: str) -> bytes:
        return b"workbook"


def test_what_was_not_read_is_printed_and_the_workbook_is_kept_under_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(b"x")
    left = {"zh": "工作表“封面”没有读取：没有找到表头，缺少的列：姓名", "lost": True}
    counts = {"changed": 2, "warned": 1}
    state = {"state": "done", "counts": counts, "result": {"unread": [left]}, "result_name": "../花名册-核对.xlsx"}
    import_files(Answers(state), import_of("rosters"), [file], tmp_path / "退回")  # type: ignore[arg-type]  # a fake
    printed = capsys.readouterr().err.replace("\n", "")
    assert "已导入 2 行，已导入但需核对 1 行" in printed
    assert left["zh"] in printed
    assert (tmp_path / "退回" / "花名册-核对.xlsx").read_bytes() == b"workbook"
