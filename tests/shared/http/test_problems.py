"""Problems: one shape for every failure, in two languages, telling nothing that the caller must not know."""

import pytest
from flask import Flask
from pymongo.errors import AutoReconnect, OperationFailure
from werkzeug.test import TestResponse

from shared.runtime import Runtime
from tests.descriptions.described import description, meets
from tests.shared.http.client import Client

DESCRIPTION = description("registry")


def assert_problem(answer: TestResponse, status: int, code: str) -> None:
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    told = answer.json
    assert (told["status"], told["code"], told["type"]) == (status, code, f"urn:nol:problem:{code}")
    assert told["title"]
    assert meets(DESCRIPTION, DESCRIPTION["components"]["schemas"]["Problem"], told)
    assert told["detail_en"].isascii()
    assert any("\u4e00" <= each <= "\u9fff" for each in told["detail"])
    assert told["instance"] == f"urn:nol:request:{answer.headers['X-Request-Id']}"


def test_every_field_at_fault_is_named_with_a_chinese_sentence(clerk: Client) -> None:
    answer = clerk.post("/accounts/a1/openings", {"division": "3", "number": 5, "colour": "red"})

    assert_problem(answer, 422, "fields-not-valid")
    assert answer.json["errors"] == [
        {"field": "division", "message": "长度应在 2 与 12 之间。"},
        {"field": "number", "message": "应为文字。"},
        {"field": "colour", "message": "没有这个字段。"},
    ]
    assert answer.json["field"] == "division"


def test_a_missing_field_is_named(clerk: Client) -> None:
    for body in ({}, None):
        answer = clerk.post("/accounts/a1/openings", body)
        assert_problem(answer, 422, "fields-not-valid")


@pytest.mark.parametrize("amount", [9.7, "9", True, None, 2.0])
def test_a_number_that_is_not_whole_is_refused_and_never_cut(clerk: Client, amount: object) -> None:
    assert_problem(clerk.post("/accounts/a1/moves", {"amount": amount}), 422, "fields-not-valid")


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"5"])
def test_a_body_that_is_no_object_is_refused(clerk: Client, body: bytes) -> None:
    assert_problem(clerk.send("POST", "/accounts/a1/moves", body, "application/json"), 422, "fields-not-valid")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"amount": 5,}',
        b'{"amount": NaN}',
        b"\xff\xfe",
        b'{"amount": 9223372036854775808}',
        b'{"amount": "\\ud800"}',
        b"[" * 100_000,
    ],
)
def test_a_body_that_json_does_not_allow_is_refused(clerk: Client, body: bytes) -> None:
    assert_problem(clerk.send("POST", "/accounts/a1/moves", body, "application/json"), 400, "body-not-json")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_type_is_refused(clerk: Client, content_type: str) -> None:
    answer = clerk.send("POST", "/accounts/a1/moves", b'{"amount": 5}', content_type)

    assert_problem(answer, 415, "media-type-not-supported")


def test_a_body_that_is_too_large_is_refused(clerk: Client) -> None:
    body = b'{"amount": 5' + b" " * 2_000_000 + b"}"

    assert_problem(clerk.send("POST", "/accounts/a1/moves", body, "application/json"), 413, "body-too-large")


def test_an_address_that_does_not_exist_is_told_as_such(clerk: Client) -> None:
    assert_problem(clerk.get("/nowhere"), 404, "no-such-address")


def test_a_method_that_an_address_does_not_know_is_answered_with_those_it_does(clerk: Client) -> None:
    answer = clerk.send("DELETE", "/accounts/a1/moves")

    assert_problem(answer, 405, "method-not-allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


def test_a_lost_database_is_told_as_unavailable(
    clerk: Client, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_: object) -> None:
        raise AutoReconnect("connection closed")

    monkeypatch.setattr(runtime.application, "execute", lost)
    answer = clerk.post("/accounts/a1/moves", {"amount": 5})

    assert_problem(answer, 503, "unavailable")
    assert answer.headers["Retry-After"] == "2"


@pytest.mark.parametrize("error", [RuntimeError("secret 1"), OperationFailure("secret 2"), KeyError("secret 3")])
def test_an_unexpected_failure_tells_its_number_and_nothing_else(
    clerk: Client, runtime: Runtime, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr(runtime.application, "execute", fail)
    answer = clerk.post("/accounts/a1/moves", {"amount": 5})

    assert_problem(answer, 500, "internal-error")
    assert "secret" not in answer.text


@pytest.mark.parametrize("header", [None, "Basic eDp5", "Bearer", "Bearer ", "Bearer nonsense", "Bearer a.b.c"])
def test_without_a_good_token_nothing_is_told(app: Flask, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    answer = app.test_client().post("/api/v1/accounts/a1/moves", json={"amount": 5}, headers=headers)

    assert answer.status_code == 401
    assert answer.json["code"] in ("token-missing", "token-not-valid")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_request_keeps_the_id_that_its_sender_gave_it(clerk: Client) -> None:
    assert clerk.get("/nowhere", x_request_id="trace-7").headers["X-Request-Id"] == "trace-7"
    assert clerk.get("/nowhere", x_request_id="<script>").headers["X-Request-Id"] != "<script>"
