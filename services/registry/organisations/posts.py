"""The posts of the leading groups, read from `posts.toml`. Rules 7-09, 7-10, 10-02 and 11-02."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

SHIPPED = Path(__file__).with_name("posts.toml")


class Level(StrEnum):
    COUNTY = "COUNTY"
    TOWNSHIP = "TOWNSHIP"
    SCHOOL = "SCHOOL"


class Line(StrEnum):
    """Which of the two answers: party or government."""

    NONE = ""
    PARTY = "PARTY"
    GOVERNMENT = "GOVERNMENT"


class Seating(StrEnum):
    ONE = "ONE"
    DEPARTMENT = "DEPARTMENT"
    GRADE = "GRADE"
    CLASS = "CLASS"


class Post(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    level: Level
    label: str
    line: Line = Line.NONE
    seat: Seating = Seating.ONE
    needed: bool = True


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the alert chain."""

    label: str
    posts: tuple[str, ...]


class Posts(msgspec.Struct, frozen=True, kw_only=True):
    level: Mapping[Level, str]
    chain: tuple[Step, ...]
    post: tuple[Post, ...]

    def of(self, level: Level) -> list[Post]:
        return [post for post in self.post if post.level is level]

    def named(self, code: str, level: Level) -> Post | None:
        return next((post for post in self.of(level) if post.code == code), None)


@cache
def posts() -> Posts:
    """Raises msgspec.ValidationError for a table with a gap."""
    return msgspec.toml.decode(SHIPPED.read_bytes(), type=Posts)


def post_labels() -> dict[str, str]:
    return {post.code: post.label for post in posts().post}
