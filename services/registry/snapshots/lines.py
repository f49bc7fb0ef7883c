"""One line of a list, as a snapshot keeps it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from services.registry.personal import PersonalData


class Line(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """`key` tells lines of one list apart. Indexes are blind and made from regular numbers: an identity number of
    15 digits has been brought to 18, and a G number alone also tells the identity number.

    `state` is the kind's own word: the state of a student file, a category of hardship, in or out. `on`: the day of
    the death or the move. `confirmed`: somebody has made sure of the move.
    """

    key: str
    name: str
    id_number: str | None = None
    id_index: str | None = None
    student_number: str | None = None
    number_index: str | None = None
    sex: str = ""
    birth_date: date | None = None
    guardian_name: str = ""
    guardian_index: str | None = None
    division: str = ""
    school: str = ""
    grade: int = 0
    class_no: int = 0
    household_no: str = ""
    state: str = ""
    on: date | None = None
    confirmed: bool = False


def line_of(key: str, values: Mapping[str, Any], personal: PersonalData, school_division: str) -> Line:
    """A row that was read as good. A row without a division of its own lies where its school lies."""

    def told(name: str) -> Any:
        return values.get(name)

    return Line(
        key=key,
        name=values["name"],
        id_number=told("id_number"),
        id_index=personal.index_or_none("id_number", told("id_number")),
        student_number=told("student_number"),
        number_index=personal.index_or_none("student_number", told("student_number")),
        sex=told("sex") or "",
        birth_date=told("birth_date"),
        guardian_name=told("guardian_name") or "",
        guardian_index=personal.index_or_none("id_number", told("guardian_id_number")),
        division=told("village_code") or school_division,
        school=told("school_code") or "",
        grade=told("grade") or 0,
        class_no=told("class_no") or 0,
        household_no=told("household_no") or "",
        state=told("state") or "",
        on=told("on"),
        confirmed=bool(told("confirmed")),
    )
