"""What callers send about children, and what they get."""

from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.registry.api import fields as own
from services.registry.api.edge import contradictions
from services.registry.api.papers import papers
from services.registry.attendance.marks import MarkKind
from services.registry.guardians.events import Unlinking
from services.registry.guardians.relations import RELATION_LABELS
from services.registry.households.categories import HouseholdCategory
from services.registry.quality.rules import quality_rules
from shared.http import FactSchema, RequestSchema

GRADES = validate.Range(1, 9)
CLASSES = validate.Range(1, 99)


class EnrolmentSchema(FactSchema):
    """A place at a school. At the school where the child is already, what changed of it."""

    school_code = own.school_code(required=True)
    grade = fields.Integer(required=True, validate=GRADES)
    class_no = fields.Integer(required=True, validate=CLASSES)
    enrolled_on = fields.Date(required=True)
    boarder = fields.Boolean()
    student_number = own.student_number()
    class_teacher = own.person_name_or_blank()


class RegistrationSchema(FactSchema):
    """A child, and in `enrolment` its place at school if it has one."""

    name = own.person_name(required=True)
    sex = fields.String(required=True, validate=validate.OneOf(["M", "F"]))
    birth_date = fields.Date(required=True)
    division = own.division(required=True)
    id_number = own.resident_id()
    household_no = own.text(50)
    guardian_name = own.person_name()
    guardian_relation = own.relation()
    guardian_phone = own.mobile()
    ethnicity = own.ethnicity()
    enrolment = fields.Nested(EnrolmentSchema)

    @marshmallow.validates_schema
    def check_id_number(self, body: dict[str, Any], **_: Any) -> None:
        found = contradictions(body.get("id_number"), body["sex"], body["birth_date"])
        if found:
            raise marshmallow.ValidationError(found)


class AbsenceSchema(FactSchema):
    """An unexcused day, or a run of them."""

    day = fields.Date(required=True, metadata={"description": "The missed day, or the first one of a run."})
    until = fields.Date(
        load_default=None,
        metadata={"description": "The last missed day. Each school day from `day` to it, both included, is recorded."},
    )
    remark = own.sentence(500, load_default="")


class LeaveSchema(FactSchema):
    """An approved day of leave."""

    day = fields.Date(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([MarkKind.SICK.value, MarkKind.PERSONAL.value]))
    remark = own.sentence(500, load_default="")


class PresenceSchema(FactSchema):
    """The child came after absence or leave, before any suspicion."""

    present_on = fields.Date(required=True)


class SuspicionSchema(FactSchema):
    """The school suspects a dropout before the days are over."""

    reason = own.sentence(200, shortest=1, required=True)


class DropoutSchema(FactSchema):
    """The school confirms a dropout after failed persuasion."""

    confirmed_on = fields.Date(required=True)
    cause = own.sentence(100, shortest=1, required=True)


class MarkSchema(FactSchema):
    """The national system has the mark, and gave this receipt."""

    receipt = own.text(100, shortest=1, required=True)
    marked_on = fields.Date(required=True)


class UnmarkSchema(FactSchema):
    """The mark was taken off there, with this receipt."""

    receipt = own.text(100, shortest=1, required=True)
    unmarked_on = fields.Date(required=True)


class MarkCorrectionSchema(FactSchema):
    """It was a mistake: the county's approval, and a paper that shows the child at school all the time."""

    reason = own.sentence(200, shortest=1, required=True)
    corrected_on = fields.Date(required=True)
    papers = papers(required=True)


class ReturnSchema(FactSchema):
    """The child checked in. `evidence`: the check-in slip's number, a photograph's SHA-256, a roster page …"""

    school_code = own.school_code(required=True)
    returned_on = fields.Date(required=True)
    evidence = own.evidence(required=True)


class CategorySchema(FactSchema):
    """The hardship category of the child's household; NONE ends it. `source`: the list or office that says so."""

    category = own.code_of(HouseholdCategory, required=True)
    effective_from = fields.Date(required=True)
    household_no = own.text(50, load_default="")
    source = own.text(100, load_default="")
    evidence = own.evidence(load_default=[])


class GuardianSchema(FactSchema):
    """A guardian. `relation` is a code of GB/T 4761; `consent`: the paper by which 97 and 99 were agreed to."""

    name = own.person_name(required=True)
    relation = fields.String(required=True, validate=validate.OneOf(sorted(RELATION_LABELS)))
    linked_on = fields.Date(required=True)
    id_number = own.resident_id()
    phone = own.mobile()
    consent = own.text(100, load_default="")


class GuardianDepartureSchema(FactSchema):
    """A guardian is one no longer. Death and revocation need evidence."""

    guardian_id = own.text(40, shortest=1, required=True)
    reason = own.code_of(Unlinking, required=True)
    unlinked_on = fields.Date(required=True)
    evidence = own.evidence(load_default=[])


class GroupEntrySchema(FactSchema):
    """The child belongs to a special group since `from_on`. `particulars` are kept sealed."""

    group = own.text(40, shortest=1, required=True)
    source = own.text(100, shortest=1, required=True)
    from_on = fields.Date(required=True)
    evidence = own.evidence(load_default=[])
    particulars = own.sentence(200, load_default="")


class GroupDepartureSchema(FactSchema):
    """The child belongs to it no longer; `left_on` is the first day without."""

    group = own.text(40, shortest=1, required=True)
    left_on = fields.Date(required=True)
    reason = own.sentence(200, shortest=1, required=True)
    evidence = own.evidence(load_default=[])


class QualityAcceptanceSchema(FactSchema):
    """An issue of data quality that is none. `rule` is a code of `quality.toml`."""

    rule = fields.String(required=True, validate=validate.OneOf(list(quality_rules().labels)))
    reason = own.sentence(200, shortest=1, required=True)
    accepted_on = fields.Date(required=True)
    evidence = own.evidence(load_default=[])


class MembershipQuerySchema(RequestSchema):
    """The memberships of one day (none named: of all time)."""

    on = fields.Date()


class MembershipSchema(marshmallow.Schema):
    """A time on a list. `to` is the first day without, or null."""

    list = fields.String(required=True, metadata={"description": "A special group's or a household category's code."})
    label = fields.String(required=True)
    since = fields.String(required=True, data_key="from")
    until = fields.String(required=True, allow_none=True, data_key="to")
    source = fields.String(required=True)
    evidence = fields.List(fields.String(), required=True)


class MembershipsSchema(marshmallow.Schema):
    items = fields.List(fields.Nested(MembershipSchema), required=True)


class AccountSchema(FactSchema):
    """The account that receives the child's aid, and in whose name it is."""

    guardian_account = own.bank_account(required=True)
    account_name = own.person_name(required=True)
    set_on = fields.Date(required=True)


class SearchSchema(RequestSchema):
    """A resident ID number goes in the body: addresses are written into logs."""

    id_number = own.resident_id(required=True)


class EventSchema(marshmallow.Schema):
    """One event of a child's history, personal data masked."""

    id = fields.String(required=True)
    type = fields.String(required=True)
    occurred_on = fields.String(required=True)
    recorded_at = fields.String(required=True)
    actor = fields.String(required=True)
    data = fields.Dict(keys=fields.String(), required=True)


class ChildFileSchema(marshmallow.Schema):
    """A child's row of the ledger, personal data masked, and its whole history."""

    child = fields.Dict(keys=fields.String(), required=True)
    history = fields.List(fields.Nested(EventSchema), required=True)


class ChildSchema(marshmallow.Schema):
    child = fields.Dict(keys=fields.String(), required=True)
