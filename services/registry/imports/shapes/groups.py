"""Special groups of children as a sheet."""

from datetime import date

from services.registry.groups.catalogue import catalogue
from services.registry.imports import checks
from services.registry.imports.columns import ID_NUMBER, PUPIL_NAME, STUDENT_NUMBER
from shared.workbooks.parsers import choice, day, sentence, text
from shared.workbooks.shapes import Field, SheetShape


def groups(today: date) -> SheetShape:
    """A list of special groups (重点群体): a line for each child and group."""
    return SheetShape(
        title="重点群体名单",
        fields=(
            PUPIL_NAME,
            ID_NUMBER,
            STUDENT_NUMBER,
            Field(
                name="group",
                title="群体类别",
                synonyms=("类别", "群体", "重点群体", "人员类别", "对象类别"),
                required=True,
                parse=choice(catalogue().written_as),
            ),
            Field(
                name="from_on",
                title="列入日期",
                synonyms=("认定日期", "认定时间", "列入时间", "起始日期", "纳入日期"),
                required=True,
                parse=day(latest=today),
            ),
            Field(
                name="source",
                title="来源",
                synonyms=("名单来源", "认定部门", "来源部门"),
                required=True,
                parse=text(100),
            ),
            Field(name="evidence", title="佐证", synonyms=("佐证材料", "证明材料", "文号"), parse=text(200)),
            Field(
                name="particulars", title="具体情况", synonyms=("说明", "备注", "残疾类别等级"), parse=sentence(200)
            ),
        ),
        check=checks.check_identity,
    )
