"""From a checked request body to a command: ids drawn, personal data sealed."""

from datetime import date
from typing import Any

from services.registry.children.files import EnrolChild, RegisterChild
from services.registry.children.ids import ChildId
from services.registry.children.statuses import StudentNumberKind
from services.registry.households.decisions import SetGuardianAccount
from services.registry.personal import PersonalData
from shared.http.current import current_runtime
from shared.identifiers.resident_id import ResidentId, birth_date_of, sex_of
from shared.identifiers.resident_id import Sex as IdSex

Body = dict[str, Any]


def personal_data() -> PersonalData:
    ports = current_runtime().ports
    return PersonalData(ports.cipher, ports.blind_index)


def registration(personal: PersonalData, child_id: ChildId, body: Body) -> RegisterChild:
    """`body` has the fields of RegisterChild, with personal data as people write it."""
    id_number = body.get("id_number")
    phone = body.get("guardian_phone")
    rest = {name: value for name, value in body.items() if name not in ("id_number", "guardian_phone")}
    return RegisterChild(
        child_id=child_id,
        id_number=personal.seal(child_id, "id_number", id_number),
        id_index=personal.index("id_number", id_number),
        guardian_phone=personal.seal(child_id, "guardian_phone", phone),
        **rest,
    )


def enrolment(personal: PersonalData, child_id: ChildId, body: Body) -> EnrolChild:
    number = body.get("student_number")
    rest = {name: value for name, value in body.items() if name != "student_number"}
    return EnrolChild(
        child_id=child_id,
        student_number=personal.seal(child_id, "student_number", number),
        student_number_index=personal.index("student_number", number),
        student_number_kind=StudentNumberKind(number[0] if number else ""),
        **rest,
    )


def account(personal: PersonalData, child_id: ChildId, body: Body) -> SetGuardianAccount:
    number = body["guardian_account"]
    sealed, index = personal.seal(child_id, "guardian_account", number), personal.index("guardian_account", number)
    assert sealed is not None
    assert index is not None
    return SetGuardianAccount(
        child_id=child_id,
        guardian_account=sealed,
        account_index=index,
        account_name=body["account_name"],
        set_on=body["set_on"],
    )


def contradictions(id_number: str | None, sex: str, birth_date: date) -> dict[str, list[str]]:
    """What an ID number says against the other fields, as messages by field."""
    if id_number is None:
        return {}
    number = ResidentId(id_number)
    found: dict[str, list[str]] = {}
    if birth_date_of(number) != birth_date:
        found["birth_date"] = ["出生日期与身份证号中的出生日期不一致。"]
    if (sex_of(number) is IdSex.MALE) != (sex == "M"):
        found["sex"] = ["性别与身份证号不一致。"]
    return found
