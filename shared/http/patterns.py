"""Patterns of text: one spelling that requests are held to and that their description (ECMA-262) shows."""

import re
from typing import Final

from marshmallow import ValidationError, validate

_READ_OTHERWISE: Final = re.compile(
    r"\\(?![tnrvfux])[0-9A-Za-z]"  # \d, \w, \s are other characters there than here; \A and \Z are not there
    r"|\(\?(?![:=!])"  # named groups, flags and the like are spelt otherwise
    r"|(?<!\\)\."  # there, a dot is no line separator either
    r"|\$(?=.)"  # an end in the middle
    r"|\{,|[+*?}]\+|\[\^?\]"  # here only: {,3}, possessive quantifiers; an empty class is none here
)


class Pattern(validate.Regexp):
    """Text in which the expression is found; `^` and `$` are the text's own beginning and end, as in JSON Schema.

    Raises ValueError for an expression that Python and ECMA-262 read differently: write `[0-9]`, not `\\d`.
    """

    def __init__(self, expression: str, error: str | None = None) -> None:
        if found := _READ_OTHERWISE.search(expression):
            raise ValueError(f"{found[0]!r} in {expression!r} means something else in ECMA-262")
        super().__init__(expression, error=error)
        # Python's own $ also stands before a last line break
        self._here = re.compile(re.sub(r"\$$", r"\\Z", expression))

    @property
    def expression(self) -> str:
        """As ECMA-262 has it."""
        return str(self.regex.pattern)

    def fits(self, text: str) -> bool:
        return self._here.search(text) is not None

    def __call__(self, value: str) -> str:  # type: ignore[override]  # the library also takes bytes
        if not self.fits(value):
            raise ValidationError(self._format_error(value))
        return value


DIVISION: Final = Pattern("^[0-9]{2,12}$", error="区划代码应为2至12位数字。")
SHA_256: Final = Pattern("^[0-9a-f]{64}$", error="应为照片的 SHA-256 指纹（64位）。")
NOT_BLANK: Final = Pattern(
    r"[^\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]", error="不能为空白。"
)
