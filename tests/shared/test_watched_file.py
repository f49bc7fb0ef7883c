import os
from pathlib import Path

import pytest

from shared.watched_file import WatchedFile


def test_a_replaced_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("first\n")
    watched = WatchedFile(path)
    assert watched.text() == "first"
    (tmp_path / "new").write_text("other\n")
    os.replace(tmp_path / "new", path)
    assert watched.text() == "other"


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "token"
    path.write_text("first")
    watched = WatchedFile(path)
    watched.text()
    monkeypatch.setattr(Path, "read_text", lambda *_: pytest.fail("read again"))
    assert watched.text() == "first"


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        WatchedFile(tmp_path / "nowhere").text()
