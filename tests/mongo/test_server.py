"""The tests' own database behaves as the log needs it: transactions, and nothing acknowledged is lost."""

from pymongo import MongoClient
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from tests.mongo.server import MongoServer

ACKNOWLEDGED = WriteConcern("majority", j=True)


def test_every_test_is_given_an_empty_database(mongo: str, database: str) -> None:
    with MongoClient[dict[str, object]](mongo) as client:
        assert client[database].list_collection_names() == []


def test_an_aborted_transaction_leaves_nothing(mongo: str, database: str) -> None:
    with MongoClient[dict[str, object]](mongo) as client:
        heads = client[database].create_collection("heads", write_concern=ACKNOWLEDGED)
        with client.start_session() as session:
            session.start_transaction()
            heads.insert_one({"_id": 1}, session=session)
            session.abort_transaction()

        assert heads.count_documents({}) == 0


def test_what_was_acknowledged_outlives_kill_9(own_mongo: MongoServer) -> None:
    with MongoClient[dict[str, object]](own_mongo.uri) as client:
        heads = client["county"].create_collection("heads", write_concern=ACKNOWLEDGED)
        for position in range(1, 21):
            with client.start_session() as session, session.start_transaction(write_concern=ACKNOWLEDGED):
                heads.insert_one({"_id": position}, session=session)

    own_mongo.restart()

    with MongoClient[dict[str, object]](own_mongo.uri) as client:
        heads = client["county"].get_collection("heads", read_concern=ReadConcern("majority"))
        assert [head["_id"] for head in heads.find(sort=[("_id", 1)])] == list(range(1, 21))
