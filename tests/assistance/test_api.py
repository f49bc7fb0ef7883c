"""A term's subsidy through the public API, on a real database: money in, batch, bank file, return file."""

import io
from typing import Any

import pytest

from services.assistance.ledgers.views import LEDGERS, VIEWS
from shared.config import Settings
from shared.kernel.verify import verify_ledger
from shared.workbooks.writing import write_table
from tests.assistance.conftest import Suite
from tests.assistance.facts import (
    AUTUMN,
    HALF_YEAR,
    dropped_out,
    enrolled,
    poor,
    registered,
    returned,
    suspected,
)
from tests.assistance.test_storyline import DAY
from tests.shared.http.client import Client

PROGRAMME = {"programme_id": "living-2026", "name": "生活补助", "first_term": AUTUMN, "opened_on": "2026-09-01"}
RECEIPT = {
    "name": "生活补助资金",
    "source": "县级财政",
    "document_no": "县财教〔2026〕1号",
    "amount_fen": 1_000_000,
    "received_on": "2026-09-01",
}
ACCOUNTS = {"c1": "6217000000000000001", "c2": "6217000000000000002", "c3": ""}


@pytest.fixture
def paying(suite: Suite) -> Suite:
    """Three eligible boarders, one of them without an account; a fund; an open programme."""
    assert suite.sign_in("finance_preparer").post("/funds/f1/receipts", RECEIPT).status_code == 201
    for child, account in ACCOUNTS.items():
        sealed = suite.seal(child, "guardian_account", account) if account else None
        suite.says(registered(child, sealed), enrolled(child), poor(child))
    assert suite.sign_in("county_admin").post("/programmes", PROGRAMME).status_code == 201
    suite.settle_down()
    return suite


def start(suite: Suite) -> str:
    body = {"programme_id": "living-2026", "fund_id": "f1", "period": AUTUMN}
    answer = suite.sign_in("finance_preparer").post("/batches", body)
    assert answer.status_code == 201, answer.json
    suite.settle_down()
    return answer.json["stream"].removeprefix("batch-")


def approve_and_send(suite: Suite, batch: str) -> None:
    approver = suite.sign_in("finance_approver")
    sheet = approver.get(f"/batches/{batch}").json
    body = {"lines": len(sheet["lines"]), "total_fen": sheet["total_fen"]}
    assert approver.post(f"/batches/{batch}/approvals", body).status_code == 201
    assert approver.post(f"/batches/{batch}/dispatches", {}).status_code == 201


def bank_file(suite: Suite, batch: str) -> list[list[str]]:
    answer = suite.sign_in("finance_approver").get(f"/batches/{batch}/bank-file")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return [line.split(",") for line in answer.data.decode("gbk").splitlines()]


HEADINGS = ["序号", "账号", "户名", "证件号", "金额", "摘要", "结果代码", "原因"]


def upload(client: Client, batch: str, lines: list[list[str]], query: str = "") -> Any:
    content = "\r\n".join(",".join(line) for line in [HEADINGS, *lines]).encode("gbk")
    return upload_bytes(client, batch, content, query)


def upload_bytes(client: Client, batch: str, content: bytes, query: str = "") -> Any:
    boundary = "xyz"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="r.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    ).encode() + content
    data = io.BytesIO(body + f"\r\n--{boundary}--\r\n".encode()).getvalue()
    path = f"/batches/{batch}/settlements{query}"
    return client.send("POST", path, data, f"multipart/form-data; boundary={boundary}")


