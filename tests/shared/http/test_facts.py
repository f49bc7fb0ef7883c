"""Posting facts: what is accepted, what is answered, what is refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.runtime import Runtime
from tests.shared.http.client import Client

OPENING = {"division": "349921001"}


def test_a_posted_fact_is_answered_with_its_event_and_version(clerk: Client, runtime: Runtime) -> None:
    answer = clerk.post("/accounts/a1/openings", OPENING)

    assert answer.status_code == 201
    [event_id] = answer.json["events"]
    assert answer.json == {"events": [event_id], "stream": "account-a1", "version": 1, "repeated": False}
    assert answer.headers["ETag"] == '"1"'
    service, partition, position = event_id.split("/")
    recorded = runtime.store.event(int(partition), int(position))
    assert recorded is not None
    assert (service, recorded.type, recorded.actor) == ("toy", "toy.opened.v1", "clerk-1")


def test_a_fact_that_changes_nothing_has_no_events(clerk: Client) -> None:
    clerk.post("/accounts/a1/openings", OPENING)
    answer = clerk.post("/accounts/a1/openings", OPENING)

    assert (answer.status_code, answer.json["events"], answer.json["version"]) == (201, [], 1)


@pytest.mark.prop("P2")
def test_the_same_key_and_body_gets_the_first_answer_again(clerk: Client) -> None:
    clerk.post("/accounts/a1/openings", OPENING)
    first = clerk.post("/accounts/a1/moves", {"amount": 5}, idempotency_key="k")
    clerk.post("/accounts/a1/moves", {"amount": 7})
    again = clerk.post("/accounts/a1/moves", {"amount": 5}, idempotency_key="k")

    assert again.status_code == first.status_code == 201
    assert again.json == first.json | {"repeated": True}
    assert again.headers["ETag"] == first.headers["ETag"] == '"2"'
    assert again.headers["Idempotent-Replay"] == "true"
    assert "Idempotent-Replay" not in first.headers


def test_the_same_key_with_another_body_or_address_is_refused(clerk: Client) -> None:
    clerk.post("/accounts/a1/openings", OPENING, idempotency_key="k")

    for path, body in [("/accounts/a1/openings", {"division": "349921002"}), ("/accounts/a2/openings", OPENING)]:
        answer = clerk.post(path, body, idempotency_key="k")
        assert (answer.status_code, answer.json["code"]) == (422, "idempotency-key-reused")


def test_the_same_key_of_two_callers_is_two_keys(sign_in: Callable[..., Client]) -> None:
    one, other = (sign_in("clerk", subject=name, division="349921") for name in ("li", "wang"))
    one.post("/accounts/a1/openings", OPENING, idempotency_key="k")

    assert other.post("/accounts/a2/openings", OPENING, idempotency_key="k").status_code == 201


@pytest.mark.prop("P2")
def test_repeats_sent_at_once_have_one_effect(sign_in: Callable[..., Client], runtime: Runtime) -> None:
    sign_in("clerk", division="349921").post("/accounts/a1/openings", OPENING)
    senders = [sign_in("clerk", division="349921") for _ in range(8)]

    with ThreadPoolExecutor(len(senders)) as threads:
        answers = list(
            threads.map(lambda each: each.post("/accounts/a1/moves", {"amount": 5}, idempotency_key="k"), senders)
        )

    assert {answer.status_code for answer in answers} == {201}
    assert len({tuple(answer.json["events"]) for answer in answers}) == 1
    assert [answer.json["repeated"] for answer in answers].count(False) == 1
    assert len(list(runtime.store.read_streams(["account-a1"]))) == 2


def test_a_fact_on_what_has_changed_since_is_refused(clerk: Client) -> None:
    seen = clerk.post("/accounts/a1/openings", OPENING).headers["ETag"]
    assert clerk.post("/accounts/a1/moves", {"amount": 5}, if_match=seen).status_code == 201

    answer = clerk.post("/accounts/a1/moves", {"amount": 5}, if_match=seen)

    assert (answer.status_code, answer.json["code"]) == (412, "version-conflict")
    assert (answer.json["stream"], answer.json["expected"], answer.json["actual"]) == ("account-a1", 1, 2)


@pytest.mark.parametrize("tag", ["1", "W/", '"x"', '"1", "2"'])
def test_an_if_match_that_is_no_etag_of_ours_is_refused(clerk: Client, tag: str) -> None:
    answer = clerk.post("/accounts/a1/openings", OPENING, if_match=tag)

    assert (answer.status_code, answer.json["code"], answer.json["field"]) == (422, "header-not-valid", "If-Match")


@pytest.mark.parametrize("key", ["", "a b", "x" * 201])
def test_an_idempotency_key_that_cannot_be_kept_is_refused(clerk: Client, key: str) -> None:
    answer = clerk.post("/accounts/a1/openings", OPENING, idempotency_key=key)

    assert (answer.status_code, answer.json["field"]) == (422, "Idempotency-Key")


def test_a_refusal_of_the_decision_changes_nothing(clerk: Client, runtime: Runtime) -> None:
    clerk.post("/accounts/a1/openings", OPENING)
    answer = clerk.post("/accounts/a1/moves", {"amount": -5})

    assert (answer.status_code, answer.json["code"], answer.json["detail"]) == (409, "overdrawn", "余额不足。")
    assert sum(runtime.store.positions()) == 1


def test_a_role_that_may_not_send_the_command_is_refused(sign_in: Callable[..., Client]) -> None:
    answer = sign_in("county").post("/accounts/a1/openings", OPENING)

    assert (answer.status_code, answer.json["code"]) == (403, "role-not-allowed")


@pytest.mark.prop("P16")
def test_a_clerk_of_another_division_finds_nothing_and_creates_nothing(
    sign_in: Callable[..., Client], clerk: Client, runtime: Runtime
) -> None:
    clerk.post("/accounts/a1/openings", OPENING)
    foreign = sign_in("clerk", division="349922")

    assert foreign.post("/accounts/a1/moves", {"amount": 5}).status_code == 404
    assert foreign.post("/accounts/a2/openings", OPENING).status_code == 403
    assert sum(runtime.store.positions()) == 1
