"""Ledger rows as people see them: labels for codes, stars for personal data, yuan in spreadsheets."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import structlog

from shared.calendar import local_datetime
from shared.kernel.ledgers import Column, Row
from shared.privacy import CannotOpen, Cipher, is_sealed
from shared.privacy.masking import (
    mask_address,
    mask_bank_account,
    mask_mobile,
    mask_resident_id,
    mask_student_number,
)
from shared.privacy.place import place_of
from shared.workbooks.cells import Cell

SEALED = "sealed"
UNREADABLE = "（无法解密）"
_FEN_A_YUAN = 100
_ISO_DAY = 10
_MASKS: Mapping[str, Callable[[str], str]] = {
    "resident-id": mask_resident_id,
    "mobile": mask_mobile,
    "account": mask_bank_account,
    "student-number": mask_student_number,
    "address": mask_address,
    "whole": lambda text: "*" * len(text),
}

log = structlog.get_logger()


def value_of(row: Row, column: Column) -> Any:
    """What the row, or the row joined to it, holds in this column; None when there is nothing."""
    holder, name = _holder(row, column.field)
    value = holder.get(name)
    return [each for each in value if each in column.only] if column.only and isinstance(value, list) else value


def opened(row: Row, column: Column, cipher: Cipher) -> str | None:
    """The plain text of a sealed column. Raises CannotOpen."""
    holder, name = _holder(row, column.field)
    value = holder.get(name)
    if not is_sealed(value):
        return None
    key = str(holder["_id"]).partition(":")[0]
    return cipher.open(value, place_of(key, column.sealed_as or name))


def json_cell(row: Row, column: Column, cipher: Cipher) -> Any:
    """The stored value, for programs: codes as codes, money in fen, dates as ISO text; sealed ones masked."""
    return _masked(row, column, cipher) if column.kind == SEALED else value_of(row, column)


def sheet_cell(row: Row, column: Column, cipher: Cipher) -> Cell | None:
    """The value as a clerk reads it."""
    value = json_cell(row, column, cipher)
    match value:
        case None:
            return None
        case list():
            return "、".join(_shown(column, each) for each in value)
        case bool() | dict():
            return _shown(column, value)
        case int() if column.kind == "money":
            return value / _FEN_A_YUAN
        case int():
            return value
        case _:
            return _moment(value) if column.kind == "date" else _shown(column, value)


def _masked(row: Row, column: Column, cipher: Cipher) -> str | None:
    try:
        text = opened(row, column, cipher)
    except CannotOpen as error:  # one value that cannot be read must not hide the ledger
        log.error("sealed value cannot be opened", field=column.field, row=row["_id"], error=error.code)
        return UNREADABLE
    return None if text is None else _MASKS[column.mask](text)


def _holder(row: Row, field: str) -> tuple[Row, str]:
    join, _, name = field.rpartition(".")
    return (row.get(join) or {}, name) if join else (row, name)


def _shown(column: Column, value: Any) -> str:
    if isinstance(value, bool):
        return column.labels.get(str(value).lower(), "是" if value else "否")
    if isinstance(value, dict):
        return " ".join(str(each) for each in value.values() if each not in (None, ""))
    return column.labels.get(str(value), str(value))


def _moment(text: str) -> Cell:
    try:
        return date.fromisoformat(text) if len(text) == _ISO_DAY else local_datetime(datetime.fromisoformat(text))
    except ValueError:
        return text
