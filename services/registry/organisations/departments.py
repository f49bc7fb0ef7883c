"""The departments and their duties, read from `departments.toml`. Rules 10-02, 11-03, 11-15 and 11-31."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

SHIPPED = Path(__file__).with_name("departments.toml")
LEAD, JOINT = "LEAD", "JOINT"


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """`rule` is the number of the plans' rule; `role` what the duty makes of who has it in other systems."""

    rule: str
    text: str
    lead: str
    joint: tuple[str, ...] = ()
    role: str = ""


class Office(msgspec.Struct, frozen=True, kw_only=True):
    department: str


class Bureau(msgspec.Struct, frozen=True, kw_only=True):
    """`alias`: a department's other names; `members`: whom each rule calls into the leading group."""

    department: Mapping[str, str]
    alias: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    office: Office
    duty: tuple[Duty, ...]

    def shares_of(self, department: str) -> Iterator[tuple[Duty, str]]:
        """The duties of a department, each with its share in it."""
        for duty in self.duty:
            if duty.lead == department:
                yield duty, LEAD
            elif department in duty.joint:
                yield duty, JOINT


@cache
def bureau() -> Bureau:
    """Raises msgspec.ValidationError for a table with a gap, ValueError when it speaks of an unknown department."""
    read = msgspec.toml.decode(SHIPPED.read_bytes(), type=Bureau)
    on_duty = {each for duty in read.duty for each in (duty.lead, *duty.joint)}
    called = {each for members in read.members.values() for each in members}
    if unknown := {read.office.department, *on_duty, *called, *read.alias.values()} - read.department.keys():
        raise ValueError(f"no such department: {sorted(unknown)}")
    return read


def responsibility_matrix() -> Sequence[Mapping[str, Any]]:
    """The departments in the plan's order, each with its duties and its share in them."""
    found = bureau()
    return [
        {
            "code": code,
            "label": label,
            "aliases": [word for word, meant in found.alias.items() if meant == code],
            "called_by": [rule for rule, members in found.members.items() if code in members],
            "is_office": code == found.office.department,
            "duties": [
                {"rule": duty.rule, "text": duty.text, "share": share, "role": duty.role}
                for duty, share in found.shares_of(code)
            ],
        }
        for code, label in found.department.items()
    ]
