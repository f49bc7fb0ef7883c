"""Which lists from outside the registry can be kept as snapshots."""

from enum import StrEnum


class ListKind(StrEnum):
    POPULATION = "population"
    REGISTRATIONS = "registrations"
    LAST_ROSTERS = "last-rosters"
    POVERTY = "poverty"
    DISABILITY = "disability"
    DEATHS = "deaths"
    MIGRATION = "migration"


KIND_LABELS: dict[str, str] = {
    ListKind.POPULATION: "人口名单（户籍、常住）",
    ListKind.REGISTRATIONS: "全国学籍系统导出名单",
    ListKind.LAST_ROSTERS: "上学期学生花名册",
    ListKind.POVERTY: "脱贫户和监测对象名单",
    ListKind.DISABILITY: "持证残疾儿童名单",
    ListKind.DEATHS: "死亡销户名单",
    ListKind.MIGRATION: "户口迁移名单",
}
