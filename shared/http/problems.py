"""Problems (RFC 9457): the one place that knows which refusal has which HTTP status."""

from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g, json
from pymongo.errors import PyMongoError
from werkzeug.exceptions import HTTPException

from shared.auth.refusals import TokenRefused
from shared.http.refusals import BodyNotJson, FieldsNotValid
from shared.kernel.raced import is_passing
from shared.kernel.refusals import Kind, Refused, VersionConflict
from shared.kernel.sources import SourceUnavailable

CONTENT_TYPE = "application/problem+json"
RETRY_AFTER_S = 2

_STATUS_OF_KIND = {
    Kind.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Kind.CONFLICT: HTTPStatus.CONFLICT,
    Kind.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Kind.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Kind.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}
_WORDS = {
    HTTPStatus.BAD_REQUEST: ("bad-request", "请求无法识别。", "the request cannot be understood"),
    HTTPStatus.NOT_FOUND: ("no-such-address", "没有这个地址。", "there is nothing at this address"),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method-not-allowed", "此地址不支持这种操作。", "method not allowed here"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "body-too-large",
        "提交的内容过大，请拆分成几个较小的文件分别提交。",
        "the body is too large",
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: (
        "media-type-not-supported",
        "请以 JSON 格式提交（Content-Type: application/json）。",
        "send the content type that this address documents",
    ),
}
_OTHER = ("http-error", "请求无法处理。", "the request cannot be handled")

log = structlog.get_logger()


def _named(*statuses: HTTPStatus) -> dict[int, str]:
    """Statuses with the names of their documented answers."""
    return {int(status): status.name for status in statuses}


PROBLEMS_OF_PUBLIC_ROUTES = _named(HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE)
PROBLEMS_OF_READS = PROBLEMS_OF_PUBLIC_ROUTES | _named(
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
PROBLEMS_OF_WRITES = PROBLEMS_OF_READS | _named(
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.CONFLICT,
    HTTPStatus.PRECONDITION_FAILED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)


def install_problem_answers(app: Flask) -> None:
    """Answer every failure of a request as a problem. Nothing that a caller must not know is in one."""
    app.register_error_handler(Refused, answer_refused)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(SourceUnavailable, lambda _: _unavailable())
    app.register_error_handler(PyMongoError, answer_database_error)
    app.register_error_handler(Exception, answer_unexpected)


def answer_refused(refusal: Refused) -> Response:
    status = _status(refusal)
    more: dict[str, Any] = {"field": refusal.field} if refusal.field else {}
    if isinstance(refusal, FieldsNotValid):
        more["errors"] = [{"field": fault.field, "message": fault.message} for fault in refusal.faults]
    if isinstance(refusal, VersionConflict):
        more |= {"stream": refusal.stream, "expected": refusal.expected, "actual": refusal.actual}
    return problem(status, refusal.code, refusal.zh, refusal.en, _headers(refusal, status), **more)


def answer_http_error(error: HTTPException) -> Response:
    """404, 405 (with Allow) and the like, raised by the framework."""
    if error.code is None or error.code < 400:
        return Response(status=error.code, headers=error.get_headers())  # a redirect
    code, zh, en = _WORDS.get(HTTPStatus(error.code), _OTHER)
    allow = {name: value for name, value in error.get_headers() if name == "Allow"}
    return problem(HTTPStatus(error.code), code, zh, en, allow)


def answer_database_error(error: PyMongoError) -> Response:
    """A lost database is told as unavailable; the command may have landed, so a repeat needs its Idempotency-Key."""
    if not is_passing(error):
        return answer_unexpected(error)
    log.warning("database unavailable", error=type(error).__name__)
    return _unavailable()


def answer_unexpected(error: Exception) -> Response:
    """The log gets the whole story under the request's id, the caller the id alone."""
    log.error("request failed", exc_info=error)
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "系统出现故障，请将请求编号告知管理员。",
        "an unexpected error; the log has it under this request id",
    )


def problem(
    status: HTTPStatus, code: str, zh: str, en: str, headers: dict[str, str] | None = None, **more: Any
) -> Response:
    content = {
        "type": f"urn:nol:problem:{code}",
        "title": status.phrase,
        "status": int(status),
        "code": code,
        "detail": zh,
        "detail_en": en,
        **more,
        "instance": f"urn:nol:request:{g.get('request_id', '')}",
    }
    body = json.dumps(content, ensure_ascii=False)
    return Response(body, status, headers, content_type=CONTENT_TYPE)


def _status(refusal: Refused) -> HTTPStatus:
    match refusal:
        case TokenRefused():
            return HTTPStatus.UNAUTHORIZED
        case BodyNotJson():
            return HTTPStatus.BAD_REQUEST
        case VersionConflict() if refusal.expected >= 0:  # the caller's own If-Match, not a lost race
            return HTTPStatus.PRECONDITION_FAILED
        case _:
            return _STATUS_OF_KIND[refusal.kind]


def _headers(refusal: Refused, status: HTTPStatus) -> dict[str, str]:
    if isinstance(refusal, TokenRefused):
        return {"WWW-Authenticate": refusal.challenge}
    return {"Retry-After": str(RETRY_AFTER_S)} if status is HTTPStatus.SERVICE_UNAVAILABLE else {}


def _unavailable() -> Response:
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "unavailable",
        "系统暂时无法使用，请稍后重试。",
        "temporarily unavailable; try again",
        {"Retry-After": str(RETRY_AFTER_S)},
    )
