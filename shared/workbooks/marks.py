"""What a packed sheet says beside its values: how far it reaches, what shows an error, which rows are hidden."""

import re
import xml.parsers.expat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from shared.workbooks.cells import NOT_CALCULATED
from shared.workbooks.refusals import DamagedWorkbook, NotCalculated

MOST_UNREADABLE = 200_000
"""More cells without a value than this are no slips: the workbook was never calculated."""


@dataclass(slots=True)
class Marks:
    """Rows and columns count from 0. `unreadable`: by row and column what the cell shows instead of a value.

    `hidden`: rows that hold something and are not shown, because somebody hid them or, if `filtered`, a filter did.
    The extent is that of the cells that hold something: formats alone are no content.
    """

    top: int | None = None
    bottom: int = -1
    right: int = -1
    unreadable: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    filtered: bool = False

    @property
    def cells(self) -> int:
        """How many cells the rectangle around all content has, from the first column on."""
        return 0 if self.top is None else (self.bottom - self.top + 1) * (self.right + 1)

    def hold(self, row: int, column: int) -> None:
        """Content stands here."""
        self.top = row if self.top is None else min(self.top, row)
        self.bottom, self.right = max(self.bottom, row), max(self.right, column)


_EMPTY = rb'<c r="[A-Z]{1,3}+\2"[^>]*+/>'
_VALUE = rb"<v>[^<]++</v>|<f>[^<]*+</f><v>[^<]++</v>|<is><t[^>]*+>[^<]++</t></is>"
_FULL = rb'<c r="[A-C]?[A-Z]\2"(?: s="\d++")?+(?: t="[bnsi]\w*+")?+>(?:' + _VALUE + rb")</c>"
_PLAIN_ROW = re.compile(
    rb'<row( r="(\d{1,7}+)"[^>]*+)>(?:' + _EMPTY + rb")*+(?:" + _FULL + rb"(?:" + _EMPTY + rb")*+)++</row>"
)
_PLAIN, _SHORTENED = "plain", rb'<row plain="1"\1/>'
_LAST_PLAIN_COLUMN = 3 * 26 + 25
_ROW_END = b"</row>"
_POSITION = re.compile(r"([A-Za-z]{1,7})?0*(\d{1,10})?", re.ASCII)


def plain_rows_shortened(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The sheet with each row of nothing but plain values in A to CZ replaced by an empty row that says so.

    That is most of most sheets, and spares the XML reader all of their cells. What it then tells of the extent is at
    least what it is: a row of plain values never reaches beyond CZ, and its cells name no other row.
    """
    rest = b""
    for piece in pieces:
        whole, end, rest = (rest + piece).rpartition(_ROW_END)
        if end:
            yield _PLAIN_ROW.sub(_SHORTENED, whole + end)
        else:
            yield rest
            rest = b""
    yield rest


def read_marks(pieces: Iterable[bytes]) -> Marks:
    """Walk through the XML of a sheet. Raises `DamagedWorkbook` or `NotCalculated`."""
    walk = _Walk()
    parser = xml_parser()
    parser.StartElementHandler, parser.EndElementHandler = walk.start, walk.end
    walk.parser = parser
    parse(parser, pieces)
    return walk.marks


def xml_parser() -> xml.parsers.expat.XMLParserType:
    """A reader that takes every part as UTF-8, as the reader of values does, and declares no entities."""
    parser = xml.parsers.expat.ParserCreate("UTF-8")
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def _no_doctype(*_: object) -> None:
    raise DamagedWorkbook


def parse(parser: xml.parsers.expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    """Raises `DamagedWorkbook` for what is not well-formed."""
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except xml.parsers.expat.ExpatError as error:
        raise DamagedWorkbook from error


def local(name: str) -> str:
    """The name of an element without the prefix of its namespace."""
    return name.rpartition(":")[2]


class _Walk:
    """Where the XML reader stands. Cells without a position of their own follow the one before."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.parser: xml.parsers.expat.XMLParserType
        self._row, self._column = 0, 0
        self._row_hidden = False
        self._kind = ""
        self._seen: set[str] = set()
        self._text: list[str] = []
        self._count = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match local(name) if ":" in name else name:
            case "c":
                self._begin_cell(attributes)
            case "row":
                self._begin_row(attributes)
            case "v" | "is" | "f" as part:
                self._seen.add(part)
                self._text.clear()
                self.parser.CharacterDataHandler = self._text.append
            case "filterColumn":
                self.marks.filtered = True

    def end(self, name: str) -> None:
        match local(name) if ":" in name else name:
            case "c":
                self._end_cell()
            case "v" | "is" | "f":
                self.parser.CharacterDataHandler = None
            case "row":
                self._row, self._column = self._row + 1, 0

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        if "r" in attributes:
            self._row = _placed(attributes["r"], self._row, 0)[0]
        self._column = 0
        self._row_hidden = attributes.get("hidden") in ("1", "true")
        if _PLAIN in attributes:
            self._hold(_LAST_PLAIN_COLUMN)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        if "r" in attributes:
            self._row, self._column = _placed(attributes["r"], self._row, self._column)
        self._kind = attributes.get("t", "")
        self._seen.clear()

    def _end_cell(self) -> None:
        shown = "".join(self._text) if self._kind == "e" else ""
        if self._kind != "e" and "f" in self._seen and not self._has_result():
            shown = NOT_CALCULATED
        if shown:
            self._note_unreadable(shown)
        if shown or self._seen & {"v", "is"}:
            self._hold(self._column)
        self._text.clear()
        self._column += 1

    def _has_result(self) -> bool:
        """A formula whose result is the empty text has a result; one with an empty number has none."""
        return "v" in self._seen and (self._kind == "str" or bool("".join(self._text)))

    def _note_unreadable(self, shown: str) -> None:
        self._count += 1
        if self._count > MOST_UNREADABLE:
            raise NotCalculated
        self.marks.unreadable.setdefault(self._row, {})[self._column] = shown

    def _hold(self, column: int) -> None:
        self.marks.hold(self._row, column)
        hidden = self.marks.hidden
        if self._row_hidden and (not hidden or hidden[-1] != self._row):
            hidden.append(self._row)


def _placed(written: str, row: int, column: int) -> tuple[int, int]:
    """The row and column of a reference such as `AZ12`. Raises `DamagedWorkbook` for anything else."""
    found = _POSITION.fullmatch(written)
    if found is None:
        raise DamagedWorkbook
    letters, digits = found.groups()
    if letters:
        column = -1
        for letter in letters.upper():
            column = (column + 1) * 26 + ord(letter) - ord("A")
    return int(digits) - 1 if digits else row, column
