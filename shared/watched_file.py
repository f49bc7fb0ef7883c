"""A small text file that may be replaced while the process runs."""

from pathlib import Path


class WatchedFile:
    """The text of a file, read again whenever the file has changed; reading is cheap while it has not.

    Serves what is renewed from outside: an access token, the moved clock of a demonstration.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._text = ""

    def text(self) -> str:
        """The present text without surrounding white space. Raises ``OSError`` when there is no file."""
        stat = self._path.stat()
        seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if seen != self._seen:
            self._text = self._path.read_text("utf-8").strip()
            self._seen = seen
        return self._text
