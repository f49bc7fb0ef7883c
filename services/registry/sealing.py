"""Commands made at an edge (a request's body, a sheet's row): their personal data is sealed here."""

from datetime import date
from typing import Any

from services.registry.children.files import EnrolChild, RegisterChild
from services.registry.children.ids import ChildId
from services.registry.children.statuses import StudentNumberKind
from services.registry.corrections.decisions import RequestCorrection
from services.registry.corrections.fields import CORRECTABLE
from services.registry.groups.memberships import EnterGroup
from services.registry.guardians.decisions import LinkGuardian
from services.registry.households.decisions import SetGuardianAccount
from services.registry.personal import PersonalData
from services.registry.reconciliation.refusals import ListSaysTooLittle
from services.registry.respites.applying import ApplyForRespite
from services.registry.respites.kinds import RespiteKind
from shared.identifiers.resident_id import ResidentId, Sex, birth_date_of, sex_of

Body = dict[str, Any]
LISTED = {"name": "姓名", "sex": "性别", "birth_date": "出生日期", "division": "户籍区划"}
"""What a registration needs, and a list may not say."""
SEX_LETTERS = {Sex.MALE: "M", Sex.FEMALE: "F"}


def registration(personal: PersonalData, child_id: ChildId, body: Body) -> RegisterChild:
    """`body` has the fields of RegisterChild, with personal data as people write it."""
    id_number = body.get("id_number")
    phone = body.get("guardian_phone")
    rest = {name: value for name, value in body.items() if name not in ("id_number", "guardian_phone")}
    return RegisterChild(
        child_id=child_id,
        id_number=personal.sealed_or_none(child_id, "id_number", id_number),
        id_index=personal.index_or_none("id_number", id_number),
        guardian_phone=personal.sealed_or_none(child_id, "guardian_phone", phone),
        **rest,
    )


def listed(personal: PersonalData, child_id: ChildId, row: Body, added: Body) -> RegisterChild:
    """The registration of the person of whom a difference's `row` speaks.

    `added` says what the list does not, where the household is, and who the guardian. Raises ListSaysTooLittle.
    """
    born = date.fromisoformat(row["birth_date"]) if row["birth_date"] else None
    of_list = {"name": row["name"], "sex": row["sex"], "birth_date": born}
    told = {"division": row["division"]} | added | {name: value for name, value in of_list.items() if value}
    for name, label in LISTED.items():
        if not told.get(name):
            raise ListSaysTooLittle(name, label)
    subject = ChildId(row["difference_id"].partition(":")[0])
    return registration(
        personal, child_id, told | {"id_number": personal.opened("id_number", row["id_number"], subject)}
    )


def enrolment(personal: PersonalData, child_id: ChildId, body: Body) -> EnrolChild:
    number = body.get("student_number")
    rest = {name: value for name, value in body.items() if name != "student_number"}
    return EnrolChild(
        child_id=child_id,
        student_number=personal.sealed_or_none(child_id, "student_number", number),
        student_number_index=personal.index_or_none("student_number", number),
        student_number_kind=StudentNumberKind(number[0] if number else ""),
        **rest,
    )


def guardian(personal: PersonalData, child_id: ChildId, guardian_id: str, body: Body) -> LinkGuardian:
    id_number, phone = body.get("id_number"), body.get("phone")
    return LinkGuardian(
        child_id=child_id,
        guardian_id=guardian_id,
        name=body["name"],
        relation=body["relation"],
        linked_on=body["linked_on"],
        guardian_id_number=personal.sealed_or_none(child_id, "guardian_id_number", id_number),
        guardian_id_index=personal.index_or_none("id_number", id_number),
        guardian_phone=personal.sealed_or_none(child_id, "guardian_phone", phone),
        consent=body["consent"],
    )


def membership(personal: PersonalData, child_id: ChildId, body: Body) -> EnterGroup:
    rest = {name: value for name, value in body.items() if name not in ("particulars", "evidence")}
    return EnterGroup(
        child_id=child_id,
        particulars=personal.sealed_or_none(child_id, "particulars", body["particulars"] or None),
        evidence=tuple(body["evidence"]),
        **rest,
    )


def application(personal: PersonalData, child_id: ChildId, kind: RespiteKind, body: Body) -> ApplyForRespite:
    """What ails a child is nobody's affair but theirs who decide: it is sealed."""
    particulars = body.pop("particulars") or None
    return ApplyForRespite(
        child_id=child_id,
        kind=kind,
        particulars=personal.sealed_or_none(child_id, "particulars", particulars),
        **body,
    )


def correction(personal: PersonalData, child_id: ChildId, correction_id: str, body: Body) -> RequestCorrection:
    """Raises InvalidValue for a value that is none of its field."""
    field = body["field"]
    value = CORRECTABLE[field].parse(body["new_value"])
    sealed = CORRECTABLE[field].sealed
    return RequestCorrection(
        child_id=child_id,
        correction_id=correction_id,
        field=field,
        new_value=personal.seal(child_id, field, value) if sealed else value,
        new_index=personal.index(field, value) if sealed else None,
        id_birth_date=birth_date_of(ResidentId(value)) if field == "id_number" else None,
        id_sex=SEX_LETTERS[sex_of(ResidentId(value))] if field == "id_number" else None,
        basis=body["basis"],
        evidence=tuple(body["evidence"]),
        requested_on=body["requested_on"],
    )


def account(personal: PersonalData, child_id: ChildId, body: Body) -> SetGuardianAccount:
    number = body["guardian_account"]
    return SetGuardianAccount(
        child_id=child_id,
        guardian_account=personal.seal(child_id, "guardian_account", number),
        account_index=personal.index("guardian_account", number),
        account_name=body["account_name"],
        set_on=body["set_on"],
    )