def test_a_term_is_paid_from_receipt_to_return_file(paying: Suite):
    batch = start(paying)
    sheet = paying.sign_in("finance_approver").get(f"/batches/{batch}").json
    assert (sheet["status"], len(sheet["lines"]), sheet["refused"]) == ("PREPARED", 2, 1)
    assert sheet["total_capital"] == "壹仟贰佰伍拾元整"
    approve_and_send(paying, batch)
    heading, *lines = bank_file(paying, batch)
    assert heading == ["序号", "账号", "户名", "证件号", "金额", "摘要"]
    assert [(line[1], line[4]) for line in lines] == [
        (ACCOUNTS["c1"], "625.00"),
        (ACCOUNTS["c2"], "625.00"),
    ]
    preparer = paying.sign_in("finance_preparer")
    answer = upload(
        preparer, batch, [[*lines[0], "0000", ""], [*lines[1], "1002", "户名不符"], [*lines[0], "0000", ""]]
    )
    assert answer.json["refused"][0]["code"] == "TWICE"
    answer = upload(preparer, batch, [[*lines[0], "0000", ""], [*lines[1], "1002", "户名不符"]])
    assert answer.status_code == 201
    assert (answer.json["paid"], answer.json["returned"], answer.json["refused"]) == (1, 0, [])
    again = upload(preparer, batch, [[*lines[0], "0000", ""], [*lines[1], "1002", "户名不符"]])
    assert (again.json["paid"], again.json["returned"], again.json["known"]) == (0, 0, 2)
    assert paying.row("batches", batch)["status"] == "SETTLED"
    fund = paying.row("funds", "f1")
    assert (fund["paid_fen"], fund["committed_fen"]) == (HALF_YEAR, HALF_YEAR)
    assert paying.row("payment-lines", f"c2:living-2026:{AUTUMN}")["reason"] == "NAME_MISMATCH"
    assert paying.row("payment-lines", f"c3:living-2026:{AUTUMN}")["reason"] == "NO_ACCOUNT"


def test_a_workbook_is_taken_as_return_file_and_says_what_it_did_not_read_and_what_still_waits(paying: Suite):
    batch = start(paying)
    approve_and_send(paying, batch)
    first, second = bank_file(paying, batch)[1:]
    content = io.BytesIO()
    lines = [[*first, "0000", "成功"], [*second, "0", ""]]
    write_table(content, "回盘", "代发结果", [(heading, 10.0) for heading in HEADINGS], lines)
    answer = upload_bytes(paying.sign_in("finance_preparer"), batch, content.getvalue())
    assert answer.status_code == 201, answer.json
    assert (answer.json["paid"], answer.json["waiting"], answer.json["unread_sheets"]) == (1, 1, [])
    [refused] = answer.json["refused"]
    assert (refused["sheet"], refused["row"], refused["code"]) == ("回盘", 4, "CODE_MANGLED")


def test_a_file_whose_total_does_not_agree_books_nothing(paying: Suite):
    batch = start(paying)
    approve_and_send(paying, batch)
    lines = [[*line, "0000", ""] for line in bank_file(paying, batch)[1:]]
    total = ["合计", "", "", "", "1250.00", "", "", ""]
    answer = upload(paying.sign_in("finance_preparer"), batch, [lines[0], total])
    assert (answer.status_code, answer.json["code"]) == (422, "return-totals-differ")
    assert paying.row("batches", batch)["paid"] == 0
    assert upload(paying.sign_in("finance_preparer"), batch, [*lines, total]).json["paid"] == 2


def test_a_county_s_own_codes_hold_as_soon_as_they_are_written(paying: Suite, settings: Settings):
    batch = start(paying)
    approve_and_send(paying, batch)
    lines = [[*line, "S", ""] for line in bank_file(paying, batch)[1:]]
    preparer, own = paying.sign_in("finance_preparer"), settings.bank_layouts_file
    assert own is not None
    assert [each["code"] for each in upload(preparer, batch, lines).json["refused"]] == ["UNKNOWN_CODE"] * 2
    own.write_text(own.read_text("utf-8").replace('["0000"]', '["0000", "S"]'), "utf-8")
    assert upload(preparer, batch, lines).json["paid"] == 2
    own.write_text("[retrun_file]", "utf-8")
    assert upload(preparer, batch, lines).json["code"] == "bank-layouts-not-valid"


