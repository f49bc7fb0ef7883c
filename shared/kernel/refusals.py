"""Refusals: what the suite says when a request cannot be carried out.

A refusal states a fact in Chinese for the clerk and in English for the developer, under a stable `code`.
It knows nothing of HTTP: `shared.http.problems` alone maps a refusal's `kind` to a status.
"""

from datetime import date
from enum import StrEnum
from typing import ClassVar


class Kind(StrEnum):
    """Why a request was refused, in the caller's terms."""

    INVALID = "invalid"  # the request itself cannot be understood or is impossible
    CONFLICT = "conflict"  # the request is sound but the facts stand against it
    NOT_FOUND = "not-found"  # there is no such thing, or none in the caller's scope
    FORBIDDEN = "forbidden"  # the caller's role may not do this
    UNAVAILABLE = "unavailable"  # try again later


class Refused(Exception):
    """The request was understood and turned down; nothing has changed."""

    code: str = "refused"
    kind: ClassVar[Kind] = Kind.CONFLICT
    field: str | None = None

    def __init__(self, zh: str, en: str, *, field: str | None = None) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
        self.field = field


class NotFound(Refused):
    code = "not-found"
    kind = Kind.NOT_FOUND

    def __init__(self, what: str = "") -> None:
        super().__init__("没有找到，或不在您的管理范围内。", f"not found or out of scope: {what}".rstrip(": "))


class RoleNotAllowed(Refused):
    code = "role-not-allowed"
    kind = Kind.FORBIDDEN

    def __init__(self, role: str, action: str) -> None:
        super().__init__("您的岗位没有办理此事项的权限。", f"role {role} may not {action}")


class OutOfScope(Refused):
    code = "out-of-scope"
    kind = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__("该事项不在您的管理范围内。", "the place is outside the caller's scope")


class SameHandNotAllowed(Refused):
    """Separation of duties: two steps of one procedure need two people."""

    code = "same-hand-not-allowed"

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first}与{second}必须由不同的人办理。", f"{first} and {second} must be different people")


class VersionConflict(Refused):
    """Somebody else changed the stream since the caller read it."""

    code = "version-conflict"

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(
            f"记录已被他人更新（您看到第{expected}版，现为第{actual}版），请刷新后重试。",
            f"stream {stream}: expected version {expected}, actual {actual}",
        )
        self.stream, self.expected, self.actual = stream, expected, actual


class CommandIdReused(Refused):
    """The same idempotency key came with another request."""

    code = "idempotency-key-reused"
    kind = Kind.INVALID

    def __init__(self) -> None:
        super().__init__(
            "同一个幂等键已用于另一请求，请更换幂等键。", "this idempotency key was used for another request"
        )


class AlreadyRecorded(Refused):
    """A value that must be unique in the whole service is already in use."""

    code = "already-recorded"

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}已经登记过，不能重复登记。", f"already recorded: {what}")


class DateInFuture(Refused):
    code = "date-in-future"
    kind = Kind.INVALID

    def __init__(self, field: str) -> None:
        super().__init__("日期晚于今天，不能登记还没有发生的事情。", "the date lies in the future", field=field)


class DateBefore(Refused):
    """A date before another that must come first."""

    code = "date-out-of-order"
    kind = Kind.INVALID

    def __init__(self, field: str, what: str, what_en: str, limit: date) -> None:
        super().__init__(
            f"日期早于{what}（{limit:%Y-%m-%d}），先后顺序不对，请核对。",
            f"the date is before {what_en} ({limit})",
            field=field,
        )
