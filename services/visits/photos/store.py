"""Where the bytes of photographs are kept."""

from typing import Any, Protocol

from gridfs import GridFS
from pymongo.database import Database

from services.visits.ids import PhotoHash
from shared.privacy import Cipher
from shared.privacy.files import open_file, seal_file

COLLECTION = "photos"


class PhotoStore(Protocol):
    def keep(self, photo: PhotoHash, content: bytes) -> None:
        """Keep the bytes; they are on disk when this returns. Keeping them again does no harm."""
        ...

    def find(self, photo: PhotoHash) -> bytes | None:
        """The bytes, or None when they were never kept."""
        ...


class SealedGridFs:
    """Photographs in GridFS, sealed: they show children.

    A file is found by its name, the hash, and not by its id: an upload that broke off leaves chunks without a file
    behind, which must not stand in the way of the next one.
    """

    def __init__(self, database: Database[dict[str, Any]], cipher: Cipher) -> None:
        self._files = GridFS(database, COLLECTION)
        self._cipher = cipher

    def keep(self, photo: PhotoHash, content: bytes) -> None:
        if not self._files.exists(filename=photo):
            self._files.put(seal_file(self._cipher, content), filename=photo)

    def find(self, photo: PhotoHash) -> bytes | None:
        found = self._files.find_one({"filename": photo})
        return None if found is None else open_file(self._cipher, found.read())
