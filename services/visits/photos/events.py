"""What happened to a photograph. Its stream is named by the hash of its bytes."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.visits.ids import ChildId, Division, PhotoHash, SchoolCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoUploaded:
    """The bytes are kept. `size` in bytes; `media_type` as found in the bytes, not as claimed."""

    TYPE: ClassVar[str] = "visits.photo-uploaded.v1"
    photo: PhotoHash
    media_type: str
    size: int
    uploaded_by: str
    division: Division
    school_code: SchoolCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoUsed:
    """The photograph serves as evidence for a child. `occasion` is the visit's id, or `attempt-<cycle>-<number>`."""

    TYPE: ClassVar[str] = "visits.photo-used.v1"
    OCCURRED_ON: ClassVar[str] = "used_on"
    photo: PhotoHash
    child_id: ChildId
    occasion: str
    used_on: date
    division: Division
    school_code: SchoolCode


PhotoEvent = PhotoUploaded | PhotoUsed
