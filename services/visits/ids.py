"""Ids of the visits service."""

from typing import NewType

ChildId = NewType("ChildId", str)
"""As the registry drew it. It says nothing about the child."""

VisitId = NewType("VisitId", str)
"""Unique within the child; derived from the event that asked for the visit."""

SchoolCode = NewType("SchoolCode", str)
"""学校标识码: ten digits."""

Division = NewType("Division", str)
"""Code of a village or township, 2-12 digits."""

PhotoHash = NewType("PhotoHash", str)
"""SHA-256 of the photograph's bytes, 64 lower-case hexadecimal digits."""
