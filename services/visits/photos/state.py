"""A photograph: where it belongs."""

from dataclasses import dataclass, replace
from typing import assert_never

from services.visits.ids import PhotoHash
from services.visits.photos.events import PhotoEvent, PhotoUploaded, PhotoUsed
from shared.kernel.aggregates import Aggregate
from shared.kernel.caller import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    id: PhotoHash
    used: bool = False
    place: Place | None = None


def evolve(photo: Photo, event: PhotoEvent) -> Photo:
    """It belongs where it was first used; until then, where it was uploaded."""
    here = Place(event.division, event.school_code)
    match event:
        case PhotoUploaded():
            return replace(photo, place=photo.place or here)
        case PhotoUsed():
            return photo if photo.used else replace(photo, used=True, place=here)
        case _:
            assert_never(event)


PHOTOS: Aggregate[Photo] = Aggregate(
    category="photo",
    initial=lambda id_: Photo(id=PhotoHash(id_)),
    evolve=evolve,
    place=lambda photo: photo.place or Place(),
)