def test_a_payment_that_came_back_is_proposed_from_the_bank_s_file_and_confirmed_by_another(paying: Suite):
    batch = start(paying)
    approve_and_send(paying, batch)
    first, second = bank_file(paying, batch)[1:]
    preparer, approver = paying.sign_in("finance_preparer"), paying.sign_in("finance_approver")
    upload(preparer, batch, [[*first, "0000", ""], [*second, "1002", ""]])
    overturned = [[*first, "1004", ""], [*second, "0000", ""]]
    listed = upload(preparer, batch, overturned).json
    assert [(each["seq"], each["booked"], each["answer"]) for each in listed["contrary"]] == [
        (1, "PAID", "RETURNED"),
        (2, "RETURNED", "PAID"),
    ]
    assert (listed["proposed"], listed["refused"]) == (0, [])
    lone = upload(preparer, batch, overturned, "?document_no=7")
    assert (lone.status_code, lone.json["code"]) == (422, "fields-not-valid")
    evidence = f"?document_no=7&answered_on={DAY}"
    for _ in range(2):
        assert upload(preparer, batch, overturned, evidence).json["proposed"] == 2
    path, both = f"/batches/{batch}/later-answers", {"seqs": [1, 2]}
    assert preparer.post(f"{path}/confirmations", both).json["code"] == "role-not-allowed"
    same = paying.sign_in("finance_approver", subject="Finance_Preparer-1")
    assert same.post(f"{path}/confirmations", both).json["code"] == "same-hand-not-allowed"
    assert paying.row("funds", "f1")["paid_fen"] == HALF_YEAR
    assert approver.post(f"{path}/confirmations", both).status_code == 201
    told = paying.row("batches", batch)
    assert (told["status"], told["paid"], told["came_back"], told["went_through"]) == ("SETTLED", 1, 1, 1)
    assert paying.row("payment-lines", f"c1:living-2026:{AUTUMN}")["status"] == "RETURNED"
    assert paying.row("payment-lines", f"c2:living-2026:{AUTUMN}")["status"] == "PAID"
    rows = paying.sign_in("auditor").get("/ledgers/later-answers?status=CONFIRMED").json["rows"]
    assert [row["cells"]["child.name"] for row in rows] == ["石小满"] * 2


def test_a_later_answer_is_proposed_by_its_number_in_the_batch_and_can_be_withdrawn(paying: Suite):
    batch = start(paying)
    approve_and_send(paying, batch)
    preparer = paying.sign_in("finance_preparer")
    upload(preparer, batch, [[*line, "0000", ""] for line in bank_file(paying, batch)[1:]])
    path = f"/batches/{batch}/later-answers"
    body = {"document_no": "退汇7号", "answered_on": DAY.isoformat()}
    said = {"seq": 1, "answer": "RETURNED", "reason": "ACCOUNT_CLOSED"}
    assert preparer.post(path, {**body, "answers": [said]}).status_code == 201
    withdrawn = preparer.post(f"{path}/withdrawals", {"seqs": [1], "reason": "看错了行"})
    assert withdrawn.status_code == 201
    for wrong in ({**said, "reason": ""}, {**said, "answer": "PAID"}, {**said, "reason": "SOMETHING"}):
        assert preparer.post(path, {**body, "answers": [wrong]}).json["code"] == "fields-not-valid"
    assert preparer.post(path, {**body, "answers": [{**said, "seq": 9}]}).json["code"] == "line-not-sent"
    stranger = paying.sign_in("finance_approver", division="349922")
    assert stranger.post(path, {**body, "answers": [said]}).status_code == 404
    assert stranger.post(f"{path}/confirmations", {"seqs": [1]}).status_code == 404


def test_no_stored_event_or_row_holds_an_account_in_the_open(paying: Suite):
    approve_and_send(paying, start(paying))
    database = paying.runtime.store.database
    stored = [str(each) for name in database.list_collection_names() for each in database[name].find({})]
    assert stored
    assert not any(account in each for account in ACCOUNTS.values() if account for each in stored)


def test_a_child_that_was_lost_and_came_back_is_held_suspended_and_paid_for_its_days(paying: Suite):
    paying.says(suspected(DAY))
    assert paying.row("entitlements", "c1:living-2026")["status"] == "HELD"
    paying.says(dropped_out(DAY))
    assert paying.row("entitlements", "c1:living-2026")["status"] == "SUSPENDED"
    paying.says(returned(DAY))
    assert paying.row("entitlements", "c1:living-2026")["status"] == "ACTIVE"


