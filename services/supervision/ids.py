"""The identifiers that this service passes about."""

from typing import NewType

ChildId = NewType("ChildId", str)
NoticeId = NewType("NoticeId", str)
