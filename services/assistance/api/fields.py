"""Fields of the facts that this service takes."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from shared.calendar.terms import parse_term_id
from shared.http.patterns import DIVISION, Pattern
from shared.money import MAX_FEN

_ID = Pattern("^[a-z0-9-]{1,40}$", error="编号只能用小写字母、数字和连字符。")


def text(longest: int, *, needed: bool = True, **options: Any) -> fields.String:
    """A sentence or name, not empty."""
    return fields.String(required=needed, validate=validate.Length(min=1, max=longest), **options)


def identifier(**options: Any) -> fields.String:
    """An id of this service."""
    return fields.String(validate=_ID, **options)


def division() -> fields.String:
    return fields.String(
        load_default="",
        validate=DIVISION,
        metadata={"description": "A division code; without one, the caller's own."},
    )


def fen() -> fields.Integer:
    told = {"description": "In fen: 312.50 yuan is 31250."}
    return fields.Integer(required=True, validate=validate.Range(min=1, max=MAX_FEN // 1000), metadata=told)


def term() -> fields.String:
    return fields.String(
        required=True, validate=_is_term, metadata={"description": "A term: `2026-autumn`, `2027-spring`."}
    )


def _is_term(value: str) -> None:
    try:
        year, _ = parse_term_id(value)
    except ValueError as fault:
        raise ValidationError("学期应写成 2026-autumn 或 2027-spring 的样子。") from fault
    if not 2000 <= year <= 2100:
        raise ValidationError("学期的年份不合理。")