def test_the_preparer_cannot_approve_and_the_approver_cannot_prepare(paying: Suite):
    batch = start(paying)
    body = {"lines": 2, "total_fen": 2 * HALF_YEAR}
    refused = paying.sign_in("finance_preparer").post(f"/batches/{batch}/approvals", body)
    assert (refused.status_code, refused.json["code"]) == (403, "role-not-allowed")
    same = paying.sign_in("finance_approver", subject="finance_preparer-1")
    refused = same.post(f"/batches/{batch}/approvals", body)
    assert (refused.status_code, refused.json["code"]) == (409, "same-hand-not-allowed")
    refused = paying.sign_in("finance_preparer").get(f"/batches/{batch}/bank-file")
    assert refused.status_code == 403


@pytest.mark.prop("P16")
def test_another_county_finds_no_batch_fund_or_child(paying: Suite):
    batch = start(paying)
    stranger = paying.sign_in("finance_approver", division="349922")
    assert stranger.get(f"/batches/{batch}").status_code == 404
    assert stranger.get(f"/batches/{batch}/bank-file").status_code == 404
    assert stranger.get("/eligibility/c1").status_code == 404
    approval = {"lines": 2, "total_fen": 2 * HALF_YEAR}
    assert stranger.post(f"/batches/{batch}/approvals", approval).status_code == 404
    assert upload(stranger, batch, [["1", "2", "3", "", "1.00", "x", "0000", ""]]).status_code == 404


def test_eligibility_says_what_a_child_gets(paying: Suite):
    offers = paying.sign_in("finance_preparer").get("/eligibility/c1").json["offers"]
    assert [(offer["eligible"], offer["year_fen"]) for offer in offers] == [(True, 125_000)]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "not-a-return-file"), ("账号".encode("utf-16"), "not-a-return-file"), (b"a,b\r\n1,2", "not-a-return-file")],
)
def test_a_file_that_is_no_return_file_is_refused_whole(paying: Suite, content: bytes, code: str):
    batch = start(paying)
    approve_and_send(paying, batch)
    data = b'--x\r\nContent-Disposition: form-data; name="file"; filename="r"\r\n\r\n' + content + b"\r\n--x--\r\n"
    answer = paying.sign_in("finance_preparer").send(
        "POST", f"/batches/{batch}/settlements", data, "multipart/form-data; boundary=x"
    )
    assert (answer.status_code, answer.json["code"]) == (422, code)


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_every_ledger_is_read_as_json_and_as_a_workbook(paying: Suite, view: str):
    start(paying)
    auditor = paying.sign_in("auditor")
    page = auditor.get(f"/ledgers/{view}")
    assert page.status_code == 200, page.json
    assert "6217000000000000001" not in page.text
    assert auditor.get(f"/ledgers/{view}.xlsx").status_code == 200


def test_payment_lines_show_the_account_masked(paying: Suite):
    start(paying)
    rows = paying.sign_in("auditor").get("/ledgers/payment-lines?status=IN_BATCH").json["rows"]
    assert [row["cells"]["child.account"] for row in rows] == ["*" * 15 + "0001", "*" * 15 + "0002"]
    assert [row["cells"]["child.name"] for row in rows] == ["石小满"] * 2


@pytest.mark.prop("P10")
def test_the_service_s_own_ledgers_are_what_a_replay_makes(paying: Suite):
    batch = start(paying)
    approve_and_send(paying, batch)
    lines, preparer = bank_file(paying, batch)[1:], paying.sign_in("finance_preparer")
    upload(preparer, batch, [[*line, "0000", ""] for line in lines])
    upload(preparer, batch, [[*line, "1004", ""] for line in lines], f"?document_no=7&answered_on={DAY}")
    paying.sign_in("finance_approver").post(f"/batches/{batch}/later-answers/confirmations", {"seqs": [1]})
    paying.says(suspected(DAY), dropped_out(DAY), returned(DAY))
    store = paying.runtime.store
    for ledger in LEDGERS:
        if ledger.source == "assistance":
            assert list(verify_ledger(store, ledger, {})) == []
            assert store.ledger_collection(ledger.name).count_documents({}) > 0
