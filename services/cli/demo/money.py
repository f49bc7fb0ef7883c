"""The subsidy in the story: batches prepared, approved by another, sent, settled; nobody paid twice."""

import csv
import io
import uuid
from collections.abc import Callable
from typing import Any

from services.cli.client import ApiProblem
from services.cli.demo.county import FUND_FEN, County
from services.cli.demo.stage import Cells, Stage

ENCODING = "gbk"  # of the default bank file


def start_batch(stage: Stage, county: County, lines: int) -> str:
    """Prepare a batch for the term, and wait until it has gathered its lines."""
    outcome = stage.post(
        "assistance", "preparer", "batches",
        programme_id=county.programme, fund_id=county.fund, period=county.term.id, school_code=stage.school,
    )  # fmt: skip
    batch = str(outcome["stream"]).partition("-")[2]
    sheet = stage.until(
        lambda: stage.people.at("assistance", "preparer").get(f"/api/v1/batches/{batch}"),
        lambda found: found["status"] == "PREPARED",
    )
    stage.expect(f"批次编制完成，{lines} 笔", (sheet["status"], len(sheet["lines"])), ("PREPARED", lines))
    return batch


def pay(stage: Stage, batch: str, lines: int) -> None:
    """Approve, send and settle a batch as the bank would; `lines` go out to the bank."""
    approver = stage.people.at("assistance", "approver")
    sheet = approver.get(f"/api/v1/batches/{batch}")
    seen = {"lines": len(sheet["lines"]), "total_fen": sheet["total_fen"]}
    stage.expect("编制人不能审批自己的批次", _same_hand(stage, f"batches/{batch}/approvals", seen), True)
    stage.post("assistance", "approver", f"batches/{batch}/approvals", **seen)
    stage.post("assistance", "approver", f"batches/{batch}/dispatches")
    sent = list(csv.reader(io.StringIO(approver.download(f"/api/v1/batches/{batch}/bank-file").decode(ENCODING))))
    stage.expect(f"银行文件 {lines} 笔", len(sent) - 1, lines)
    for code, sentence, why in UNCLEAR:
        unclear = _settle(stage, batch, _returned(sent, code, sentence))
        booked = unclear["paid"], unclear["returned"], [line["code"] for line in unclear["refused"]]
        stage.expect(f"结果“{code} {sentence}”没有约定的含义，不入账", booked, (0, 0, [why] * lines))
    wrong_total = _returned(sent, total="合计,,0.01,,,")
    stage.expect("合计不符的回盘，一笔也不入账", _turned_down(lambda: _settle(stage, batch, wrong_total)), True)
    report = _settle(stage, batch, _returned(sent))
    stage.expect("回盘入账", (report["paid"], report["refused"]), (lines, []))
    again = _settle(stage, batch, _returned(sent))
    stage.expect("同一回盘再传一次，不重复入账", (again["paid"], again["known"]), (0, lines))


UNCLEAR = (
    ("0", "成功", "CODE_MANGLED"),
    ("代发成功", "", "UNKNOWN_CODE"),
    ("0000", "账号不存在", "CODE_AND_SENTENCE_DIFFER"),
)
"""Answers without an agreed meaning: the code, the sentence beside it, and why their lines come back."""


def answer_anew(stage: Stage, county: County, batch: str) -> None:
    """Days after “paid” the bank sends the first line back, and then says that it went through after all."""
    paid = _fund(stage, county)["paid_fen"]
    amount = stage.people.at("assistance", "approver").get(f"/api/v1/batches/{batch}")["lines"][0]["amount_fen"]
    _answered(stage, batch, "退汇通知1号", answer="RETURNED", reason="ACCOUNT_CLOSED")
    stage.expect("退汇入账，已发金额减少", _fund(stage, county)["paid_fen"], paid - amount)
    expect_conserved(stage, county)
    _answered(stage, batch, "入账证明1号", answer="PAID")
    stage.expect("又说已入账，已发金额恢复", _fund(stage, county)["paid_fen"], paid)


def _answered(stage: Stage, batch: str, document: str, **said: str) -> None:
    """One person says what the bank says now, another confirms it."""
    later, first = f"batches/{batch}/later-answers", {"seqs": [1]}
    answers = [{"seq": 1, **said}]
    today = stage.today().isoformat()
    stage.post("assistance", "preparer", later, answers=answers, document_no=document, answered_on=today)
    stage.expect("提出人不能自己确认", _same_hand(stage, f"{later}/confirmations", first), True)
    stage.post("assistance", "approver", f"{later}/confirmations", **first)


def expect_conserved(stage: Stage, county: County) -> None:
    """Received = available + committed + paid, to the fen."""
    fund = _fund(stage, county)
    parts = fund["available_fen"] + fund["committed_fen"] + fund["paid_fen"]
    stage.expect("资金守恒：到账 = 可用 + 占用 + 已发", (fund["received_fen"], parts), (FUND_FEN, FUND_FEN))


def _fund(stage: Stage, county: County) -> Cells:
    (fund,) = [row for row in stage.people.at("assistance", "county").rows("funds") if row["key"] == county.fund]
    cells: Cells = fund["cells"]
    return cells


def _same_hand(stage: Stage, path: str, body: dict[str, Any]) -> bool:
    """Whether the preparer, even with an approver's role, is kept from what needs a second person."""
    try:
        stage.people.at("assistance", "turncoat").post(f"/api/v1/{path}", body)
    except ApiProblem as problem:
        return problem.code == "same-hand-not-allowed"
    return False


def _turned_down(act: Callable[[], object]) -> bool:
    try:
        act()
    except ApiProblem:
        return True
    return False


def _settle(stage: Stage, batch: str, file: bytes) -> Any:
    approver = stage.people.at("assistance", "approver")
    return approver.upload_bytes(f"/api/v1/batches/{batch}/settlements", "回盘.csv", file, uuid.uuid4().hex)


def _returned(sent: list[list[str]], code: str = "0000", sentence: str = "成功", total: str = "") -> bytes:
    """The bank's answer to a file: the same for every line."""
    heading, *lines = sent
    where = {name: heading.index(name) for name in ("序号", "账号", "金额", "摘要")}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*where, "结果代码", "原因"])
    writer.writerows([[*(line[column] for column in where.values()), code, sentence] for line in lines])
    return (out.getvalue() + total).encode(ENCODING)
