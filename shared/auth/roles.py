"""Roles as data: what a service knows of the roles that a token may name."""

from collections.abc import Mapping
from enum import StrEnum


class ScopedBy(StrEnum):
    """What a token of a role must say about the part of the county that it opens.

    Without this a claim that was forgotten would open everything.
    """

    NOTHING = "nothing"
    DIVISION = "division"
    SCHOOL = "school"


Roles = Mapping[str, ScopedBy]
"""The roles a service accepts, by the claim they must bring."""
