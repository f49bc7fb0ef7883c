"""What a request is warned of: it is carried out, and somebody should look again."""

from typing import Any

from flask import g, has_request_context

from shared.faults import Fault


def warn(fault: Fault, field: str = "") -> None:
    """Tell it in this request's answer, once. `field` is the request's; without a request nobody is told."""
    if has_request_context():
        told = {"code": fault.code, "field": field, "message": f"{fault.zh}。{fault.remedy_zh}。"}
        found: list[dict[str, str]] = g.setdefault("warned", [])
        if told not in found:
            found.append(told)


def warnings() -> dict[str, Any]:
    """What the answer says of it: nothing where there is nothing."""
    found = g.get("warned")
    return {"warnings": found} if found else {}
