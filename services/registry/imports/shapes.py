"""The county's lists as sheets: their columns and synonyms, and the canonical keys of a row read from them.

Dates after `today` are refused, so the shapes with dates are made for a day.
"""

from dataclasses import replace
from datetime import date

from services.registry.groups.catalogue import catalogue
from services.registry.imports import checks, vocabulary
from services.registry.imports.columns import (
    CLASS_NO,
    GRADE,
    ID_NUMBER,
    PUPIL_NAME,
    SCHOOL_CODE,
    STUDENT_NUMBER,
    bank_account,
    division,
    mobile,
    resident_id,
)
from shared.workbooks.parsers import choice, code, day, integer, name, sentence, text
from shared.workbooks.shapes import Field, SheetShape

MOST_PUPILS_OF_A_CLASS = 200

SCHOOLS = SheetShape(
    title="学校名单",
    fields=(
        replace(SCHOOL_CODE, required=True),
        Field(name="name", title="学校名称", synonyms=("学校", "学校全称", "校名"), required=True),
        Field(
            name="kind",
            title="办学类型",
            synonyms=("学校类型", "学校类别", "类型", "办学层次", "学校办学类型"),
            required=True,
            parse=choice(vocabulary.SCHOOL_KINDS),
        ),
        Field(
            name="division",
            title="所在乡镇代码",
            synonyms=("乡镇代码", "区划代码", "行政区划代码", "驻地代码", "驻地行政区划代码"),
            required=True,
            parse=division,
        ),
        Field(name="district", title="督学责任区", synonyms=("督学区", "责任区", "所属督学责任区")),
        Field(
            name="private",
            title="办别",
            synonyms=("办学性质", "举办者类型", "公办民办"),
            parse=choice(vocabulary.PRIVATE),
        ),
        Field(
            name="demonstration_level",
            title="示范级别",
            synonyms=("示范等级", "幼儿园示范级别"),
            parse=choice(vocabulary.DEMONSTRATION_LEVELS),
        ),
        Field(name="address", title="学校地址", synonyms=("地址", "详细地址"), parse=text(200)),
    ),
)


DIVISIONS = SheetShape(
    title="行政区划表",
    fields=(
        Field(
            name="division_code",
            title="区划代码",
            synonyms=("行政区划代码", "统计用区划代码", "代码"),
            required=True,
            parse=division,
        ),
        Field(name="name", title="名称", synonyms=("区划名称", "单位名称"), required=True, parse=text(50)),
        Field(name="valid_from", title="启用日期", synonyms=("生效日期", "起始日期"), required=True, parse=day()),
        Field(name="valid_to", title="撤销前最后日期", synonyms=("终止日期", "失效日期"), parse=day()),
    ),
)


_GUARDIAN = (
    Field(
        name="guardian_name",
        title="监护人姓名",
        synonyms=("监护人", "家长姓名", "家长", "监护人1姓名"),
        parse=name,
    ),
    Field(
        name="guardian_relation",
        title="与学生关系",
        synonyms=("关系", "监护人关系", "与监护人关系", "监护人与学生关系", "家长与学生关系"),
        parse=choice(vocabulary.GUARDIAN_RELATIONS),
    ),
    Field(
        name="guardian_phone",
        title="监护人电话",
        synonyms=("联系电话", "家长电话", "监护人联系电话", "联系方式", "手机号", "电话"),
        parse=code,
    ),
)
_HOME = (
    Field(name="household_no", title="户编号", synonyms=("户号", "家庭编号", "户口编号"), parse=code),
    Field(
        name="village_code",
        title="村(居)代码",
        synonyms=("村居代码", "村代码", "行政村代码", "户籍地代码", "村级代码"),
        parse=division,
    ),
    Field(
        name="village_name",
        title="村(居)名称",
        synonyms=("行政村", "所在村", "村居", "村委会", "户籍村"),
    ),
    Field(name="address", title="家庭住址", synonyms=("住址", "家庭地址", "现住址", "详细地址")),
)


def rosters(today: date) -> SheetShape:
    """A school's roster (在校生花名册). After the check, sex, birth date, grade and class are always there.

    `school_code` and `school_name` are what the row itself says; see `places` for where a roster belongs.
    """
    return SheetShape(
        title="学生花名册",
        fields=(
            PUPIL_NAME,
            Field(name="sex", title="性别", parse=choice(vocabulary.SEXES)),
            replace(ID_NUMBER, expected=True),
            STUDENT_NUMBER,
            Field(name="birth_date", title="出生日期", synonyms=("出生年月日", "生日"), parse=day(latest=today)),
            GRADE,
            CLASS_NO,
            Field(
                name="boarder",
                title="是否寄宿",
                synonyms=("是否住校", "寄宿", "住校", "是否寄宿生", "就读方式", "住宿情况", "寄宿情况"),
                parse=choice(vocabulary.BOARDING),
            ),
            *_GUARDIAN,
            Field(name="class_teacher", title="班主任", synonyms=("班主任姓名", "班主任老师"), parse=name),
            *_HOME,
            Field(name="ethnicity", title="民族", parse=choice(vocabulary.ETHNICITIES)),
            SCHOOL_CODE,
            Field(name="school_name", title="学校名称", synonyms=("就读学校", "学校", "所在学校")),
            Field(
                name="enrolled_on",
                title="入学日期",
                synonyms=("入学时间", "入学年月", "入校日期", "入校时间"),
                parse=day(latest=today),
            ),
        ),
        check=checks.roster_check(today),
    )


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
            Field(name="head_name", title="户主姓名", synonyms=("户主",), parse=name),
            Field(
                name="member_name",
                title="家庭成员姓名",
                synonyms=("成员姓名", "姓名", "人员姓名", "家庭成员"),
                required=True,
                parse=name,
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
        ),
    )


