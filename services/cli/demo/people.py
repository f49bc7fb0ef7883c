"""The invented people who act in the demo, and their calls on the four services."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import httpx

from services.cli.client import ApiClient
from services.cli.suite import Suite
from shared.kernel.caller import Caller, Scope

COUNTY = "349921"
TOWNSHIP = "349921101"
VILLAGE = "349921101201"
SCHOOL_CODES = 2134_000000  # 小学, 34: what follows is drawn, so that the demo can be played again on the same suite
TOKENS_LAST = timedelta(hours=2)


def cast_of(school: str) -> Mapping[str, Caller]:
    """Who acts, by their part."""
    return {
        "county": Caller("demo-county", "county_admin", Scope(COUNTY), "县教育局管理员"),
        "bureau": Caller("demo-bureau", "bureau_officer", Scope(COUNTY), "县教育局教育股"),
        "principal": Caller("demo-principal", "school_admin", Scope(school=school), "校长办公室"),
        "teacher": Caller("demo-teacher", "class_teacher", Scope(school=school), "班主任"),
        "township": Caller("demo-township", "township_clerk", Scope(TOWNSHIP), "乡镇干事"),
        "preparer": Caller("demo-preparer", "finance_preparer", Scope(COUNTY), "资助中心制表"),
        "turncoat": Caller("demo-preparer", "finance_approver", Scope(COUNTY), "同一人换了岗位"),
        "approver": Caller("demo-approver", "finance_approver", Scope(COUNTY), "资助中心审批"),
        "operator": Caller("demo-operator", "operator", Scope(), "值班员"),
        "reader": Caller("demo-reader", "service", Scope(), "读取事件的系统"),
    }


def draw_school_code() -> str:
    return str(SCHOOL_CODES + secrets.randbelow(1_000_000))


@dataclass(frozen=True)
class People:
    """Everybody's way to the APIs of a running suite."""

    suite: Suite
    school: str
    http: httpx.Client

    @cached_property
    def _tokens(self) -> Mapping[str, str]:
        return {name: self.suite.sign(caller, TOKENS_LAST) for name, caller in cast_of(self.school).items()}

    def at(self, service: str, who: str) -> ApiClient:
        """A person's calls on one service."""
        return ApiClient(self.suite.url(service), self._tokens[who], self.http)
