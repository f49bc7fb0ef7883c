"""One service's database: its collections, their indexes, and the concerns every access uses.

Collections: `events` (the log), `control` (partition heads, ledger pointers, consumer checkpoints), `commands`
(idempotency records), `deadlines`, `parked`, `applied` (what each batch of a consumer covered), `jobs`,
and `ledger.<name>.<generation>`.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from pymongo import ASCENDING, IndexModel, MongoClient
from pymongo.client_session import ClientSession
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from shared.kernel.ledgers import Ledger
from shared.kernel.recorded import Recorded, address, from_document
from shared.kernel.service import Service

Document = dict[str, Any]
DURABLE = WriteConcern(w="majority", j=True)
COMMITTED = ReadConcern("majority")
SNAPSHOT = ReadConcern("snapshot")
RECORDS_KEPT = timedelta(days=400)
"""How long outcomes of commands and times of receipts are kept: beyond a school year and its audit."""
GENESIS = b"\x00" * 32
FIXED_COLLECTIONS = ("events", "control", "commands", "deadlines", "parked", "applied", "jobs")


def connect(uri: str) -> MongoClient[Document]:
    """A client with the concerns the suite relies on. Make one a process, after any fork."""
    return MongoClient(
        uri,
        tz_aware=True,
        w="majority",
        journal=True,
        readConcernLevel="majority",
        serverSelectionTimeoutMS=5000,
        socketTimeoutMS=60_000,  # a server that stands still must not hold a thread for ever
        appname="not-one-less",
    )


def head_id(partition: int) -> str:
    return f"head/{partition}"


def pointer_id(ledger: str) -> str:
    return f"ledger/{ledger}"


def checkpoint_id(source: str, partition: int) -> str:
    return f"checkpoint/{source}/{partition}"


class Store:
    """The collections of one service in one database."""

    def __init__(self, client: MongoClient[Document], database: str, service: Service, partitions: int) -> None:
        self.client = client
        self.service = service
        self.partitions = partitions
        self.database: Database[Document] = client.get_database(
            database, read_concern=COMMITTED, write_concern=DURABLE
        )
        self.events = self.database["events"]
        self.control = self.database["control"]
        self.commands = self.database["commands"]
        self.deadlines = self.database["deadlines"]
        self.parked = self.database["parked"]
        self.applied = self.database["applied"]
        self.jobs = self.database["jobs"]

    def install(self) -> None:
        """Create what is missing: collections, indexes, heads, pointers, checkpoints. Safe to run at every start.

        Raises PartitionsChanged when the database was installed with another number of partitions.
        """
        existing = set(self.database.list_collection_names())
        for name in FIXED_COLLECTIONS:
            if name not in existing:
                self.database.create_collection(name, check_exists=False)
        self._check_partitions()
        self.events.create_indexes(
            [IndexModel([("stream", ASCENDING), ("version", ASCENDING)], unique=True), _ranges_of_ids("version")]
        )
        self.applied.create_indexes([_ranges_of_ids("first")])
        keep = int(RECORDS_KEPT.total_seconds())
        for records in (self.commands, self.applied):
            records.create_indexes([IndexModel([("at", ASCENDING)], expireAfterSeconds=keep)])
        self.deadlines.create_indexes([IndexModel([("next_try_at", ASCENDING)])])
        self.jobs.create_indexes([IndexModel([("finished_at", ASCENDING)])])
        self.parked.create_indexes([IndexModel([("source", ASCENDING), ("key", ASCENDING), ("position", ASCENDING)])])
        for partition in range(self.partitions):
            self._ensure(head_id(partition), {"position": 0, "hash": GENESIS, "time": None, "turn": 0})
        for source in self.service.contracts:
            for partition in range(self.partitions):
                self._ensure(checkpoint_id(source, partition), {"position": 0})
        for ledger in self.service.ledgers:
            self._ensure(pointer_id(ledger.name), {"collection": f"ledger.{ledger.name}.1"})
            self.prepare_ledger(ledger, self.ledger_collection(ledger.name))

    def _check_partitions(self) -> None:
        self._ensure("partitions", {"count": self.partitions})
        record = self.control.find_one({"_id": "partitions"}) or {}
        if record["count"] != self.partitions:
            raise PartitionsChanged(record["count"], self.partitions)

    def _ensure(self, id_: str, content: Document) -> None:
        self.control.update_one({"_id": id_}, {"$setOnInsert": content}, upsert=True)

    def prepare_ledger(self, ledger: Ledger, collection: Collection[Document]) -> None:
        models = [
            IndexModel([("division", ASCENDING), ("_id", ASCENDING)]),
            IndexModel([("school", ASCENDING), ("_id", ASCENDING)]),
        ]
        for index in ledger.indexes:
            options: dict[str, Any] = {"name": index.name}
            if index.unique:
                options |= {"unique": True, "partialFilterExpression": {index.fields[0]: {"$type": "string"}}}
            models.append(IndexModel([(name, ASCENDING) for name in index.fields], **options))
        collection.create_indexes(models)

    def ledger_collection(self, ledger: str, session: ClientSession | None = None) -> Collection[Document]:
        """The live rows of a ledger, wherever its latest rebuild put them."""
        pointer = self.control.find_one({"_id": pointer_id(ledger)}, session=session)
        if pointer is None:
            raise LookupError(f"no ledger {ledger}")
        return self.database[pointer["collection"]]

    def heads(self, session: ClientSession | None = None) -> list[Document]:
        """The head of each partition in order: `position`, `hash`, `time`."""
        ids = [head_id(partition) for partition in range(self.partitions)]
        found = {head["_id"]: head for head in self.control.find({"_id": {"$in": ids}}, session=session)}
        return [found[id_] for id_ in ids]

    def positions(self) -> list[int]:
        return [head["position"] for head in self.heads()]

    def read_partition(
        self, partition: int, after: int, limit: int = 0, session: ClientSession | None = None
    ) -> Iterator[Recorded]:
        """Events of one partition after a position, in order."""
        span = {"$gt": address(partition, after), "$lt": address(partition + 1, 0)}
        cursor = self.events.find({"_id": span}, session=session, limit=limit, batch_size=2000)
        for document in cursor.sort("_id", ASCENDING):
            yield from_document(self.service.name, document)

    def read_streams(self, streams: Sequence[str], session: ClientSession | None = None) -> Iterator[Recorded]:
        criteria = {"stream": streams[0]} if len(streams) == 1 else {"stream": {"$in": list(streams)}}
        order = [("stream", ASCENDING), ("version", ASCENDING)]
        for document in self.events.find(criteria, session=session).sort(order):
            yield from_document(self.service.name, document)

    def event(self, partition: int, position: int) -> Recorded | None:
        document = self.events.find_one({"_id": address(partition, position)})
        return from_document(self.service.name, document) if document else None


def _ranges_of_ids(then: str) -> IndexModel:
    """The embedded server reads a whole collection for a range of `_id`, unless another index begins with it.

    Without this, reading on from a position would cost more with every event in the log.
    """
    return IndexModel([("_id", ASCENDING), (then, ASCENDING)])


class PartitionsChanged(RuntimeError):
    """The number of partitions is set at installation: a key's partition must never change."""

    def __init__(self, installed: int, wanted: int) -> None:
        super().__init__(
            f"the log was installed with {installed} partitions and is now asked for {wanted}; "
            f"set NOL_PARTITIONS={installed}"
        )
