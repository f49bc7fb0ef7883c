"""One sample of every event version ever published, as it was published: `<type>.json`. None is ever changed."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def samples() -> dict[str, dict[str, Any]]:
    """The `data` of each pinned event, by its type."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
