"""The subsidy in the story: batches prepared, approved by another, sent, settled; nobody paid twice."""

import csv
import io
import uuid

from services.cli.client import ApiProblem
from services.cli.demo.county import FUND_FEN, County
from services.cli.demo.stage import Stage

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
    stage.expect("编制人不能审批自己的批次", _refused(stage, batch, seen), True)
    stage.post("assistance", "approver", f"batches/{batch}/approvals", **seen)
    stage.post("assistance", "approver", f"batches/{batch}/dispatches")
    sent = list(csv.reader(io.StringIO(approver.download(f"/api/v1/batches/{batch}/bank-file").decode(ENCODING))))
    stage.expect(f"银行文件 {lines} 笔", len(sent) - 1, lines)
    report = approver.upload_bytes(f"/api/v1/batches/{batch}/settlements", "回盘.csv", _returned(sent), _key())
    stage.expect("回盘入账", (report["paid"], report["refused"]), (lines, []))
    again = approver.upload_bytes(f"/api/v1/batches/{batch}/settlements", "回盘.csv", _returned(sent), _key())
    stage.expect("同一回盘再传一次，不重复入账", (again["paid"], again["known"]), (0, lines))


def expect_conserved(stage: Stage, county: County) -> None:
    """Received = available + committed + paid, to the fen."""
    (fund,) = [
        row["cells"] for row in stage.people.at("assistance", "county").rows("funds") if row["key"] == county.fund
    ]
    parts = fund["available_fen"] + fund["committed_fen"] + fund["paid_fen"]
    stage.expect("资金守恒：到账 = 可用 + 占用 + 已发", (fund["received_fen"], parts), (FUND_FEN, FUND_FEN))


def _refused(stage: Stage, batch: str, seen: dict[str, int]) -> bool:
    """Whether the preparer, even with an approver's role, is kept from approving."""
    try:
        stage.people.at("assistance", "turncoat").post(f"/api/v1/batches/{batch}/approvals", seen)
    except ApiProblem as problem:
        return problem.code == "same-hand-not-allowed"
    return False


def _returned(sent: list[list[str]]) -> bytes:
    """The bank's answer to a file: everything paid."""
    heading, *lines = sent
    where = {name: heading.index(name) for name in ("序号", "账号", "金额", "摘要")}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*where, "结果代码", "原因"])
    writer.writerows([[*(line[column] for column in where.values()), "0000", "成功"] for line in lines])
    return out.getvalue().encode(ENCODING)


def _key() -> str:
    return uuid.uuid4().hex
