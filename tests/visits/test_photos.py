"""Photographs: what counts as one."""

import pytest

from services.visits.photos.formats import check_photo, photo_hash
from services.visits.photos.refusals import NotAPhoto, PhotoTooLarge
from services.visits.policy import PhotoPolicy

POLICY = PhotoPolicy(max_bytes=64)
JPEG, PNG = b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(("content", "media_type"), [(JPEG, "image/jpeg"), (PNG, "image/png")])
def test_the_bytes_tell_what_a_photograph_is(content: bytes, media_type: str) -> None:
    assert check_photo(POLICY, content + bytes(8)) == media_type


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg/>", b"PK\x03\x04", JPEG[:2]])
def test_anything_else_is_no_photograph(content: bytes) -> None:
    with pytest.raises(NotAPhoto):
        check_photo(POLICY, content)


def test_a_photograph_has_a_largest_size() -> None:
    assert check_photo(POLICY, JPEG + bytes(60)) == "image/jpeg"
    with pytest.raises(PhotoTooLarge):
        check_photo(POLICY, JPEG + bytes(61))


def test_one_byte_makes_another_photograph() -> None:
    assert photo_hash(JPEG) == photo_hash(JPEG) != photo_hash(PNG)
    assert len(photo_hash(JPEG)) == 64
