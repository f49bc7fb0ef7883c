"""Invented names of people and places. County 349921 does not exist."""

from random import Random
from typing import Final

COUNTY_CODE: Final = "349921"
COUNTY_NAME: Final = "云岭县"

_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈彭吕苏卢蒋"
_DOUBLE_SURNAMES: Final = ("欧阳", "司徒", "上官", "诸葛")
_GIRLS: Final = "雨欣梦琪诗涵思妍佳怡晓月静雅紫萱若彤芷柔可馨语桐一诺"
_BOYS: Final = "浩宇子轩俊杰文博宇航天佑嘉豪志远明哲泽楷家伟一鸣小满"
_ADULTS: Final = "大山国强建军秀英桂兰志刚春梅德胜玉珍长林永福翠花金凤有田"
_TOWNSHIPS: Final = "落雁 青石 白鹭 云溪 望月 松岗 竹坪 石桥 芦花 枫林 晴川 桃源 鹿鸣 霜田 锦屏 碧潭".split()  # noqa: SIM905 - a word list
_VILLAGE_FIRST: Final = "东西南北上下新老大小前后"
_VILLAGE_SECOND: Final = "河坝湾塘坡岭庄沟店桥"
FAR_NAMES: Final = ("阿依古丽·买买提", "扎西·多吉", "巴特尔·那顺")


def surname(random: Random) -> str:
    return random.choice(_DOUBLE_SURNAMES) if random.random() < 0.02 else random.choice(_SURNAMES)


def child_name(random: Random, family: str, girl: bool) -> str:
    letters = _GIRLS if girl else _BOYS
    return family + "".join(random.choices(letters, k=random.choice((1, 2, 2, 2))))


def adult_name(random: Random, family: str) -> str:
    return family + "".join(random.choices(_ADULTS, k=2))


def township_name(number: int) -> str:
    """The name of the township with this number, from 0; unlike every other one's."""
    round_, place = divmod(number, len(_TOWNSHIPS))
    kind = "镇" if number % 2 == 0 else "乡"
    return f"{_TOWNSHIPS[place]}{'' if round_ == 0 else '东西南北中'[round_ - 1]}{kind}"


def village_name(number: int) -> str:
    """The name of the village with this number within its township, from 0."""
    first, second = divmod(number * 7, len(_VILLAGE_SECOND))
    return f"{_VILLAGE_FIRST[first % len(_VILLAGE_FIRST)]}{_VILLAGE_SECOND[second]}村"


MOST_TOWNSHIPS: Final = len(_TOWNSHIPS) * 6
