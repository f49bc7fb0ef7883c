"""A database that is gone, or stands still: the caller is told to try again, and nothing is half done."""

import pytest

from shared.kernel import application
from shared.kernel.verify import verify_ledger, verify_log
from shared.runtime import Runtime
from tests.kernel.toy import BALANCES
from tests.mongo.server import MongoServer
from tests.shared.http.client import Client

pytestmark = pytest.mark.system
LITTLE_PATIENCE_S = 1.0


@pytest.fixture
def mongo(own_mongo: MongoServer) -> str:
    """In this module the service stands on a server that the test may stop."""
    return own_mongo.uri


@pytest.mark.parametrize("how", ["killed", "standing still"])
def test_the_caller_is_told_to_try_again_and_the_repeat_has_one_effect(
    how: str, clerk: Client, runtime: Runtime, own_mongo: MongoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = own_mongo.process
    lose, bring_back = (server.kill, server.start) if how == "killed" else (server.freeze, server.thaw)
    clerk.post("/accounts/a1/openings", {"division": "349921"})

    lose()
    with monkeypatch.context() as hurry:
        hurry.setattr(application, "TRANSACTION_WITHIN_S", LITTLE_PATIENCE_S)
        refused = clerk.post("/accounts/a1/moves", {"amount": 5}, idempotency_key="once")
    bring_back()
    answers = [clerk.post("/accounts/a1/moves", {"amount": 5}, idempotency_key="once") for _ in range(2)]

    assert (refused.status_code, refused.content_type) == (503, "application/problem+json")
    assert refused.headers["Retry-After"]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json["events"] == answers[1].json["events"]  # type: ignore[index]
    assert sum(runtime.store.positions()) == 2
    assert list(verify_log(runtime.store)) == []
    assert list(verify_ledger(runtime.store, BALANCES, {})) == []
