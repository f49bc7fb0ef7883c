"""Fields that several requests share, and how their text is read before it becomes a command."""

from typing import Any

from marshmallow import fields, validate

from services.registry.children.ethnicities import parse_ethnicity
from services.registry.guardians.relations import parse_relation
from shared.http.parsed import Parsed, described, person_name, person_name_or_blank
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
    return Parsed(parse_resident_id, **described(options, "A resident ID number.", "349921201409031020"))


def ethnicity(**options: Any) -> Parsed:
    """An ethnic group as its code of GB/T 3304; empty where it is not told."""
    told = described(options, "An ethnic group, by its name or its code of GB/T 3304.", "01")
    return Parsed(lambda text: parse_ethnicity(text) if text.strip() else "", **told)


def student_number(**options: Any) -> Parsed:
    return Parsed(
        parse_student_number, **described(options, "A number of the national system.", "G349921201409031020")
    )


def school_code(**options: Any) -> Parsed:
    return Parsed(parse_school_code, **described(options, "A school code of 10 digits.", "2134000001"))


def division(**options: Any) -> Parsed:
    return Parsed(
        parse_division_code, **described(options, "A division code of 2, 4, 6, 9 or 12 digits.", "349921101")
    )


def relation(**options: Any) -> Parsed:
    return Parsed(parse_relation, **described(options, "A relation's code, or its word in Chinese.", "52"))


def mobile(**options: Any) -> Parsed:
    return Parsed(parse_mobile, **described(options, "A mobile phone number.", "13800005678"))


def credit_code(**options: Any) -> Parsed:
    return Parsed(parse_credit_code, **described(options, "A unified social credit code.", "91349921MA2XXXXX0K"))


def bank_account(**options: Any) -> Parsed:
    return Parsed(parse_bank_account, **described(options, "An account number.", "6217000010001234567"))


def code_of(codes: Any, **options: Any) -> fields.String:
    """One of an enumeration's values."""
    return fields.String(validate=validate.OneOf([code.value for code in codes]), **options)


def evidence(**options: Any) -> fields.List[Any]:
    """References to papers: a number, a photograph's SHA-256, a page of a list."""
    return fields.List(text(200, shortest=1), validate=validate.Length(0, 20), **options)
