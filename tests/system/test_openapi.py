"""Whatever is sent to an API gets a documented answer, and never a 500."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from services.process import SERVICES
from services.roles import ROLES
from tests.drawing import the_same_every_time
from tests.system.served import Served

pytestmark = [
    pytest.mark.system,
    pytest.mark.timeout(300),
    # schemathesis does not close the answers that it takes from a WSGI application, workbooks among them
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 20
MOVES_THE_CLOCK = "/api/v1/clock/advances"


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """What is not closed is collected here, where it is excused, and not in the middle of another test."""
    yield
    gc.collect()


def cases(operation: Any, served: Served) -> st.SearchStrategy[Any]:
    """Requests as described and not as described, about things that exist and about others."""
    names = frozenset(each.name for each in operation.path_parameters)
    facts = st.sampled_from(served.facts_for(names) or [{}])
    anything = [operation.as_strategy(mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)]
    if not names or not served.facts_for(names):
        return st.one_of(anything)
    return st.one_of(facts.flatmap(lambda fact: operation.as_strategy(path_parameters=fact)), *anything)


def roles_for(operation: Any) -> list[str]:
    """Everybody; but the clock of a suite that other tests use is moved by nobody."""
    return [role for role in ROLES if role != "operator" or operation.path != MOVES_THE_CLOCK]


@pytest.mark.parametrize("name", SERVICES)
def test_every_answer_is_documented(name: str, services: dict[str, Served]) -> None:
    served = services[name]
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", served.app)
    tokens = {role: served.token(role, served.own_scope(role)) for role in ROLES}
    tried = [explore(result.ok(), served, tokens) for result in schema.get_all_operations()]
    assert sum(tried) >= EXAMPLES * len(tried) / 2


def explore(operation: Any, served: Served, tokens: dict[str, str]) -> int:
    tried = []

    @the_same_every_time(EXAMPLES)
    @given(case=cases(operation, served), role=st.sampled_from(roles_for(operation)))
    def try_it(case: Any, role: str) -> None:
        tried.append(role)
        case.call_and_validate(headers={"Authorization": f"Bearer {tokens[role]}"}, checks=CHECKS)

    try_it()
    return len(tried)
