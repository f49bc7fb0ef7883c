"""Fields that several requests share, and how their text is read before it becomes a command."""

from typing import Any

from marshmallow import fields, validate

from services.registry.guardians.relations import parse_relation
from shared.http.parsed import Parsed, person_name, person_name_or_blank
from shared.identifiers import (
    parse_bank_account,
    parse_credit_code,
    parse_division_code,
    parse_mobile,
    parse_resident_id,
    parse_school_code,
    parse_student_number,
)
from shared.identifiers.text import as_written, clean

__all__ = ["person_name", "person_name_or_blank"]


def text(longest: int, *, shortest: int = 0, **options: Any) -> Parsed:
    """A code, number or title in its one regular spelling."""
    return Parsed(clean, validate=validate.Length(shortest, longest), **options)


def sentence(longest: int, *, shortest: int = 0, **options: Any) -> Parsed:
    """Reasons, remarks, plans: words that people wrote and that are shown as they wrote them."""
    return Parsed(as_written, validate=validate.Length(shortest, longest), **options)


def resident_id(**options: Any) -> Parsed:
    return Parsed(parse_resident_id, **options)


def student_number(**options: Any) -> Parsed:
    return Parsed(parse_student_number, **options)


def school_code(**options: Any) -> Parsed:
    return Parsed(parse_school_code, **options)


def division(**options: Any) -> Parsed:
    return Parsed(parse_division_code, **options)


def relation(**options: Any) -> Parsed:
    return Parsed(parse_relation, **options)


def mobile(**options: Any) -> Parsed:
    return Parsed(parse_mobile, **options)


def credit_code(**options: Any) -> Parsed:
    return Parsed(parse_credit_code, **options)


def bank_account(**options: Any) -> Parsed:
    return Parsed(parse_bank_account, **options)


def code_of(codes: Any, **options: Any) -> fields.String:
    """One of an enumeration's values."""
    return fields.String(validate=validate.OneOf([code.value for code in codes]), **options)


def evidence(**options: Any) -> fields.List[Any]:
    """References to papers: a number, a photograph's SHA-256, a page of a list."""
    return fields.List(text(200, shortest=1), validate=validate.Length(0, 20), **options)
