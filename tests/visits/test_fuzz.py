"""Whatever is sent to a documented route of this service, the answer is a documented one and never a failure."""

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import one_of
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shared.auth.signing import TokenSigner
from tests.visits import examples as ex
from tests.visits.conftest import County, children, token

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OWN_ROUTES = [
    ("GET", "/children/{child_id}"),
    ("POST", "/children/{child_id}/visits/{visit_id}/records"),
    ("POST", "/children/{child_id}/visits/{visit_id}/handovers"),
    ("POST", "/children/{child_id}/attempts"),
    ("POST", "/children/{child_id}/teams"),
    ("POST", "/children/{child_id}/stability-checks"),
    ("POST", "/schools/{school_code}/class-teachers"),
    ("POST", "/villages/{division}/cadres"),
    ("POST", "/photos"),
    ("GET", "/photos/{photo}"),
]


@pytest.mark.parametrize(("method", "path"), OWN_ROUTES, ids=lambda part: part)
def test_no_request_makes_a_route_fail_or_answer_what_it_does_not_document(
    county: County, app: Flask, signer: TokenSigner, method: str, path: str
) -> None:
    (child,) = children(county, ["陈小雨"])
    county.hear(county.registry.suspected(child))
    headers = {"Authorization": f"Bearer {token(signer, 'county_admin', division='349921')}"}
    operation = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)[f"/api/v1{path}"][method]
    known = {"child_id": child, "school_code": ex.SCHOOL, "division": ex.VILLAGE}

    @settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(one_of([operation.as_strategy(generation_mode=mode) for mode in GenerationMode]))
    def tried(case: Any) -> None:
        for name in known.keys() & case.path_parameters.keys():
            case.path_parameters[name] = known[name]
        case.call_and_validate(headers=headers, checks=CHECKS)

    tried()


def test_every_own_route_is_tried(app: Flask) -> None:
    document = app.test_client().get("/api/v1/openapi.json").json
    assert document is not None
    described = {
        (method.upper(), path.removeprefix("/api/v1"))
        for path, item in document["paths"].items()
        for method in item.keys() - {"parameters"}
    }
    own = {
        (method, path)
        for method, path in described
        if path.startswith(("/children", "/schools", "/villages", "/photos"))
    }
    assert own == set(OWN_ROUTES)
