"""Who issues a notice, as it is printed: a township's authority, after the township's name in the register."""

from collections.abc import Mapping

AUTHORITIES: Mapping[str, str] = {
    "街道": "街道办事处",
    "镇": "镇人民政府",
    "乡": "乡人民政府",
    "苏木": "苏木人民政府",
    "开发区": "开发区管理委员会",
    "园区": "园区管理委员会",
    "新区": "新区管理委员会",
}
"""How a division's name ends, and how its authority's does. Any other name is printed as it is registered."""


def authority_of(division_name: str) -> str:
    """青石镇 -> 青石镇人民政府; 云岭经济开发区 -> 云岭经济开发区管理委员会"""
    for ending, authority in AUTHORITIES.items():
        if division_name.endswith(ending):
            return division_name.removesuffix(ending) + authority
    return division_name
