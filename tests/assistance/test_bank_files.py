"""What goes to the bank and what comes back: layouts are data, wrong lines are refused one by one."""

from dataclasses import replace

import pytest

from services.assistance.batches.bank_file import BankRow, NotInBankEncoding, write_bank_file
from services.assistance.batches.decisions import LineResult
from services.assistance.batches.layouts import BankColumn
from services.assistance.batches.refusals import NotAReturnFile
from services.assistance.batches.return_file import RefusedLine, SentLine, check_return
from services.assistance.batches.return_tables import read_return_file
from services.assistance.ids import ChildId
from tests.assistance.county import POLICY

LAYOUT, RETURNS, MEMO = POLICY.bank_file, POLICY.return_file, "生活补助AAAAAA"
ACCOUNT = "6217000000000000001"
SENT = {1: SentLine(ChildId("c1"), ACCOUNT, 31_250)}
GOOD = ("1", ACCOUNT, "312.50", MEMO, "0000", "")


def row(**more) -> BankRow:
    fields = {"seq": 1, "account": ACCOUNT, "account_name": "石大山", "id_number": "", "memo": MEMO}
    return BankRow(amount_fen=31_250, **(fields | more))


def file(*lines, headings="序号,账号,金额,摘要,结果代码,原因", encoding="gbk") -> bytes:
    return "\r\n".join([headings, *(",".join(line) for line in lines)]).encode(encoding)


def check(*lines, sent=SENT):
    return check_return(read_return_file(file(*lines), RETURNS).rows, sent, MEMO, RETURNS)


def test_the_shipped_layout_is_gbk_with_two_decimals_and_headings():
    content = write_bank_file([row(seq=2), row()], LAYOUT).decode("gbk").split("\r\n")
    assert content[0] == "序号,账号,户名,证件号,金额,摘要"
    assert content[1:] == [f"1,{ACCOUNT},石大山,,312.50,{MEMO}", f"2,{ACCOUNT},石大山,,312.50,{MEMO}", ""]


def test_another_bank_is_another_layout():
    columns = (BankColumn("amount", "金额"), BankColumn("account", "卡号"))
    layout = replace(LAYOUT, encoding="utf-8", separator="|", headings=False, columns=columns)
    assert write_bank_file([row()], layout) == f"312.50|{ACCOUNT}\r\n".encode()


def test_a_name_that_the_encoding_lacks_is_refused_and_not_replaced():
    with pytest.raises(NotInBankEncoding) as refusal:
        write_bank_file([row(account_name="𬀩大山")], LAYOUT)
    assert "𬀩" not in refusal.value.zh
    assert write_bank_file([row(account_name="𬀩大山")], replace(LAYOUT, encoding="gb18030"))


def test_a_paid_line_is_accepted():
    assert check(GOOD).accepted == (LineResult(ChildId("c1"), 31_250),)


@pytest.mark.parametrize(
    ("code", "sentence", "reason"),
    [
        ("1001", "", "ACCOUNT_NOT_FOUND"),
        ("1002", "", "NAME_MISMATCH"),
        ("9999", "该账户为睡眠户", "ACCOUNT_DORMANT"),
        ("9999", "其他", "OTHER"),
        ("失败", "", "OTHER"),
    ],
)
def test_result_codes_become_reasons_and_of_an_agreed_other_the_sentence_says_more(code, sentence, reason):
    [result] = check((*GOOD[:4], code, sentence)).accepted
    assert result.returned == reason


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("7", *GOOD[1:]), "UNKNOWN_LINE"),
        (("1", "6217000000000000009", *GOOD[2:]), "OTHER_BATCH"),
        ((*GOOD[:3], "生活补助BBBBBB", *GOOD[4:]), "OTHER_BATCH"),
        (("1", ACCOUNT, "312.51", *GOOD[3:]), "AMOUNT_DIFFERS"),
        (("1", ACCOUNT, "abc", *GOOD[3:]), "UNREADABLE"),
        ((*GOOD[:4], "", ""), "UNREADABLE"),
        (("", *GOOD[1:]), "UNREADABLE"),
    ],
)
def test_a_wrong_line_is_refused_with_its_reason(line, code):
    checked = check(line)
    assert (checked.accepted, checked.refused) == ((), (RefusedLine(2, code),))
    assert checked.refused[0].zh


def test_of_a_line_that_comes_twice_none_is_booked():
    checked = check(GOOD, (*GOOD[:4], "1001", ""))
    assert checked.accepted == ()
    assert [line.code for line in checked.refused] == ["TWICE", "TWICE"]


def test_a_file_sent_again_is_known_and_a_contrary_answer_is_listed_with_what_to_do():
    answered = {1: replace(SENT[1], answer="PAID")}
    assert check(GOOD, sent=answered).known == 1
    checked = check((*GOOD[:4], "1001", ""), sent=answered)
    [line] = checked.contrary
    assert (checked.accepted, checked.refused) == ((), ())
    assert (line.seq, line.booked, line.answer, line.returned) == (1, "PAID", "RETURNED", "ACCOUNT_NOT_FOUND")
    assert "与已入账结果相反" in line.zh


@pytest.mark.parametrize(
    "content",
    [b"", file(), file(GOOD, headings="序号,金额"), file(GOOD, encoding="utf-16")],
    ids=["empty", "headings only", "columns missing", "another encoding"],
)
def test_what_is_no_return_file_is_refused_whole(content):
    with pytest.raises(NotAReturnFile):
        read_return_file(content, RETURNS)
