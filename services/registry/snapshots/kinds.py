"""Every kind of list that can be brought to the registry, and what people call it."""

from enum import StrEnum


class ListKind(StrEnum):
    POPULATION = "population"
    REGISTRATIONS = "registrations"
    LAST_ROSTERS = "last-rosters"
    POVERTY = "poverty"
    DISABILITY = "disability"
    DEATHS = "deaths"
    MIGRATION = "migration"


IMPORT_LABELS: dict[str, str] = {
    "divisions": "行政区划表",
    "schools": "学校名单",
    "rosters": "在校生花名册",
    "households": "贫困名单（认定）",
    "attendance": "考勤表",
    "accounts": "监护人账户",
    "groups": "重点群体名单",
    "guardians": "监护人名单",
    "correction-receipts": "更正录入回执",
    "graduates": "毕业生名册",
    "primary-leavers": "小学毕业升学名册",
}
"""Lists whose rows become facts at once; of them no lines are kept."""

LIST_LABELS: dict[str, str] = {
    ListKind.POPULATION: "人口名单（户籍、常住）",
    ListKind.REGISTRATIONS: "全国学籍系统导出名单",
    ListKind.LAST_ROSTERS: "上学期学生花名册",
    ListKind.POVERTY: "脱贫户和监测对象名单",
    ListKind.DISABILITY: "持证残疾儿童名单",
    ListKind.DEATHS: "死亡销户名单",
    ListKind.MIGRATION: "户口迁移名单",
}
"""Lists that are kept as they were on a day, to be compared with each other and with the registry."""

KIND_LABELS = IMPORT_LABELS | LIST_LABELS
