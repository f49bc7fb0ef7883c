"""The Chinese words for this service's codes, as clerks read them."""

from collections.abc import Mapping

from services.supervision.obligations.duties import DUTIES
from services.supervision.obligations.state import ObligationStatus
from services.supervision.return_cases.cycle import CaseStatus
from services.supervision.return_cases.events import MoveCause, Trigger
from services.supervision.return_cases.reasons import ClosureReason, EvidenceKind
from services.supervision.return_notices.events import ServiceMethod, StopReason
from services.supervision.return_notices.state import NoticeStatus

CASE_STATUS: Mapping[str, str] = {
    CaseStatus.UNOPENED: "未立案",
    CaseStatus.OPENED: "已立案",
    CaseStatus.TEAM_ASSIGNED: "已落实三帮一",
    CaseStatus.PERSUADING: "劝返中",
    CaseStatus.REPORTED_UP: "已书面上报",
    CaseStatus.LEGAL_ESCALATED: "依法敦促复学",
    CaseStatus.VERIFYING: "已返校待核实",
    CaseStatus.SEARCH_ENDED: "已终止劝返待销号",
    CaseStatus.CLOSED: "已销号",
    CaseStatus.REOPENED: "已转入下一轮",
}

CLOSURE_REASON: Mapping[str, str] = {
    ClosureReason.RETURNED_STABLE: "返校稳定就读",
    ClosureReason.TRANSFERRED_CONFIRMED: "转学已确认",
    ClosureReason.HOME_TEACHING_ACTIVE: "送教上门",
    ClosureReason.SUSPENDED_APPROVED: "休学已批准",
    ClosureReason.DEFERRED_APPROVED: "延缓入学已批准",
    ClosureReason.ELSEWHERE_CONFIRMED: "县外就读已核实",
    ClosureReason.WENT_ABROAD: "出国（境）",
    ClosureReason.COMPLETED: "完成义务教育",
    ClosureReason.DECEASED: "死亡",
    ClosureReason.MISSING_DECLARED: "宣告失踪",
    ClosureReason.DATA_ERROR: "数据有误已更正",
    ClosureReason.AGED_OUT: "已超过义务教育年龄",
}

EVIDENCE_KIND: Mapping[str, str] = {
    EvidenceKind.ATTENDANCE_RECORD: "考勤记录",
    EvidenceKind.TRANSFER_RECEIPT: "转学联系表或系统回执",
    EvidenceKind.HOME_TEACHING_AGREEMENT: "送教上门协议",
    EvidenceKind.SESSION_RECORD: "送教记录",
    EvidenceKind.SUSPENSION_APPROVAL: "休学审批表",
    EvidenceKind.DEFERRAL_APPROVAL: "延缓入学审批表",
    EvidenceKind.SCHOOL_CERTIFICATE: "就读学校在校证明",
    EvidenceKind.EXIT_PROOF: "出国（境）证明",
    EvidenceKind.DIPLOMA: "毕业（结业）证书",
    EvidenceKind.DEATH_CERTIFICATE: "死亡证明",
    EvidenceKind.COURT_JUDGMENT: "法院宣告失踪判决书",
    EvidenceKind.CORRECTION_APPROVAL: "数据更正审批表",
    EvidenceKind.BIRTH_PROOF: "出生日期证明",
    EvidenceKind.SUPERVISOR_APPROVAL: "主管领导审批意见",
}

NOTICE_STATUS: Mapping[str, str] = {
    NoticeStatus.REQUESTED: "学校已报送",
    NoticeStatus.ISSUED: "已下达待送达",
    NoticeStatus.RUNNING: "已送达期限内",
    NoticeStatus.EXPIRED: "已到期未复学",
    NoticeStatus.COMPLIED: "学生已返校",
    NoticeStatus.CONCLUDED: "已终结",
    NoticeStatus.WITHDRAWN: "已撤回",
}

SERVICE_METHOD: Mapping[str, str] = {
    ServiceMethod.DIRECT: "直接送达",
    ServiceMethod.LEAVE_BEHIND: "留置送达",
    ServiceMethod.ENTRUSTED: "委托送达",
    ServiceMethod.MAIL: "邮寄送达",
    ServiceMethod.ELECTRONIC: "电子送达",
    ServiceMethod.PUBLICATION: "公告送达",
}