def attendance(today: date) -> SheetShape:
    """A list of absent pupils: a line for each pupil and day."""
    return SheetShape(
        title="学生缺勤登记表",
        fields=(
            PUPIL_NAME,
            ID_NUMBER,
            STUDENT_NUMBER,
            GRADE,
            CLASS_NO,
            Field(
                name="date",
                title="缺勤日期",
                synonyms=("日期", "缺课日期", "缺勤时间", "缺课时间"),
                required=True,
                parse=day(latest=today),
            ),
            Field(
                name="kind",
                title="缺勤类型",
                synonyms=("类型", "缺勤类别", "考勤类型", "缺课类型", "请假类型"),
                required=True,
                parse=choice(vocabulary.ABSENCE_KINDS),
            ),
            Field(name="remark", title="备注", synonyms=("说明", "缺勤原因", "缺课原因"), parse=sentence(500)),
        ),
        check=checks.check_attendance,
    )


def headcounts(today: date) -> SheetShape:
    """The headcount of each class and day beside the list of the absent: it shows that school was held."""
    count = integer(0, MOST_PUPILS_OF_A_CLASS)
    return SheetShape(
        title="班级人数统计表",
        fields=(
            Field(name="date", title="日期", synonyms=("考勤日期",), required=True, parse=day(latest=today)),
            GRADE,
            CLASS_NO,
            Field(name="expected", title="应到", synonyms=("应到人数", "应到数"), required=True, parse=count),
            Field(name="present", title="实到", synonyms=("实到人数", "实到数"), required=True, parse=count),
        ),
        check=checks.check_headcount,
    )


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


def guardians(today: date) -> SheetShape:
    """A list of guardians (监护人名单): a line for each child and guardian."""
    named, related, reached = _GUARDIAN
    return SheetShape(
        title="监护人名单",
        fields=(
            replace(PUPIL_NAME, title="学生姓名", synonyms=("姓名", "学生", "儿童姓名")),
            replace(ID_NUMBER, synonyms=("学生身份证号", *ID_NUMBER.synonyms)),
            STUDENT_NUMBER,
            replace(named, required=True),
            replace(related, required=True),
            Field(
                name="guardian_id_number",
                title="监护人身份证号",
                synonyms=("监护人身份证", "监护人证件号码", "家长身份证号", "监护人身份证号码"),
                parse=resident_id,
            ),
            replace(reached, parse=mobile),
            Field(
                name="linked_on",
                title="起始日期",
                synonyms=("监护起始日期", "监护开始日期", "担任日期", "起始时间"),
                required=True,
                parse=day(latest=today),
            ),
            Field(
                name="consent",
                title="同意文书",
                synonyms=("同意文书名称和编号", "同意证明", "佐证", "佐证材料", "文号"),
                parse=text(100),
            ),
        ),
        check=checks.check_identity,
    )


def correction_receipts(today: date) -> SheetShape:
    """The list of corrections to enter (待录入国家系统更正清单) as it comes back from whoever entered them."""
    return SheetShape(
        title="更正录入回执",
        fields=(
            Field(name="number", title="更正编号", synonyms=("编号",), required=True, parse=text(100)),
            Field(
                name="advanced_on",
                title="录入日期",
                synonyms=("录入时间", "修改日期"),
                required=True,
                parse=day(latest=today),
            ),
            Field(
                name="reference",
                title="录入回执编号",
                synonyms=("回执编号", "回执号", "业务流水号"),
                required=True,
                parse=text(100),
            ),
        ),
    )


def graduates(today: date) -> SheetShape:
    """Who has finished the ninth grade (毕业生名册): a line for each pupil."""
    return SheetShape(
        title="毕业生名册",
        fields=(
            PUPIL_NAME,
            ID_NUMBER,
            STUDENT_NUMBER,
            Field(
                name="certificate",
                title="证书类别",
                synonyms=("毕业或结业", "毕结业类别", "证书类型"),
                required=True,
                parse=choice(vocabulary.CERTIFICATES),
            ),
            Field(
                name="certificate_no",
                title="证书编号",
                synonyms=("毕业证书编号", "毕业证号", "证书号"),
                required=True,
                parse=text(50),
            ),
            _ended_on(today),
        ),
        check=checks.check_identity,
    )


def primary_leavers(today: date) -> SheetShape:
    """Who has finished the sixth grade, and the junior school that awaits each (小学毕业升学名册)."""
    return SheetShape(
        title="小学毕业升学名册",
        fields=(
            PUPIL_NAME,
            ID_NUMBER,
            STUDENT_NUMBER,
            replace(
                SCHOOL_CODE,
                name="next_school_code",
                title="升入学校标识码",
                synonyms=("升入学校代码", "对口初中标识码", "初中标识码"),
                required=True,
            ),
            _ended_on(today),
        ),
        check=checks.check_identity,
    )


def _ended_on(today: date) -> Field:
    return Field(name="ended_on", title="毕业日期", synonyms=("毕业时间",), required=True, parse=day(latest=today))


ACCOUNTS = SheetShape(
    title="监护人银行账户表",
    fields=(
        Field(name="name", title="学生姓名", synonyms=("姓名",), required=True, parse=name),
        replace(ID_NUMBER, expected=True, synonyms=("学生身份证号", *ID_NUMBER.synonyms)),
        STUDENT_NUMBER,
        Field(
            name="account_name",
            title="监护人姓名",
            synonyms=("监护人", "账户名", "户名", "开户人", "持卡人"),
            required=True,
            parse=name,
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
