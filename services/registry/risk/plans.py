"""Setting the plan for a child at risk: command, refusals, decision. Rules 5-02, 5-12 and 10-06."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.registry.attendance.daily import enrolment_of
from services.registry.children.child import Child
from services.registry.children.ids import ChildId
from services.registry.groups.catalogue import catalogue
from services.registry.risk.events import RiskPlanSet
from shared.kernel.commands import Context
from shared.kernel.refusals import DateInFuture, Kind, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRiskPlan:
    NAME: ClassVar[str] = "registry.set-risk-plan"
    child_id: ChildId
    helper: str
    psychological: str
    academic: str
    review_on: date
    set_on: date


class NotAtRisk(Refused):
    code = "not-at-risk"

    def __init__(self) -> None:
        super().__init__(
            "该生不在易辍生和被帮扶学生范围内（贫困家庭、留守、残疾、德困、学困等），"
            "无需建一人一案；如情况属实，请先登记困难类别或重点群体。",
            "the child belongs to no group at risk and has no difficulty on file",
        )


class ReviewNotLater(Refused):
    code = "review-not-later"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "复查日期应晚于方案日期，请填写方案实施后的复查日期。", "the review is not later", field="review_on"
        )


def is_helped(child: Child) -> bool:
    """At risk (rule 10-06), or of one of the three kinds of difficulty (rule 5-02)."""
    return child.category.is_poor or not child.groups.keys().isdisjoint(catalogue().with_a_plan)


def set_risk_plan(child: Child, command: SetRiskPlan, context: Context) -> list[RiskPlanSet]:
    """The same plan again changes nothing."""
    enrolment_of(child)
    if not is_helped(child):
        raise NotAtRisk()
    if command.set_on > context.today:
        raise DateInFuture("set_on")
    if command.review_on <= command.set_on:
        raise ReviewNotLater()
    event = RiskPlanSet(
        child_id=child.id,
        helper=command.helper,
        psychological=command.psychological,
        academic=command.academic,
        review_on=command.review_on,
        set_on=command.set_on,
    )
    return [] if event == child.risk_plan else [event]
