"""What has no agreed meaning is refused, not decided: codes, sentences, accounts and totals of a return file."""

import io
from dataclasses import replace

import pytest
import xlsxwriter

from services.assistance.batches.answers import Answer, answer_of
from services.assistance.batches.decisions import LineResult
from services.assistance.batches.refusals import (
    BankLayoutsNotValid,
    NotAReturnFile,
    ReturnTotalsDiffer,
    TotalNotReadable,
)
from services.assistance.batches.return_file import SentLine, check_return
from services.assistance.batches.return_tables import read_return_file
from services.assistance.beneficiaries.payments import ReturnReason
from services.assistance.ids import ChildId
from services.assistance.policy import read_layouts
from tests.assistance.county import POLICY

LAYOUT, MEMO = POLICY.return_file, "生活补助AAAAAA"
HEADINGS = ("序号", "账号", "金额", "摘要", "结果代码", "原因")
ACCOUNTS = {seq: f"62170000000000000{seq:02}" for seq in (1, 2, 3)}
SENT = {seq: SentLine(ChildId(f"c{seq}"), account, 62_500) for seq, account in ACCOUNTS.items()}


def line(seq=1, code="0000", sentence="", *, amount="625.00", account=None, memo=MEMO):
    return (str(seq), account or ACCOUNTS[seq], amount, memo, code, sentence)


def text(*lines, encoding="gbk"):
    return "\r\n".join(",".join(cells) for cells in (HEADINGS, *lines)).encode(encoding)


