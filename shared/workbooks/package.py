"""The parts of a packed workbook, and which of them is which sheet."""

import posixpath
from collections.abc import Sequence
from zipfile import ZipFile

from shared.workbooks.marks import local, parse, xml_parser
from shared.workbooks.refusals import DamagedWorkbook, NotAnExcelFile

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_OTHER_FORMATS = frozenset({"xl/workbook.bin", "content.xml"})
"""What the reader would take for a workbook of another kind, of which nothing is checked."""


def check_names(names: Sequence[str]) -> None:
    """Raise `NotAnExcelFile` for another package, `DamagedWorkbook` for one of which two parts have one name."""
    lowered = {name.lower() for name in names}
    if WORKBOOK not in lowered or lowered & _OTHER_FORMATS:
        raise NotAnExcelFile
    if len(lowered) < len(names):
        raise DamagedWorkbook


def sheet_parts(package: ZipFile) -> list[tuple[str, str]]:
    """The name of each sheet and its part, in small letters, in the order of the workbook."""
    targets = {each["Id"]: _resolved(each["Target"]) for each in _elements(package, RELATIONS, "Relationship")}
    sheets: list[tuple[str, str]] = []
    for sheet in _elements(package, WORKBOOK, "sheet"):
        relation = next((value for name, value in sheet.items() if local(name) == "id"), "")
        sheets.append((sheet.get("name", ""), targets.get(relation, "")))
    return sheets


def _resolved(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower()


def _elements(package: ZipFile, part: str, name: str) -> list[dict[str, str]]:
    """The attributes of all elements of this name."""
    found: list[dict[str, str]] = []
    stored = next((each for each in package.namelist() if each.lower() == part), None)
    if stored is None:
        raise DamagedWorkbook

    def start(element: str, attributes: dict[str, str]) -> None:
        if local(element) == name:
            found.append(attributes)

    parser = xml_parser()
    parser.StartElementHandler = start
    parse(parser, [package.read(stored)])
    return found
