"""The duties of a return case, as one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Duty(StrEnum):
    HOUSEHOLD_VISIT = "HOUSEHOLD_VISIT"
    OUT_OF_SCHOOL_VISIT = "OUT_OF_SCHOOL_VISIT"
    REPORT_SUSPECTED = "REPORT_SUSPECTED"
    REPORT_DROPOUT = "REPORT_DROPOUT"
    REPORT_EXPIRY = "REPORT_EXPIRY"


@dataclass(frozen=True, slots=True)
class DutyText:
    """How a duty reads on a screen: what is to be done, by whom, and who is to be told."""

    title: str
    bearer: str
    recipients: tuple[str, ...] = ()


DUTIES: Mapping[Duty, DutyText] = {
    Duty.HOUSEHOLD_VISIT: DutyText("立即入户家访，查明原因", "学校"),
    Duty.OUT_OF_SCHOOL_VISIT: DutyText("入户核实失学原因，动员入学", "村（社区）"),
    Duty.REPORT_SUSPECTED: DutyText("报告疑似辍学情况", "学校", ("县教育局", "乡镇人民政府")),
    Duty.REPORT_DROPOUT: DutyText("书面报告辍学情况", "学校", ("县教育局", "乡镇人民政府")),
    Duty.REPORT_EXPIRY: DutyText("通知书到期仍未复学，报告乡镇人民政府", "学校", ("乡镇人民政府",)),
}

VISITS = (Duty.HOUSEHOLD_VISIT, Duty.OUT_OF_SCHOOL_VISIT)
"""Duties that are met by going to the child's house."""

REPORTS = frozenset({Duty.REPORT_SUSPECTED, Duty.REPORT_DROPOUT, Duty.REPORT_EXPIRY})
"""Duties that are met by reporting up."""
