"""Noting uploads. (A use is noted by the command that records the visit or the attempt.)"""

from dataclasses import dataclass
from typing import ClassVar

from services.visits.ids import Division, PhotoHash, SchoolCode
from services.visits.photos.events import PhotoUploaded
from shared.kernel.commands import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePhotoUploaded:
    """The bytes were stored a moment ago."""

    NAME: ClassVar[str] = "visits.note-photo-uploaded"
    photo: PhotoHash
    media_type: str
    size: int


def note_uploaded(before: bool, command: NotePhotoUploaded, context: Context) -> list[PhotoUploaded]:
    """`before`: the same bytes were uploaded earlier, by whomever; again, they change nothing."""
    if before:
        return []
    scope = context.caller.scope
    return [
        PhotoUploaded(
            photo=command.photo,
            media_type=command.media_type,
            size=command.size,
            uploaded_by=context.actor,
            division=Division(scope.division),
            school_code=SchoolCode(scope.school),
        )
    ]
