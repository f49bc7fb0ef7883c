"""Identifiers of people, schools, places and accounts, read as people write them.

Every ``parse_…`` takes text, gives the one regular spelling or raises ``shared.faults.InvalidValue``.
"""

from shared.identifiers.bank_account import BankAccount, mask_bank_account, parse_bank_account
from shared.identifiers.division import DivisionCode, DivisionLevel, parse_division_code
from shared.identifiers.person_name import name_key, parse_person_name, same_name
from shared.identifiers.phone import MobileNumber, mask_mobile, parse_mobile
from shared.identifiers.resident_id import ResidentId, Sex, mask_resident_id, parse_resident_id
from shared.identifiers.school_code import SchoolCode, parse_school_code
from shared.identifiers.student_number import StudentNumber, StudentNumberKind, parse_student_number
from shared.identifiers.text import as_written, clean, compact, half_width
from shared.identifiers.uscc import CreditCode, parse_credit_code

__all__ = [
    "BankAccount",
    "CreditCode",
    "DivisionCode",
    "DivisionLevel",
    "MobileNumber",
    "ResidentId",
    "SchoolCode",
    "Sex",
    "StudentNumber",
    "StudentNumberKind",
    "as_written",
    "clean",
    "compact",
    "half_width",
    "mask_bank_account",
    "mask_mobile",
    "mask_resident_id",
    "name_key",
    "parse_bank_account",
    "parse_credit_code",
    "parse_division_code",
    "parse_mobile",
    "parse_person_name",
    "parse_resident_id",
    "parse_school_code",
    "parse_student_number",
    "same_name",
]
