"""The sample county, loaded once: cut off anywhere, taken up again with the very files that were begun with."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.cli import sample
from services.cli.suite import make_suite
from shared.kernel.clock import SharedClock


def test_a_loading_that_was_cut_off_is_taken_up_with_the_same_files_on_another_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = make_suite(tmp_path / "var", usual_ports=False)
    half_written = suite.var / "sample" / "考勤" / "旧.xlsx"
    half_written.parent.mkdir(parents=True)
    half_written.touch()
    loaded: list[bytes] = []

    def generate(folder: Path, *arguments: Any) -> None:
        folder.mkdir()
        (folder / sample.PLANTED_FILE).write_text(str(arguments))

    def load(api: object, folder: Path, refused: Path) -> None:
        loaded.append((folder / sample.PLANTED_FILE).read_bytes())
        assert not half_written.exists()
        if len(loaded) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(sample, "generate", generate)
    monkeypatch.setattr(sample, "load_county", load)

    with pytest.raises(KeyboardInterrupt):
        sample.load_sample_once(suite)
    SharedClock(suite.clock).advance(timedelta(days=1))
    sample.load_sample_once(suite)
    sample.load_sample_once(suite)

    assert len(loaded) == 2, "what is loaded is not loaded again"
    assert loaded[0] == loaded[1]
