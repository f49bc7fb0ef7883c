"""What is told of a household, as sheets: its hardship, and the account that receives its aid."""

from dataclasses import replace
from datetime import date

from services.registry.imports import checks, vocabulary
from services.registry.imports.columns import ID_NUMBER, STUDENT_NUMBER, bank_account, resident_id
from shared.workbooks.parsers import choice, code, day, name, name_doubts, text
from shared.workbooks.shapes import Field, SheetShape


def households(today: date) -> SheetShape:
    """The poverty list: a line for each member of a household in a category of hardship."""
    return SheetShape(
        title="贫困名单",
        fields=(
            Field(
                name="household_no",
                title="户编号",
                synonyms=("户号", "家庭编号", "户籍编号"),
                required=True,
                parse=code,
            ),
            Field(name="head_name", title="户主姓名", synonyms=("户主",), parse=name, doubts=name_doubts),
            Field(
                name="member_name",
                title="家庭成员姓名",
                synonyms=("成员姓名", "姓名", "人员姓名", "家庭成员"),
                required=True,
                parse=name,
                doubts=name_doubts,
            ),
            Field(
                name="member_id_number",
                title="成员身份证号",
                synonyms=(
                    "家庭成员身份证号",
                    "成员证件号码",
                    "成员身份证号码",
                    *ID_NUMBER.synonyms,
                    ID_NUMBER.title,
                ),
                expected=True,
                parse=resident_id,
            ),
            Field(
                name="category",
                title="困难类别",
                synonyms=("类别", "户类型", "贫困类型", "家庭类别", "户属性", "认定类别", "困难类型"),
                required=True,
                parse=choice(vocabulary.HOUSEHOLD_CATEGORIES),
            ),
            Field(
                name="category_from",
                title="认定日期",
                synonyms=("认定时间", "识别时间", "起始日期", "纳入时间", "纳入日期"),
                required=True,
                parse=day(latest=today),
            ),
            Field(name="source", title="来源", synonyms=("名单来源", "认定部门", "来源部门"), parse=text(100)),
            Field(
                name="evidence",
                title="文号",
                synonyms=("认定文号", "批准文号", "佐证", "佐证材料", "证明材料"),
                parse=text(200),
            ),
        ),
    )


ACCOUNTS = SheetShape(
    title="监护人银行账户表",
    fields=(
        Field(name="name", title="学生姓名", synonyms=("姓名",), required=True, parse=name, doubts=name_doubts),
        replace(ID_NUMBER, expected=True, synonyms=("学生身份证号", *ID_NUMBER.synonyms)),
        STUDENT_NUMBER,
        Field(
            name="account_name",
            title="监护人姓名",
            synonyms=("监护人", "账户名", "户名", "开户人", "持卡人"),
            required=True,
            parse=name,
            doubts=name_doubts,
        ),
        Field(name="bank", title="开户银行", synonyms=("开户行", "银行")),
        Field(
            name="guardian_account",
            title="账号",
            synonyms=("银行账号", "社会保障卡账号", "一卡通账号", "银行卡号", "卡号"),
            required=True,
            parse=bank_account,
        ),
    ),
    check=checks.check_account,
)
