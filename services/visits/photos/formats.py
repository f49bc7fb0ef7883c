"""What the bytes of a photograph are, by what they begin with: a file's name and header prove nothing."""

from hashlib import sha256

from services.visits.ids import PhotoHash
from services.visits.photos.refusals import NotAPhoto, PhotoTooLarge
from services.visits.policy import PhotoPolicy

_SIGNATURES = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
MEDIA_TYPES = tuple(_SIGNATURES)


def check_photo(policy: PhotoPolicy, content: bytes) -> str:
    """The media type. Raises NotAPhoto or PhotoTooLarge."""
    check_size(policy, len(content))
    for media_type, signature in _SIGNATURES.items():
        if content.startswith(signature):
            return media_type
    raise NotAPhoto()


def check_size(policy: PhotoPolicy, size: int) -> None:
    """Raises PhotoTooLarge; `size` in bytes."""
    if size > policy.max_bytes:
        raise PhotoTooLarge(policy.max_bytes)


def photo_hash(content: bytes) -> PhotoHash:
    return PhotoHash(sha256(content).hexdigest())
