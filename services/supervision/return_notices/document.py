"""The notice as a document: plain fields, and a page to print. Names only, no other personal data."""

from dataclasses import dataclass
from datetime import date
from html import escape

from services.supervision.labels import STOP_REASON
from services.supervision.ledgers.children import class_name
from services.supervision.return_notices.events import NoticeIssued
from services.supervision.return_notices.outlook import hint
from services.supervision.return_notices.state import Notice, NoticeStatus

TITLE = "限期复学通知书"
LAW = "《中华人民共和国义务教育法》第五十八条"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What stands on the paper. `deadline` is known once it is served; a `withdrawn` one is no longer valid.

    `note` is for who issues and serves it, and is shown on the screen alone.
    """

    title: str
    number: str
    addressee: str
    paragraphs: tuple[str, ...]
    law: str
    deadline: str
    issuer: str
    issued_on: str
    withdrawn: bool
    withdrawn_because: str
    note: str


def document_of(notice: Notice) -> Document | None:
    """The document, or None before the notice is issued."""
    issue = notice.issue
    if issue is None:
        return None
    return Document(
        title=TITLE,
        number=issue.number,
        addressee=issue.addressee.guardian_name,
        paragraphs=_paragraphs(issue),
        law=LAW,
        deadline=_deadline(notice),
        issuer=issue.issuer,
        issued_on=chinese_date(issue.issued_on),
        withdrawn=notice.status is NoticeStatus.WITHDRAWN,
        withdrawn_because=_withdrawn_because(notice),
        note=hint(notice),
    )


def chinese_date(day: date) -> str:
    """2026年9月16日"""
    return f"{day.year}年{day.month}月{day.day}日"


def _paragraphs(issue: NoticeIssued) -> tuple[str, ...]:
    child = issue.addressee
    where = f"{child.school_name}{class_name(child.grade, child.class_no)}" if child.grade else child.school_name
    of_school, missing, come, back = (
        (f"（{where}学生）", "到校", "返校", "返校复学") if where else ("", "入学", "入学", "入学")
    )
    return (
        f"经查，您监护的适龄儿童、少年{child.child_name}{of_school}自{chinese_date(issue.absent_since)}起"
        f"未{missing}接受义务教育，学校及有关人员已劝返{issue.attempts}次，至今未{come}。",
        f"具体情况：{issue.facts}",
        f"根据{LAW}的规定，现责令您自收到本通知书之日起{issue.days}日内送{child.child_name}{back}。"
        "期限自送达次日起计算，最后一日为法定节假日或休息日的，顺延至其后第一个工作日。",
        f"因身体状况等正当理由不能{come}的，请在上述期限内向学校或本机关提交书面申请和有关证明。",
    )


def _withdrawn_because(notice: Notice) -> str:
    if notice.withdrawn:
        return notice.withdrawn.ground
    if notice.status is NoticeStatus.WITHDRAWN and notice.stopped_because:
        return STOP_REASON[notice.stopped_because]
    return ""


def _deadline(notice: Notice) -> str:
    return chinese_date(notice.service.last_day) if notice.service else ""


def as_html(document: Document) -> str:
    """A page of its own, in UTF-8, that prints on A4."""
    body = "\n".join(f"<p>{escape(text)}</p>" for text in document.paragraphs)
    deadline = f"<p>复学期限截止：{escape(document.deadline)}</p>" if document.deadline else ""
    because = f"（{escape(document.withdrawn_because)}）" if document.withdrawn_because else ""
    withdrawn = f'<p class="withdrawn">本通知书已撤回{because}，不再有效。</p>' if document.withdrawn else ""
    note = f'<p class="note">提示：{escape(document.note)}。</p>' if document.note else ""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{escape(document.title)} {escape(document.number)}</title>
<style>
@page {{ size: A4; margin: 30mm 26mm; }}
body {{ font: 16pt/1.9 "FangSong", "仿宋", "Noto Serif CJK SC", serif; max-width: 158mm; margin: 0 auto; }}
h1 {{ font-size: 22pt; text-align: center; }}
.number, .seal {{ text-align: right; }}
.to {{ text-indent: 0; }}
.withdrawn {{ border: 2px solid; text-align: center; text-indent: 0; }}
.note {{ background: #f0f0f0; font-size: 12pt; text-indent: 0; }}
@media print {{ .note {{ display: none; }} }}
p {{ text-indent: 2em; margin: 0 0 .4em; }}
</style>
</head>
<body>
{note}{withdrawn}<h1>{escape(document.title)}</h1>
<p class="number">{escape(document.number)}</p>
<p class="to">{escape(document.addressee)}：</p>
{body}
{deadline}<p class="seal">{escape(document.issuer)}（盖章）</p>
<p class="seal">{escape(document.issued_on)}</p>
</body>
</html>
"""
