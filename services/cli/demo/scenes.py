"""The story in scenes. Each posts what people do, and says what every ledger must show then."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from services.cli.client import ApiProblem
from services.cli.demo.county import EARLY, HALF_YEAR_FEN, NEVER, NOTICE, RELAPSE, County, prepare
from services.cli.demo.money import answer_anew, expect_conserved, pay, start_batch
from services.cli.demo.people import VILLAGE
from services.cli.demo.stage import Stage
from shared.money import prorate

Scene = Callable[[Stage, County], None]


def absence(stage: Stage, county: County) -> None:
    stage.begin("一、缺勤七天，列为疑似辍学")
    batch = start_batch(stage, county, len(county.children))
    today = stage.today()
    stage.advance(4)
    for child in county.children.values():
        _miss(stage, child, today, "未到校")
    with stage.watching(county.children[EARLY], EARLY):
        stage.advance(3)
        for part, child in county.children.items():
            since = {"absent_since": today.isoformat()}
            stage.await_rows(f"{part}进入疑似辍学台账", child, "registry", "suspected-dropouts", since)
            opened = {"status": "OPEN", "priority": "POOR_FIRST", "teacher": "方老师"}
            stage.await_rows(
                f"{part}：走访任务已派给班主任，困难学生优先", child, "visits", "household-visits", opened
            )
            stage.await_rows(f"{part}：补助暂缓", child, "assistance", "entitlements", {"status": "HELD"})
            stage.await_rows(f"{part}：未发的一笔暂缓", child, "assistance", "payment-lines", {"status": "HELD"})
            stage.await_rows(f"{part}：劝返个案已立", child, "supervision", "return-cases", {"status": "OPENED"})
    county.batches.append(batch)


def early_return(stage: Stage, county: County) -> None:
    stage.begin("二、家访后当天返校")
    child, today = county.children[EARLY], stage.today()
    _visit(stage, child, today, "AGREED")
    with stage.watching(child, EARLY):
        _return(stage, child, today)
        stage.await_rows("移出疑似辍学台账", child, "registry", "suspected-dropouts")
        stage.await_rows(
            "进入返校观察台账", child, "registry", "returned-probation", {"returned_on": today.isoformat()}
        )
        stage.await_rows("走访已完成", child, "visits", "household-visits", {"status": "DONE"})
        stage.await_rows("三次巩固回访已排定", child, "visits", "stability-checks", {"status": "FOLLOWING_UP"})
        stage.await_rows("暂缓解除", child, "assistance", "entitlements", {"status": "ACTIVE"})
        full = {"status": "IN_BATCH", "amount_fen": HALF_YEAR_FEN}
        stage.await_rows("金额不变：312.50 元", child, "assistance", "payment-lines", full)
        stage.await_rows("个案转入核验", child, "supervision", "return-cases", {"status": "VERIFYING"})
    stage.expect("在校的孩子不能再次返校", _code(stage, child, today), "child-is-not-away")


def payment(stage: Stage, county: County) -> None:
    stage.begin("三、发放：暂缓的不发，发过的不再发")
    pay(stage, county.batches[0], lines=1)
    paid = {"status": "PAID", "amount_fen": HALF_YEAR_FEN}
    stage.await_rows("早归的孩子已入账", county.children[EARLY], "assistance", "payment-lines", paid)
    expect_conserved(stage, county)


def dropout(stage: Stage, county: County) -> None:
    stage.begin("四、劝返无效，满二十八天确认辍学")
    for part in (NOTICE, NEVER):
        child = county.children[part]
        for method in ("PHONE", "VISIT", "MEETING"):
            _attempt(stage, child, method, stage.today())
    stage.advance(21)
    for part in (NOTICE, NEVER):
        child, today = county.children[part], stage.today()
        with stage.watching(child, part):
            stage.post(
                "registry", "principal", f"children/{child}/dropouts", confirmed_on=today.isoformat(), cause="外出务工"
            )
            stage.await_rows(
                f"{part}进入辍学台账", child, "registry", "dropouts", {"dropped_out_on": today.isoformat()}
            )
            team = {"status": "PERSUADING", "teacher": "方老师", "village_cadre": "温主任"}
            stage.await_rows(f"{part}：三帮一小组已配齐", child, "visits", "return-teams", team)
            stage.await_rows(f"{part}：补助中止", child, "assistance", "entitlements", {"status": "SUSPENDED"})
            stage.await_rows(f"{part}：个案劝返中", child, "supervision", "return-cases", {"status": "PERSUADING"})


def notice(stage: Stage, county: County) -> None:
    stage.begin("五、下达《限期复学通知书》")
    for part in (NOTICE, NEVER):
        child, today = county.children[part], stage.today()
        stage.post(
            "supervision", "principal", f"cases/{child}/reports",
            duty="REPORT_DROPOUT", reported_on=today.isoformat(), document="青石小报〔1〕号",
        )  # fmt: skip
        stage.post(
            "supervision", "principal", f"cases/{child}/notice-requests", facts="多次劝返，监护人拒绝送其返校。"
        )
        case = stage.people.at("supervision", "principal").get(f"/api/v1/cases/{child}")
        notice_id = case["cycles"][-1]["notices"][-1]["id"]
        stage.belongs(notice_id, child)
        stage.expect("未下达先送达，被拒绝", _serve(stage, notice_id, today), "notice-out-of-order")
        stage.post("supervision", "township", f"return-notices/{notice_id}/issues", issued_on=today.isoformat())
        stage.expect("送达回证已登记", _serve(stage, notice_id, today), "")
        stage.await_rows(f"{part}：七日期限起算", child, "supervision", "return-notices", {"status": "RUNNING"})


def relapse(stage: Stage, county: County) -> None:
    stage.begin("六、返校后再次缺勤，第二轮")
    child, today = county.children[RELAPSE], stage.today()
    _return(stage, child, today)
    stage.await_rows("暂缓解除", child, "assistance", "entitlements", {"status": "ACTIVE"})
    stage.advance(1)
    again = stage.today()
    stage.advance(2)
    _miss(stage, child, again, "再次未到校")
    with stage.watching(child, RELAPSE):
        stage.advance(1)
        stage.await_rows("重新列为疑似", child, "registry", "suspected-dropouts", {"cycle": 2})
        stage.await_rows("移出返校观察台账", child, "registry", "returned-probation")
        stage.await_rows("补助再次暂缓", child, "assistance", "entitlements", {"status": "HELD"})
        reopened = {"status": "OPENED", "cycle": 2, "relapse_count": 1}
        stage.await_rows("个案重新打开，第二轮", child, "supervision", "return-cases", reopened)
        visits = stage.until(
            lambda: sorted(row["status"] for row in stage.rows(child, "visits", "household-visits")),
            lambda found: len(found) > 1,
        )
        stage.expect("新的紧急走访已派出", visits, ["CANCELLED", "OPEN"])


def return_after_notice(stage: Stage, county: County) -> None:
    stage.begin("七、通知期内返校，时限停止")
    child, today = county.children[NOTICE], stage.today()
    county.away_days.extend(_days(county.begins_on + timedelta(days=28), today))
    with stage.watching(child, NOTICE):
        _return(stage, child, today)
        stage.await_rows("移出辍学台账", child, "registry", "dropouts")
        stage.await_rows("通知书以返校终结", child, "supervision", "return-notices", {"status": "COMPLIED"})
        stage.await_rows("个案转入核验", child, "supervision", "return-cases", {"status": "VERIFYING"})
        stage.await_rows("补助恢复", child, "assistance", "entitlements", {"status": "ACTIVE"})


def expiry(stage: Stage, county: County) -> None:
    stage.begin("八、期满未归，学校报告乡镇")
    child = county.children[NEVER]
    with stage.watching(child, NEVER):
        stage.advance(14)  # seven days, and whatever days off the last one rolls over
        stage.await_rows("通知书期满", child, "supervision", "return-notices", {"status": "EXPIRED"})
        stage.await_rows("个案进入法律程序", child, "supervision", "return-cases", {"status": "LEGAL_ESCALATED"})
        due = [
            row["status"] for row in stage.rows(child, "supervision", "obligations") if row["duty"] == "REPORT_EXPIRY"
        ]
        stage.expect("下一项任务：报告乡镇", len(due), 1)


def closure(stage: Stage, county: County) -> None:
    stage.begin("九、稳定三十天，两人销号")
    stage.advance(20)
    for part in (EARLY, NOTICE):
        child = county.children[part]
        with stage.watching(child, part):
            stage.await_rows(f"{part}离开返校观察台账", child, "registry", "returned-probation")
            missing = {"status": "STABLE_WITHOUT_CHECKS", "checks_done": 0}
            stage.await_rows(f"{part}：巩固期满，核查未做齐", child, "visits", "stability-checks", missing)
            _check_thrice(stage, child, stage.today())
            whole = {"status": "STABLE", "checks_done": 3}
            stage.await_rows(f"{part}：三次核查补登以后已稳定", child, "visits", "stability-checks", whole)
            _close(stage, child, stage.today())
            stage.await_rows(f"{part}：已销号", child, "supervision", "return-cases", {"status": "CLOSED"})


def second_payment(stage: Stage, county: County) -> None:
    stage.begin("十、补发：按在校天数折算，不重复")
    days = (county.term.last_day - county.term.first_day).days + 1
    away = sum(county.term.first_day <= day <= county.term.last_day for day in county.away_days)
    due = prorate(HALF_YEAR_FEN, days - away, days)
    batch = start_batch(stage, county, 1)
    pay(stage, batch, lines=1)
    answer_anew(stage, county, batch)
    paid = {"status": "PAID", "amount_fen": due}
    stage.await_rows(f"按 {days - away}/{days} 天折算", county.children[NOTICE], "assistance", "payment-lines", paid)
    first = {"status": "PAID", "amount_fen": HALF_YEAR_FEN}
    stage.await_rows("早归的孩子没有第二笔", county.children[EARLY], "assistance", "payment-lines", first)
    expect_conserved(stage, county)


def never_enrolled(stage: Stage, _: County) -> None:
    stage.begin("十一、从未入学的孩子")
    today = stage.today()
    known = stage.post(
        "registry", "township", "children/registrations",
        name="温小满", sex="F", birth_date=date(today.year - 9, 5, 1).isoformat(), division=VILLAGE,
        guardian_name="温大河", guardian_relation="父亲",
    )  # fmt: skip
    child = str(known["stream"]).removeprefix("child-")
    stage.lives_in(child, VILLAGE)
    with stage.watching(child, "失学的孩子"):
        stage.post(
            "registry", "township", f"children/{child}/out-of-school-reports",
            found_on=today.isoformat(), remark="摸排时在家，未上学",
        )  # fmt: skip
        stage.await_rows("列入失学台账", child, "registry", "not-enrolled", {"sought_on": today.isoformat()})
        visit = {"status": "OPEN", "reason": "OUT_OF_SCHOOL", "teacher": "温主任"}
        stage.await_rows("没有班级，走访派给村干部", child, "visits", "household-visits", visit)
        case = {"trigger": "OUT_OF_SCHOOL", "cycle": 1}
        stage.await_rows("劝返个案已立", child, "supervision", "return-cases", case)
        stage.expect("没有学籍先返校，被拒绝", _code(stage, child, today), "not-found")
    with stage.watching(child, "失学的孩子"):
        stage.post(
            "registry", "principal", f"children/{child}/enrolments",
            school_code=stage.school, grade=3, class_no=1, enrolled_on=today.isoformat(),
        )  # fmt: skip
        stage.await_rows("离开失学台账", child, "registry", "not-enrolled")
        back = {"returned_on": today.isoformat()}
        stage.await_rows("入学就是返校，进入观察", child, "registry", "returned-probation", back)
        stage.await_rows("走访不必再去", child, "visits", "household-visits", {"status": "CANCELLED"})
        stage.await_rows("三次巩固回访已排定", child, "visits", "stability-checks", {"status": "FOLLOWING_UP"})
        stage.await_rows("个案转入核验", child, "supervision", "return-cases", {"status": "VERIFYING"})


def ending(stage: Stage, county: County) -> None:
    stage.begin("十二、结局")
    expected = {EARLY: "CLOSED", NOTICE: "CLOSED", RELAPSE: "OPENED", NEVER: "LEGAL_ESCALATED"}
    for part, status in expected.items():
        stage.await_rows(part, county.children[part], "supervision", "return-cases", {"status": status})
    states = {landing.state for landing in stage.report.landings}
    stage.expect("每个事件都到达了每个读者", states, {"applied"})


def _miss(stage: Stage, child: str, since: date, remark: str) -> None:
    """The class teacher enters each school day from one on, until today."""
    until = stage.today().isoformat()
    stage.post("registry", "teacher", f"children/{child}/absences", day=since.isoformat(), until=until, remark=remark)


def _visit(stage: Stage, child: str, day: date, result: str) -> None:
    (row,) = stage.keyed_rows(child, "visits", "household-visits")
    visit = row["key"].partition(":")[2]
    stage.post(
        "visits", "teacher", f"children/{child}/visits/{visit}/records",
        visited_on=day.isoformat(), place="HOME", people=["班主任方老师", "父亲"],
        cause="WEARY_OF_SCHOOL", result=result,
    )  # fmt: skip


def _check_thrice(stage: Stage, child: str, day: date) -> None:
    for number in (1, 2, 3):
        stage.post(
            "visits", "teacher", f"children/{child}/stability-checks",
            check_no=number, checked_on=day.isoformat(), finding="ATTENDING",
        )  # fmt: skip


def _attempt(stage: Stage, child: str, method: str, day: date) -> None:
    stage.post(
        "visits", "teacher", f"children/{child}/attempts",
        method=method, attempted_on=day.isoformat(), persons=["班主任方老师", "父亲"], place="HOME", result="REFUSED",
    )  # fmt: skip


def _return(stage: Stage, child: str, day: date) -> None:
    stage.post(
        "registry", "teacher", f"children/{child}/returns", returned_on=day.isoformat(), evidence=["返校报到单 1 号"],
        school_code=stage.school,
    )  # fmt: skip


def _close(stage: Stage, child: str, day: date) -> None:
    case = stage.people.at("supervision", "bureau").get(f"/api/v1/cases/{child}")
    evidence = [{"kind": "ATTENDANCE_RECORD", "reference": "存档", "dated_on": day.isoformat()}]
    body = {"cycle": case["cycle"], "reason": "RETURNED_STABLE", "evidence": evidence}
    body["return_event"] = case["cycles"][-1]["returned"]["return_event"]
    stage.expect("没有巩固核查记录又不说明原因，不能申请销号", _asks_to_close(stage, child, body), "checks-missing")
    body["unchecked_because"] = "核查记在纸质登记簿，未及时录入"
    stage.expect("说明原因后申请销号", _asks_to_close(stage, child, body), "")
    stage.expect("申请人不能审批自己的销号", _closes(stage, "bureau", child, case["cycle"]), "same-hand-not-allowed")
    stage.expect("第二人审批销号", _closes(stage, "county", child, case["cycle"]), "")


def _asks_to_close(stage: Stage, child: str, body: dict[str, Any]) -> str:
    try:
        stage.post("supervision", "bureau", f"cases/{child}/closure-requests", **body)
    except ApiProblem as problem:
        return problem.code
    return ""


def _closes(stage: Stage, who: str, child: str, cycle: int) -> str:
    try:
        stage.post("supervision", who, f"cases/{child}/closures", cycle=cycle)
    except ApiProblem as problem:
        return problem.code
    return ""


def _serve(stage: Stage, notice_id: str, day: date) -> str:
    try:
        stage.post(
            "supervision", "township", f"return-notices/{notice_id}/services",
            method="DIRECT", served_on=day.isoformat(), servers=["温主任", "方干事"], signer="监护人",
        )  # fmt: skip
    except ApiProblem as problem:
        return problem.code
    return ""


def _code(stage: Stage, child: str, day: date) -> str:
    try:
        _return(stage, child, day)
    except ApiProblem as problem:
        return problem.code
    return ""


def _days(first: date, end: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((end - first).days)]


SCENES: Sequence[Scene] = (
    absence,
    early_return,
    payment,
    dropout,
    notice,
    relapse,
    return_after_notice,
    expiry,
    closure,
    second_payment,
    never_enrolled,
    ending,
)

__all__ = ["SCENES", "prepare"]