OBLIGATION_STATUS: Mapping[str, str] = {
    ObligationStatus.DUE: "待办",
    ObligationStatus.OVERDUE: "逾期未办",
    ObligationStatus.DONE: "按期办结",
    ObligationStatus.DONE_LATE: "逾期办结",
    ObligationStatus.LIFTED: "已免办",
}

DUTY: Mapping[str, str] = {duty: text.title for duty, text in DUTIES.items()}
ATTEMPT_RESULT: Mapping[str, str] = {
    "AGREED": "同意返校",
    "REFUSED": "拒绝返校",
    "UNDECIDED": "犹豫未定",
    "NOT_REACHED": "未联系上",
}
YES_NO: Mapping[str, str] = {"YES": "是", "NO": "否"}
TRIGGER: Mapping[str, str] = {
    Trigger.SUSPICION: "疑似辍学",
    Trigger.RELAPSE: "返校后复辍",
    Trigger.OUT_OF_SCHOOL: "失学（未入学）",
}
CLOSURE_STATUS: Mapping[str, str] = {
    "CLOSED": "已销号",
    "REOPENED": "销号后重新立案",
    "CONTRADICTED": "销号依据已不成立",
}
STOP_REASON: Mapping[str, str] = {
    StopReason.RETURNED: "已返校",
    StopReason.ON_SUSPENSION: "休学",
    StopReason.DECEASED: "死亡",
    StopReason.ABROAD: "出国（境）",
    StopReason.DECLARED_MISSING: "宣告失踪",
    StopReason.ELSEWHERE: "县外就读",
    StopReason.HOME_TEACHING: "送教上门",
    StopReason.DEFERRED: "延缓入学",
    StopReason.MISTAKE: "误列，已更正",
    StopReason.COMPLETED: "毕业或结业",
    StopReason.MERGED: "重复档案，已合并",
    StopReason.OVER_AGE: "已超过义务教育年龄",
    StopReason.CASE_CLOSED: "个案已销号",
    StopReason.REOPENED: "已转入下一轮",
}
MOVE_CAUSE: Mapping[str, str] = {
    MoveCause.ENROLLED: "入学",
    MoveCause.TRANSFERRED: "转学完成",
    MoveCause.SCHOOL_CLOSED: "学校撤并",
    MoveCause.FILE_CORRECTED: "区划更正",
    MoveCause.FILES_MERGED: "重复档案合并",
    MoveCause.FILES_PARTED: "重复档案拆分",
}
FACT: Mapping[str, str] = {
    "registry.return-stabilised.v1": "返校巩固期满",
    "registry.student-returned.v1": "返校",
    "registry.transfer-completed.v1": "转学完成",
    "registry.transferred-out.v1": "转往县外",
    "registry.home-teaching-started.v1": "送教上门",
    "registry.home-teaching-lapsed.v1": "送教中断",
    "registry.suspension-approved.v1": "批准休学",
    "registry.suspension-expired.v1": "休学期满未复学",
    "registry.student-resumed.v1": "复学",
    "registry.deferral-approved.v1": "批准延缓入学",
    "registry.deferral-expired.v1": "延缓入学期满未入学",
    "registry.elsewhere-confirmed.v1": "县外就读核实",
    "registry.elsewhere-lapsed.v1": "县外就读逾期未再核实",
    "registry.went-abroad.v1": "出国（境）",
    "registry.graduation-recorded.v1": "毕业或结业",
    "registry.death-recorded.v1": "死亡登记",
    "registry.declared-missing.v1": "宣告失踪",
    "registry.dropout-mark-corrected.v1": "撤销辍学标注",
    "registry.duplicate-merged.v1": "重复档案合并",
    "registry.duplicate-unmerged.v1": "重复档案拆分",
    "registry.child-registered.v1": "建档",
    "registry.child-corrected.v1": "档案更正",
}
"""What the registry said, as the reason of a refusal and the ground of a closure name it."""
