"""The lines of lists, in sealed pages beside the log; the event of a list names its pages by their hashes.

See docs/decisions/0017-lists-beside-the-log.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

import msgspec

from services.registry.imports.intents import in_chunks
from services.registry.snapshots.lines import Line
from shared.kernel.store import Store
from shared.privacy import Cipher
from shared.privacy.files import open_file, seal_file

LINES_A_PAGE = 2000
COLLECTION = "list_pages"


class PageLost(RuntimeError):
    """A page that an event names is not there, or is not what it was: the list must be imported again."""


class ListPages:
    """Pages are never changed: a page's id is the SHA-256 of its sealed bytes, so whoever reads one can tell."""

    def __init__(self, store: Store, cipher: Cipher) -> None:
        self._pages = store.database[COLLECTION]
        self._cipher = cipher

    def write(self, lines: Iterable[Line]) -> Iterator[tuple[str, int]]:
        """Keep the lines; after each page its id and how many lines it has."""
        for page in in_chunks(lines, LINES_A_PAGE):
            content = seal_file(self._cipher, msgspec.msgpack.encode(page))
            id_ = sha256(content).hexdigest()
            self._pages.replace_one({"_id": id_}, {"content": content}, upsert=True)
            yield id_, len(page)

    def read(self, ids: Sequence[str]) -> Iterator[Line]:
        """The lines of these pages, in order. Raises PageLost."""
        for id_ in ids:
            found = self._pages.find_one({"_id": id_})
            if found is None or sha256(found["content"]).hexdigest() != id_:
                raise PageLost(id_)
            yield from msgspec.msgpack.decode(open_file(self._cipher, found["content"]), type=list[Line])
