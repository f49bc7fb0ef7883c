"""Scope holds: nobody sees or changes anything of a part of the county that is not theirs, whatever the route."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from werkzeug.test import TestResponse

from services.process import SERVICES
from services.roles import ROLES
from shared.auth.roles import ScopedBy
from shared.kernel.caller import OWN_PLACE, Scope
from shared.kernel.views import Filters, ViewReader
from tests.system.bodies import bodies_of
from tests.system.served import Route, Served

pytestmark = [pytest.mark.system, pytest.mark.prop("P16"), pytest.mark.timeout(300)]

ELSEWHERE = {
    ScopedBy.DIVISION: [Scope("349922"), Scope("349921999")],  # another county; another township of this one
    ScopedBy.SCHOOL: [Scope(school="2134999999")],
}
SCOPED_ROLES = [role for role in ROLES if ROLES[role] in ELSEWHERE]
HIDDEN, NOT_FOUND, FORBIDDEN = {403, 404}, 404, 403
MALFORMED = {"fields-not-valid", "body-not-json", "not-a-return-file", "school-not-registered"}

NEED_MORE = {
    "/api/v1/batches/<batch_id>/settlements",  # a bank's return file
    "/api/v1/ledgers/<view>/<key>/reveals",  # a sealed column; see the test below
}
"""Routes whose requests here are turned away before anybody asks what they are about."""

QUERIES = {
    "receipts.Receipt": "?type=registry.child-registered.v1",
    "rates.Rates": "?rate=ENROLMENT&basis=HOUSEHOLD",
    "rates.RateList": "?rate=ENROLMENT&basis=HOUSEHOLD&part=denominator",
}

OF_ALL = frozenset({"type_", "kind", "view", "partition", "service"})
"""What an address can name that belongs to no part of the county."""


def names_a_fact(route: Route) -> bool:
    return bool(route.arguments - OF_ALL)


def attempts(served: Served, route: Route) -> Iterator[tuple[str, Any]]:
    """Real addresses of a route, each with a body as described."""
    facts = served.facts_for(route.arguments)[:1]
    assert facts, f"nothing is known for {route}: the test would show nothing"
    bodies = bodies_of(served, route)
    for fact in facts:
        path = served.path(route, fact) + QUERIES.get(route.rule.endpoint, "")
        for body in bodies:
            yield path, body


def ask(served: Served, route: Route, path: str, body: Any, token: str) -> TestResponse:
    headers = {"Authorization": f"Bearer {token}"}
    return served.app.test_client().open(path, method=route.method, json=body, headers=headers, buffered=True)


@pytest.mark.parametrize("role", SCOPED_ROLES)
@pytest.mark.parametrize("name", SERVICES)
def test_what_lies_elsewhere_is_not_found_or_forbidden(name: str, role: str, services: dict[str, Served]) -> None:
    served = services[name]
    before = served.runtime.store.positions()
    for route in filter(names_a_fact, served.routes()):
        for scope in ELSEWHERE[ROLES[role]]:
            token, turned_away = served.token(role, scope), 0
            for path, body in attempts(served, route):
                answer = ask(served, route, path, body, token)
                if answer.status_code in HIDDEN:
                    turned_away += 1
                else:
                    assert route.method != "GET", f"{role} {scope}: {path} {answer.status_code}"
                    assert answer.json is not None
                    assert answer.json["code"] in MALFORMED, f"{role} {scope}: {path} {answer.text} {body}"
                assert_tells_nothing(served, answer, path, body)
            assert turned_away or route.rule.rule in NEED_MORE, f"{route}: no request came as far as the scope"
    assert served.runtime.store.positions() == before


@pytest.mark.parametrize("role", SCOPED_ROLES)
@pytest.mark.parametrize("name", SERVICES)
def test_what_names_no_fact_tells_nothing_of_elsewhere(name: str, role: str, services: dict[str, Served]) -> None:
    served = services[name]
    for route in served.routes():
        if names_a_fact(route) or route.method != "GET":
            continue
        for scope in ELSEWHERE[ROLES[role]]:
            for path, body in attempts(served, route):
                answer = ask(served, route, path, body, served.token(role, scope))
                assert answer.status_code in {200, *HIDDEN}, f"{path} {answer.status_code}"
                assert_tells_nothing(served, answer, path, body)


@pytest.mark.parametrize("name", SERVICES)
def test_the_same_requests_find_what_they_ask_for_at_home(name: str, services: dict[str, Served]) -> None:
    """Else the tests above would show nothing."""
    served = services[name]
    tokens = [served.token(role, served.own_scope(role)) for role in ROLES]
    for route in filter(names_a_fact, served.routes()):
        if route.method == "GET" and route.rule.endpoint not in QUERIES:
            paths = [path for path, _ in attempts(served, route)]
            answers = {ask(served, route, path, None, token).status_code for path in paths for token in tokens}
            assert 200 in answers, f"{route}: {answers}"


@pytest.mark.parametrize("scope", [scope for scopes in ELSEWHERE.values() for scope in scopes], ids=str)
@pytest.mark.parametrize("name", SERVICES)
def test_no_ledger_shows_a_row_elsewhere(name: str, scope: Scope, services: dict[str, Served]) -> None:
    """Neither by the row's own place, nor by a second one that a view is for."""
    served = services[name]
    for view in served.runtime.service.views:
        assert list(ViewReader(served.runtime.store, view, scope).rows(Filters())) == [], view.name


