"""The Chinese words behind the codes."""

from collections.abc import Mapping

from services.visits.household_visits.vocabulary import END_LABELS, Cause, Priority, Reason
from services.visits.ledgers import photos, plans
from services.visits.ledgers.stability_checks import ReturnStatus
from services.visits.persuasion.vocabulary import Method
from services.visits.plans.state import PlanStatus, VisitStatus
from services.visits.stability.vocabulary import Finding
from services.visits.vocabulary import Result, Whereabouts

Labels = Mapping[str, str]

VISIT_STATUS: Labels = {
    VisitStatus.OPEN: "待走访",
    VisitStatus.OVERDUE: "已逾期",
    VisitStatus.DONE: "已完成",
    VisitStatus.CANCELLED: "已取消",
}
REASON: Labels = {
    Reason.SUSPECTED_DROPOUT: "疑似辍学",
    Reason.RELAPSE: "返校后再次离校",
    Reason.OUT_OF_SCHOOL: "失学（未入学）",
    Reason.HOME_TEACHING_LAPSED: "送教上门中断",
}
PRIORITY: Labels = {Priority.POOR_FIRST: "困难学生优先", Priority.URGENT: "紧急", Priority.NORMAL: "一般"}
WHEREABOUTS: Labels = {
    Whereabouts.HOME: "学生家中",
    Whereabouts.VILLAGE_OFFICE: "村（居）委会",
    Whereabouts.SCHOOL: "学校",
    Whereabouts.WORKPLACE: "务工地点",
    Whereabouts.OTHER: "其他",
    Whereabouts.NOT_TOLD: "未填写",
}
CAUSE: Labels = {
    Cause.POVERTY: "家庭经济困难",
    Cause.ILLNESS: "因病",
    Cause.DISABILITY: "残疾",
    Cause.WEARY_OF_SCHOOL: "厌学",
    Cause.WORKING: "外出务工",
    Cause.EARLY_MARRIAGE: "早婚早育",
    Cause.FAMILY_CHANGE: "家庭变故",
    Cause.MOVED_AWAY: "随家人外出",
    Cause.CONFLICT_AT_SCHOOL: "在校矛盾",
    Cause.UNKNOWN: "原因不明",
    Cause.OTHER: "其他",
}
END_REASON: Labels = END_LABELS
METHOD: Labels = {
    Method.PHONE: "电话",
    Method.LETTER: "信函",
    Method.MESSAGE: "短信（微信）",
    Method.VISIT: "入户",
    Method.MEETING: "约谈",
}
RESULT: Labels = {
    Result.AGREED: "同意返校",
    Result.REFUSED: "拒绝返校",
    Result.UNDECIDED: "尚未答复",
    Result.NOT_REACHED: "未能联系上",
}
PLAN_STATUS: Labels = {
    PlanStatus.PERSUADING: "劝返中",
    PlanStatus.FOLLOWING_UP: "返校巩固中",
    PlanStatus.CLOSED: "已销号",
}
TEAM_STATUS: Labels = {plans.TEAM_COMPLETE: "已落实", plans.TEAM_INCOMPLETE: "人员不全"}
FINDING: Labels = {Finding.ATTENDING: "正常在校", Finding.UNSETTLED: "情绪不稳", Finding.ABSENT: "未在校"}
RETURN_STATUS: Labels = {
    ReturnStatus.FOLLOWING_UP: "巩固期内",
    ReturnStatus.STABLE: "已稳定",
    ReturnStatus.STABLE_WITHOUT_CHECKS: "已稳定，核查未做齐",
    ReturnStatus.RELAPSED: "再次离校",
    ReturnStatus.ENDED: "已终止",
}
PHOTO_STATUS: Labels = {photos.UNUSED: "未使用", photos.USED_ONCE: "正常", photos.REUSED: "多名学生共用，请核查"}
HOUSEHOLD_CATEGORY: Labels = {
    "LIFTED_OUT": "脱贫户",
    "MONITORED": "防返贫监测对象",
    "SUBSISTENCE_ALLOWANCE": "低保户",
    "EXTREME_POVERTY": "特困供养",
    "DISABILITY": "困难残疾",
    "NONE": "一般户",
}
