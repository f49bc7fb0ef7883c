"""The words of the county's lists: each written form with the registry's own word for it."""

from collections.abc import Mapping
from typing import Final, TypeVar

from services.registry.guardians.relations import RELATION_FORMS
from services.registry.schools.kinds import DemonstrationLevel

T = TypeVar("T")


def written_as(words: Mapping[T, str]) -> dict[str, T]:
    """Each of the blank-separated written forms with the meaning that it stands for."""
    return {form: meaning for meaning, forms in words.items() for form in forms.split()}


SEXES: Final = written_as({"M": "男 男性 1", "F": "女 女性 2"})

SCHOOL_KINDS: Final = written_as(
    {
        "KINDERGARTEN": "幼儿园 中心幼儿园",
        "TEACHING_POINT": "教学点 小学教学点",
        "PRIMARY": "小学 完全小学 完小 中心小学",
        "NINE_YEAR": "九年一贯制学校 九年一贯制 九年制学校 九年一贯",
        "JUNIOR_MIDDLE": "初级中学 初中 普通初中",
        "COMPLETE_MIDDLE": "完全中学 完中",
        "TWELVE_YEAR": "十二年一贯制学校 十二年一贯制",
        "SPECIAL": "特殊教育学校 特教学校 特殊教育",
        "SPECIALIZED_CORRECTIONAL": "专门学校",
    }
)

PRIVATE: Final = written_as({True: "民办 私立 民办学校", False: "公办 公立 公办学校"})

DEMONSTRATION_LEVELS: Final = written_as(
    {
        DemonstrationLevel.PROVINCE: "省级 省级示范 省级示范园 省示范",
        DemonstrationLevel.CITY: "市级 市级示范 市级示范园 市示范",
        DemonstrationLevel.COUNTY: "县级 县级示范 县级示范园 县示范",
        DemonstrationLevel.NONE: "无 非示范",
    }
)

HOUSEHOLD_CATEGORIES: Final = written_as(
    {
        "LIFTED_OUT": "脱贫户 脱贫家庭 建档立卡户 建档立卡贫困户 建档立卡 贫困户",
        "MONITORED": (
            "监测对象 监测户 防返贫监测对象 脱贫不稳定户 脱贫不稳定 边缘易致贫户 边缘户 突发严重困难户 突发困难户"
        ),
        "SUBSISTENCE_ALLOWANCE": "低保户 低保 农村低保 最低生活保障",
        "EXTREME_POVERTY": "特困户 特困 特困供养 特困人员 五保户",
        "DISABILITY": "残疾 困难残疾 残疾户 残疾学生家庭",
        "NONE": "一般户 一般农户",
    }
)

ABSENCE_KINDS: Final = written_as(
    {
        "PRESENT": "到校 出勤 在校 已到校 正常出勤",
        "UNEXCUSED": "旷课 无故旷课 无故缺席 无故未到校 未请假",
        "SICK": "病假 因病请假",
        "PERSONAL": "事假 因事请假",
        "SENT_HOME": "在家反省 回家反省 停课 停学 劝退",
    }
)

COMPLETE: Final = (
    "完整缺勤名单",
    "缺勤名单完整",
    "未列出的学生均到校",
    "未列学生均到校",
    "其余学生均到校",
    "其余学生全部到校",
)
"""What a line above an attendance sheet says when it names everybody who was not there."""

CERTIFICATES: Final = written_as({"DIPLOMA": "毕业 毕业证书 毕业证", "COMPLETION": "结业 结业证书 结业证"})

BOARDING: Final = written_as(
    {
        True: "是 √ ✓ 有 Y 1 寄宿 住校 住宿 寄宿生 住校生 内宿",
        False: "否 × ✗ N 0 走读 不寄宿 不住校 通学 走读生 外宿 非寄宿",
    }
)

WAYS_OF_ATTENDING: Final = written_as(
    {
        False: "走读 1 走读生 通学 外宿 不寄宿 不住校 非寄宿",
        True: "住校 2 寄宿 住宿 寄宿生 住校生 内宿",
    }
)
"""The national codes of 就读方式, where 1 is a day pupil. Under 是否寄宿 the same 1 is a yes: the column decides."""

GUARDIAN_RELATIONS: Final = written_as(RELATION_FORMS)
"""Codes of GB/T 4761, as far as they describe a guardian."""
