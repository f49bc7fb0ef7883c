"""Bodies as an API's own description asks for them."""

from typing import Any

import schemathesis
from hypothesis import given

from tests.drawing import the_same_every_time
from tests.system.served import Route, Served

BODIES = 2
WITHOUT_A_BODY = [None]

RESPITE = {
    "from_on": "2026-09-01",
    "until": "2027-01-20",
    "applied_on": "2026-09-01",
    "papers": [
        {"kind": "GUARDIAN_APPLICATION", "reference": "1号"},
        {"kind": "MEDICAL_PROOF", "reference": "2号"},
    ],
}

# Where a description cannot say what makes a body right (check digits, names of columns): one that is.
HAND_OVER = {"assets": "校舍由乡镇看护", "records": "档案已移交", "taken_over_by": "方大山"}
CLOSING = {"receiving_school_code": "2134000002", "closed_on": "2026-09-01", "hand_over": HAND_OVER}
RIGHT = {
    "/api/v1/townships/<township_code>/central-schools": {"school_code": "2134000001", "named_on": "2026-09-01"},
    "/api/v1/inspection-districts/<county_code>/settings": {
        "name": "第二督学责任区",
        "inspector": "方督学",
        "set_on": "2026-09-01",
    },
    "/api/v1/inspection-districts/<county_code>/dissolutions": {
        "name": "第一督学责任区",
        "dissolved_on": "2026-09-01",
    },
    "/api/v1/children/<child_id>/enrolment-notices": {
        "school_code": "2134000001",
        "notice_no": "1号",
        "report_by": "2026-09-01",
        "issued_on": "2026-09-01",
    },
    "/api/v1/workers/<worker_id>/surveys": {
        "name": "田大海",
        "group": "MODEL_WORKER",
        "employer": "云岭茶厂",
        "worker_division": "349921101",
        "people": 3,
        "honour": "县劳动模范",
        "surveyed_on": "2026-09-01",
    },
    "/api/v1/schools/<school_code>/mergers": CLOSING,
    "/api/v1/schools/<school_code>/closures": CLOSING,
    "/api/v1/schools/<school_code>/restorations": {
        "need": "学生增多",
        "restored_on": "2026-09-01",
        "hand_over": HAND_OVER,
    },
    "/api/v1/schools/<school_code>/boarding-places": {"places": 120, "set_on": "2026-09-01"},
    "/api/v1/children/<child_id>/enrolments": {
        "school_code": "2134000001",
        "grade": 4,
        "class_no": 1,
        "boarder": True,
        "enrolled_on": "2026-09-01",
    },
    "/api/v1/children/<child_id>/returns": {
        "school_code": "2134000001",
        "returned_on": "2026-09-07",
        "evidence": ["1"],
    },
    "/api/v1/children/<child_id>/guardian-accounts": {
        "guardian_account": "6222020000000000",
        "account_name": "方大山",
        "set_on": "2026-09-01",
    },
    "/api/v1/children/<child_id>/group-entries": {"group": "ORPHAN", "source": "民政名册", "from_on": "2026-09-01"},
    "/api/v1/children/<child_id>/group-departures": {
        "group": "ORPHAN",
        "left_on": "2026-09-08",
        "reason": "被收养",
    },
    "/api/v1/children/<child_id>/corrections": {
        "field": "name",
        "new_value": "方小山",
        "basis": "户口簿",
        "requested_on": "2026-09-01",
    },
    "/api/v1/differences/<difference_id>/resolutions": {
        "papers": [
            {"kind": "PERSUASION_RECORD", "reference": "3"},
            {"kind": "REGISTRATION_RECEIPT", "reference": "12"},
        ],
        "resolved_on": "2026-09-01",
    },
    "/api/v1/differences/<difference_id>/reopenings": {"why": "1", "reopened_on": "2026-09-01"},
    "/api/v1/children/<child_id>/deferrals": RESPITE,
    "/api/v1/children/<child_id>/suspensions": RESPITE,
    "/api/v1/children/<child_id>/resumptions": {
        "school_code": "2134000001",
        "resumed_on": "2026-09-07",
        "papers": [
            {"kind": "GUARDIAN_APPLICATION", "reference": "1号"},
            {"kind": "FITNESS_CERTIFICATE", "reference": "2号"},
        ],
    },
    "/api/v1/children/<child_id>/primary-completions": {
        "next_school_code": "3134000002",
        "completed_on": "2026-09-01",
    },
    "/api/v1/children/<child_id>/guardians": {"name": "方大山", "relation": "51", "linked_on": "2026-09-01"},
}


def bodies_of(served: Served, route: Route) -> list[Any]:
    """A few bodies for a route, always the same; `[None]` where it takes none."""
    known = served.bodies
    if str(route) not in known:
        known[str(route)] = _draw(served, route)
    return known[str(route)]


def _draw(served: Served, route: Route) -> list[Any]:
    if route.method == "GET":
        return WITHOUT_A_BODY
    schema = schemathesis.openapi.from_dict(served.description)
    path = route.rule.rule.replace("<int:", "<").replace("<", "{").replace(">", "}")
    drawn: list[Any] = []

    @the_same_every_time(BODIES)
    @given(case=schema[path][route.method].as_strategy())
    def draw(case: Any) -> None:
        drawn.append(case.body if isinstance(case.body, dict) else None)

    draw()
    content = served.description["paths"][path][route.method.lower()].get("requestBody", {}).get("content", {})
    if described := content.get("application/json"):
        drawn += [_as_in_examples(body, described["schema"], served.description) for body in drawn if body]
    right = [RIGHT[route.rule.rule]] if route.rule.rule in RIGHT else []
    return [*drawn, *({**body, "school_code": served.school} if "school_code" in body else body for body in right)]


def _as_in_examples(value: Any, schema: dict[str, Any], description: dict[str, Any]) -> Any:
    """The value with each text as its field's example has it: a name or a code that is one."""
    if reference := schema.get("$ref"):
        return _as_in_examples(value, description["components"]["schemas"][reference.rpartition("/")[2]], description)
    if isinstance(value, dict):
        fields = schema.get("properties", {})
        return {name: _as_in_examples(each, fields.get(name, {}), description) for name, each in value.items()}
    if isinstance(value, list):
        return [_as_in_examples(each, schema.get("items", {}), description) for each in value]
    return schema.get("example", value) if isinstance(value, str) else value
