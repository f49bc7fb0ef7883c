"""The ledgers as people ask for them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from services.roles import KNOW_WHY
from services.supervision import labels
from services.supervision.return_cases.cycle import AWAY
from shared.kernel.ledgers import Column, Join, View

_CHILD = Join("child", "children", "child_id")
_SCHOOLS: Mapping[str, tuple[Join, ...]] = {
    "return-cases": (Join("opened", "schools", "opened_school"),),
    "obligations": (Join("raised", "schools", "raised_school"), Join("missed", "schools", "missed_school")),
    "closures": (Join("closed_at", "schools", "closed_school"),),
}
"""Where something was done: the child's own row says where they stand now."""
_WHO = (
    Column("child.name", "姓名"),
    Column("child.school_name", "现在学校", width=24),
    Column("child.class_name", "班级"),
    Column("child.guardian_name", "监护人"),
    Column("division", "行政区划代码", width=16),
)
_CASE = (
    *_WHO,
    Column("cycle", "轮次", "number", width=8),
    Column("status", "办理状态", "code", labels.CASE_STATUS),
    Column("trigger", "立案原因", "code", labels.TRIGGER),
    Column("poor", "困难学生", "code", labels.YES_NO, width=10),
    Column("absent_since", "缺课起始", "date"),
    Column("opened_on", "立案日期", "date"),
    Column("opened.name", "立案时学校", width=24),
    Column("moved_on", "移交日期", "date"),
    Column("moved_because", "移交原因", "code", labels.MOVE_CAUSE),
    Column("teacher", "帮扶教师"),
    Column("village_cadre", "帮扶村干部"),
    Column("team_guardian", "帮扶家长"),
    Column("visited_on", "首次入户", "date"),
    Column("attempts", "劝返次数", "number", width=10),
    Column("last_attempt_on", "最近劝返", "date"),
    Column("last_result", "最近结果", "code", labels.ATTEMPT_RESULT),
    Column("report_due_on", "应报日期", "date"),
    Column("reported_on", "上报日期", "date"),
    Column("confirmed_on", "确认辍学", "date"),
    Column("notice_number", "通知书文号", width=18),
    Column("notice_status", "通知书状态", "code", labels.NOTICE_STATUS),
    Column("notice_last_day", "通知书截止", "date"),
    Column("overdue", "逾期事项", "number", width=10),
    Column("returned_on", "返校日期", "date"),
    Column("stabilised_on", "稳定日期", "date"),
    Column("checks", "巩固核查（已查/应查）", width=20),
    Column("search_ended_on", "终止劝返", "date"),
    Column("search_ended_because", "终止原因", "code", labels.STOP_REASON),
    Column("lapsed_on", "终止依据失效", "date"),
    Column("closure_requested_on", "申请销号", "date"),
    Column("closure_rejected_because", "销号退回理由", width=20),
    Column("closed_on", "销号日期", "date"),
    Column("closure_reason", "销号原因", "code", labels.CLOSURE_REASON),
    Column("relapse_count", "复辍次数", "number", width=10),
    Column("relapsed_on", "最近复辍", "date"),
)
_DUTY = (
    *_WHO,
    Column("cycle", "轮次", "number", width=8),
    Column("duty", "督办事项", "code", labels.DUTY, width=30),
    Column("bearer", "责任单位"),
    Column("status", "状态", "code", labels.OBLIGATION_STATUS),
    Column("raised_on", "产生日期", "date"),
    Column("due_on", "截止日期", "date"),
    Column("due_note", "期限说明", width=30),
    Column("due_before", "调整前期限", "date"),
    Column("met_on", "办结日期", "date"),
    Column("entered_on", "登记日期", "date"),
    Column("entered_late", "补录", "code", labels.YES_NO, width=8),
    Column("lifted_on", "免办日期", "date"),
    Column("missed", "曾逾期", "code", labels.YES_NO, width=10),
    Column("raised.name", "产生时学校", width=24),
    Column("missed.name", "逾期时学校", width=24),
)
_NOTICE = (
    *_WHO,
    Column("cycle", "轮次", "number", width=8),
    Column("number", "文号", width=18),
    Column("issuer", "下达机关", width=24),
    Column("status", "状态", "code", labels.NOTICE_STATUS),
    Column("attempts", "劝返次数", "number", width=10),
    Column("requested_on", "学校报送", "date"),
    Column("issued_on", "下达日期", "date"),
    Column("method", "送达方式", "code", labels.SERVICE_METHOD),
    Column("served_on", "送达日期", "date"),
    Column("servers", "送达人", width=20),
    Column("server_count", "送达人数", "number", width=10),
    Column("last_day", "截止日期", "date"),
    Column("hint", "提示", width=40),
    Column("stopped_on", "终止日期", "date"),
    Column("stopped_because", "终止原因", "code", labels.STOP_REASON),
    Column("withdrawn_on", "撤回日期", "date"),
)
_CLOSURE = (
    *_WHO,
    Column("cycle", "轮次", "number", width=8),
    Column("reason", "销号原因", "code", labels.CLOSURE_REASON),
    Column("closed_at.name", "销号时学校", width=24),
    Column("ground", "学籍登记依据", "code", labels.FACT, width=18),
    Column("ground_event", "依据编号", width=20),
    Column("return_event", "返校记录编号", width=20),
    Column("missing_checks", "缺少的巩固核查"),
    Column("unchecked_because", "缺少核查的原因", width=24),
    Column("requested_by", "申请人"),
    Column("closed_by", "审批人"),
    Column("closed_on", "销号日期", "date"),
    Column("status", "状态", "code", labels.CLOSURE_STATUS),
    Column("contradicted_on", "依据失效日期", "date"),
    Column("contradicted_by", "依据失效原因", "code", labels.FACT, width=18),
    Column("reopened_on", "重新立案", "date"),
)


