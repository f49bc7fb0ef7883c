"""Text as people type it into sheets, made regular."""

import re
import unicodedata

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}
_regular = re.compile("[!-~\u4e00-\u9fff]*").fullmatch
_WHITE_SPACE = re.compile(r"\s+")


def half_width(text: str) -> str:
    """Full-width letters, digits, marks and spaces as their ASCII counterparts; nothing else changes.

    Unicode's NFKC is not used: it also replaces rare characters that occur in names.
    """
    return text.translate(_HALF_WIDTH)


def clean(text: str) -> str:
    """Half-width, without invisible characters, spaces trimmed and runs of them made one."""
    if _regular(text):  # most cells of a sheet
        return text
    visible = "".join(char for char in half_width(text) if char.isspace() or not _is_invisible(char))
    return _WHITE_SPACE.sub(" ", visible).strip()


def as_written(text: str) -> str:
    """A sentence with its own marks, full-width ones too, without what nobody sees before and after it."""
    seen = [place for place, char in enumerate(text) if not (char.isspace() or _is_invisible(char))]
    return text[seen[0] : seen[-1] + 1] if seen else ""


def compact(text: str) -> str:
    """As ``clean``, without any space: for codes and numbers."""
    return clean(text).replace(" ", "")


def _is_invisible(char: str) -> bool:
    """Control and format characters: zero-width spaces, byte-order marks, direction marks."""
    return unicodedata.category(char) in ("Cc", "Cf")