def workbook(*lines, headings=HEADINGS, above=(), sheet="Sheet1", more=(), hidden=()) -> bytes:
    """A sheet with title rows above its heading; `more` sheets by name and rows; those named in `hidden` are."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name, rows in ((sheet, [*above, headings, *lines]), *more):
            page = book.add_worksheet(name)
            for at, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    (page.write_number if isinstance(cell, (int, float)) else page.write_string)(at, column, cell)
            if name in hidden:
                page.hide()
    return content.getvalue()


def check(content: bytes, layout=LAYOUT, sent=SENT):
    return check_return(read_return_file(content, layout).rows, sent, MEMO, layout)


def refusals(content: bytes, **more):
    return [each.code for each in check(content, **more).refused]


# -- codes and sentences


@pytest.mark.parametrize("code", ["00000", "S", "代发成功", "E77", "1011"])
def test_a_code_that_is_in_no_table_books_nothing_and_is_named(code):
    checked = check(text(line(code=code, sentence="账户不存在")))
    assert (checked.accepted, [each.code for each in checked.refused]) == ((), ["UNKNOWN_CODE"])
    assert code in checked.refused[0].zh
    assert "与银行核对" in checked.refused[0].zh


@pytest.mark.parametrize("code", ["0", "000", "0.0", "000.0", "1001.0"])
def test_a_code_that_a_spreadsheet_made_a_number_is_named_as_that_and_not_guessed(code):
    checked = check(text(line(code=code)))
    assert (checked.accepted, [each.code for each in checked.refused]) == ((), ["CODE_MANGLED"])
    assert "Excel" in checked.refused[0].zh


def test_where_the_width_of_codes_is_agreed_a_number_is_filled_up_and_text_is_not():
    layout = replace(LAYOUT, paid_codes=frozenset({"0000"}), code_width=4)
    assert answer_of("0", "", layout, is_number=True) == Answer()
    assert answer_of("0", "", layout).unclear == "CODE_MANGLED"
    assert answer_of("1002", "", layout, is_number=True).returned is ReturnReason.NAME_MISMATCH


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("0000", "账户已冻结"), ("0000", "交易未成功"), ("1001", "交易成功"), ("0000", "处理中"), ("1001", "待处理")],
)
def test_code_and_sentence_that_contradict_each_other_are_refused(code, sentence):
    assert refusals(text(line(code=code, sentence=sentence))) == ["CODE_AND_SENTENCE_DIFFER"]


@pytest.mark.parametrize(("code", "sentence"), [("0000", "交易成功"), ("9999", "交易不成功"), ("1002", "户名不符")])
def test_code_and_sentence_that_agree_are_booked(code, sentence):
    assert len(check(text(line(code=code, sentence=sentence))).accepted) == 1


def test_a_sentence_alone_is_no_answer():
    [refused] = check(text(line(code="", sentence="成功"))).refused
    assert refused.code == "UNREADABLE"
    assert "结果代码" in refused.zh


def test_what_is_no_code_is_not_quoted_since_it_may_be_an_account():
    [refused] = check(text(line(code="6217000000000000009"))).refused
    assert "6217" not in refused.zh


def test_a_county_adds_a_code_in_a_file_of_its_own(tmp_path):
    own = tmp_path / "bank.toml"
    shipped = POLICY.layouts
    columns = ",".join(f'{{field="{each.field}",heading="{each.heading}"}}' for each in LAYOUT.columns)
    own.write_text(
        f'[return_file]\nencoding="gbk"\nseparator=","\ncolumns=[{columns}]\npaid_codes=["S"]\n'
        '[return_file.reasons]\nF = "OTHER"\n',
        "utf-8",
    )
    layouts = read_layouts(own, shipped)
    assert len(check(text(line(code="S")), layouts.return_file).accepted) == 1
    assert refusals(text(line(code="0000")), layout=layouts.return_file) == ["UNKNOWN_CODE"]
    assert layouts.bank_file == shipped.bank_file
    assert read_layouts(None, shipped) == shipped


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        'paid_codes=["S"]',
        'paid_codes=["F"]\n[return_file.reasons]\nF="OTHER"',
        'paid_codes=[]\n[return_file.reasons]\nF="NEVER_HEARD"',
    ],
    ids=["empty", "columns are missing", "a code means both", "a reason that is none"],
)
def test_a_file_of_layouts_that_is_wrong_is_refused_whole(tmp_path, wrong):
    columns = "" if wrong == 'paid_codes=["S"]' else ",".join(f'{{field="{f}",heading="{f}"}}' for f in HEADINGS)
    own = tmp_path / "bank.toml"
    own.write_text(f'[return_file]\nencoding="gbk"\nseparator=","\ncolumns=[{columns}]\n{wrong}\n', "utf-8")
    with pytest.raises(BankLayoutsNotValid):
        read_layouts(own, POLICY.layouts)
    own.write_text("[retrun_file]\n", "utf-8")
    with pytest.raises(BankLayoutsNotValid):
        read_layouts(own, POLICY.layouts)


# -- accounts


@pytest.mark.parametrize("written", ["6.217E+18", "6.217e+18", "6217000000000000000"])
def test_an_account_that_lost_its_digits_is_said_to_be_that_and_not_of_another_batch(written):
    [refused] = check(text(line(account=written))).refused
    assert refused.code == "ACCOUNT_DIGITS_LOST"
    assert "文本" in refused.zh


def test_an_account_that_lost_its_leading_zeros_is_said_to_be_that():
    sent = {1: SentLine(ChildId("c1"), "0021700000000001", 62_500)}
    assert refusals(text(line(account="21700000000001")), sent=sent) == ["ACCOUNT_DIGITS_LOST"]


# -- workbooks


def test_a_workbook_is_read_below_its_title_rows_with_numbers_and_text():
    content = workbook(
        (1.0, ACCOUNTS[1], 625.0, MEMO, "0000", "成功"),
        ("2", ACCOUNTS[2], "625.00", MEMO, 1002.0, "户名不符"),
        above=[("代发结果",), ("日期：2026-10-12",), ()],
    )
    checked = check(content)
    assert checked.accepted == (LineResult(ChildId("c1"), 62_500), LineResult(ChildId("c2"), 62_500, "NAME_MISMATCH"))
    assert (checked.refused, checked.waiting) == ((), 1)


def test_a_workbook_s_account_and_code_that_became_numbers_are_refused_as_that():
    content = workbook((1, 6.217e18, 625, MEMO, "0000", ""), (2, ACCOUNTS[2], 625, MEMO, 0, ""))
    checked = check(content)
    assert [(each.row, each.code) for each in checked.refused] == [(2, "ACCOUNT_DIGITS_LOST"), (3, "CODE_MANGLED")]


def test_hidden_sheets_are_named_and_not_read():
    content = workbook(line(1), more=[("旧", [HEADINGS, line(2)]), ("说明", [("注",)])], hidden=["旧"])
    file = read_return_file(content, LAYOUT)
    assert [row.fields["seq"] for row in file.rows] == ["1"]
    assert [(each.sheet, each.why) for each in file.unread] == [("旧", "hidden"), ("说明", "no-heading")]


def test_of_several_sheets_a_refused_line_says_which():
    content = workbook(line(1), more=[("第2页", [HEADINGS, line(2, code="S")])])
    [refused] = check(content).refused
    assert (refused.sheet, refused.row) == ("第2页", 2)


def test_without_a_heading_it_is_said_which_sheets_and_columns_were_looked_for():
    content = workbook(headings=("序号", "金额"), above=[("代发结果",)], more=[("旧", [HEADINGS])], hidden=["旧"])
    with pytest.raises(NotAReturnFile) as refusal:
        read_return_file(content, LAYOUT)
    assert all(told in refusal.value.zh for told in ("Sheet1", "旧", "隐藏", *HEADINGS))


def test_a_column_that_is_there_twice_is_not_chosen_between():
    with pytest.raises(NotAReturnFile, match="twice"):
        read_return_file(workbook(line(1), headings=(*HEADINGS, "金额")), LAYOUT)


def test_text_has_title_rows_and_repeated_headings_too():
    content = ("代发结果\r\n" + text(line(1), HEADINGS, line(2)).decode("gbk")).encode("gbk")
    checked = check(content)
    assert (len(checked.accepted), checked.refused) == (2, ())


def test_text_that_excel_saved_as_utf_8_is_read():
    assert len(check(text(line(1), encoding="utf-8-sig")).accepted) == 1


@pytest.mark.parametrize("content", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"])
def test_a_damaged_workbook_is_no_return_file(content):
    with pytest.raises(NotAReturnFile):
        read_return_file(content, LAYOUT)


# -- totals

TWO = (line(1), line(2, "1002"))
TOTALS = [
    ("合计", "", "1250.00", "", "", ""),
    ("", "合计", "1,250.00", "", "", ""),
    ("", "", "", "总计：2笔 1250.00元", "", ""),
    ("合计", "2", "1250.00", "", "", ""),
    ("小计", "2笔", "", "", "", ""),
    ("本页小计", "", "1250", "", "", ""),
]


@pytest.mark.parametrize("made", [text, workbook], ids=["text", "workbook"])
@pytest.mark.parametrize("total", TOTALS)
def test_a_total_is_recognised_and_agrees(made, total):
    total = tuple(cell.replace(",", "") if made is text else cell for cell in total)
    checked = check(made(*TWO, total))
    assert (len(checked.accepted), checked.refused) == (2, ())


@pytest.mark.parametrize("made", [text, workbook], ids=["text", "workbook"])
@pytest.mark.parametrize("total", TOTALS)
def test_of_a_file_that_lacks_a_line_of_its_total_nothing_is_booked(made, total):
    total = tuple(cell.replace(",", "") if made is text else cell for cell in total)
    with pytest.raises(ReturnTotalsDiffer) as refusal:
        check(made(TWO[0], total))
    assert "第3行" in refusal.value.zh


def test_subtotals_and_the_grand_total_each_agree_with_their_lines():
    pages = (line(1), ("小计", "1笔", "625.00", "", "", ""), line(2), ("小计", "1笔", "625.00", "", "", ""))
    assert len(check(text(*pages, ("合计", "2笔", "1250.00", "", "", ""))).accepted) == 2
    with pytest.raises(ReturnTotalsDiffer):
        check(text(*pages, ("合计", "3笔", "1875.00", "", "", "")))


def test_the_last_sheet_may_hold_the_total_of_all():
    content = workbook(line(1), more=[("第2页", [HEADINGS, line(2), ("总计", "", 1250, "", "", "")])])
    assert len(check(content).accepted) == 2


def test_a_total_that_says_nothing_is_not_passed_over():
    with pytest.raises(TotalNotReadable):
        check(text(*TWO, ("合计", "", "", "", "", "")))


def test_a_line_with_an_account_is_a_payment_whatever_its_words():
    assert refusals(text(line(1, memo="合计"))) == ["OTHER_BATCH"]