def _view(
    name: str, title: str, of: str, columns: tuple[Column, ...], date_field: str, where: Mapping[str, Any]
) -> View:
    return View(
        name=name,
        title=title,
        of=of,
        columns=columns,
        where=where,
        joins=(_CHILD, *_SCHOOLS.get(of, ())),
        date_field=date_field,
        roles=KNOW_WHY,
    )


def _cases(name: str, title: str, where: Mapping[str, Any], date_field: str = "opened_on") -> View:
    return _view(name, title, "return-cases", _CASE, date_field, where)


def _duties(name: str, title: str, where: Mapping[str, Any]) -> View:
    return replace(_view(name, title, "obligations", _DUTY, "due_on", where), order=("due_on",))


VIEWS: Sequence[View] = (
    _cases("return-cases", "劝返个案台账", {"cycle": {"$gte": 1}}),
    _cases("open-cases", "在办劝返个案台账", {"status": {"$in": sorted(str(each) for each in AWAY)}}),
    _cases("verifying-cases", "返校核实台账", {"status": "VERIFYING"}, "returned_on"),
    _cases("ended-cases", "终止劝返待销号台账", {"status": "SEARCH_ENDED"}, "search_ended_on"),
    _cases("relapsed", "复辍台账", {"relapse_count": {"$gte": 1}}, "relapsed_on"),
    _view("closed-cases", "销号台账", "closures", _CLOSURE, "closed_on", {}),
    _view("return-notices", "限期复学通知书台账", "return-notices", _NOTICE, "issued_on", {}),
    _duties("obligations", "督办事项台账", {}),
    _duties("due-obligations", "待办督办事项台账", {"status": "DUE"}),
    _duties("overdue-obligations", "逾期督办事项台账", {"status": "OVERDUE"}),
    _duties("done-obligations", "办结督办事项台账", {"status": {"$in": ["DONE", "DONE_LATE"]}}),
)
