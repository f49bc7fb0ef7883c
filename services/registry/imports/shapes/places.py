"""The lists of schools and of divisions as sheets."""

from dataclasses import replace

from services.registry.imports import vocabulary
from services.registry.imports.columns import SCHOOL_CODE, division
from shared.workbooks.parsers import choice, day, text
from shared.workbooks.shapes import Field, SheetShape

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
        Field(
            name="valid_to",
            title="撤销前最后日期",
            synonyms=("终止日期", "失效日期"),
            essential=True,
            parse=day(),
        ),
    ),
)