def test_a_second_place_is_tried_above(services: dict[str, Served]) -> None:
    served = services["registry"]
    seconds = [view for view in served.runtime.service.views if view.place != OWN_PLACE]
    assert seconds
    for view in seconds:
        assert ViewReader(served.runtime.store, view, Scope("349921")).count(Filters()), view.name


@pytest.mark.parametrize("role", SCOPED_ROLES)
@pytest.mark.parametrize("name", SERVICES)
def test_no_sealed_value_is_revealed_elsewhere(name: str, role: str, services: dict[str, Served]) -> None:
    served = services[name]
    for view in served.runtime.service.views:
        for column in view.columns:
            if column.kind == "sealed":
                row = served.runtime.store.ledger_collection(view.of).find_one({})
                assert row is not None
                for scope in ELSEWHERE[ROLES[role]]:
                    headers = {"Authorization": f"Bearer {served.token(role, scope)}"}
                    path = f"/api/v1/ledgers/{view.name}/{row['_id']}/reveals"
                    body = {"field": column.field, "reason": "核对户主信息"}
                    answer = served.app.test_client().post(path, json=body, headers=headers)
                    assert answer.status_code in HIDDEN, f"{role} {scope}: {path} {answer.text}"


@pytest.mark.parametrize("name", SERVICES)
def test_nobody_is_heard_without_a_token(name: str, services: dict[str, Served]) -> None:
    served = services[name]
    for route in served.routes():
        path, body = next(attempts(served, route))
        answer = served.app.test_client().open(path, method=route.method, json=body)
        assert answer.status_code == 401, str(route)
        assert_tells_nothing(served, answer, path, body)


def assert_tells_nothing(served: Served, answer: TestResponse, path: str, body: Any) -> None:
    """Neither names nor keys of the county's children and schools, other than what was asked for."""
    text, asked = readable(answer), f"{path} {body}"
    assert [word for word in served.telling_words if word in text and word not in asked] == []


def readable(answer: TestResponse) -> str:
    """The words of an answer, of a workbook's sheets too."""
    if answer.is_json or "json" in answer.content_type:
        return json.dumps(json.loads(answer.text), ensure_ascii=False)
    if not is_zipfile(BytesIO(answer.data)):
        return answer.data.decode("utf-8", "replace")
    with ZipFile(BytesIO(answer.data)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
