"""Every code that a refusal can carry: `python -m tests.documents.problem_codes` writes docs/problems.md anew."""

import ast
import inspect
import pkgutil
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from importlib import import_module
from pathlib import Path

import services
import shared
from shared.auth.refusals import TokenRefused
from shared.faults import Fault, InvalidValue
from shared.http import problems
from shared.http.refusals import BodyNotJson
from shared.kernel.refusals import Kind, Refused, VersionConflict

PAGE = Path(__file__).parents[2] / "docs" / "problems.md"
OWNERS = ("any service", "registry", "visits", "assistance", "supervision")
HEAD = """# Problem codes

What a refused request says, by `code`. The sentences are those of the answer, `…` where it names a value. The page is
written by `python -m tests.documents.problem_codes`, and a test holds it to the code.
A code keeps its meaning; the sentences may be improved.
"""
_STATUS = {
    Kind.INVALID: 422,
    Kind.CONFLICT: 409,
    Kind.NOT_FOUND: 404,
    Kind.FORBIDDEN: 403,
    Kind.UNAVAILABLE: 503,
}


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One code of one owner."""

    owner: str
    code: str
    status: str
    zh: str
    en: str


def lines() -> list[Line]:
    """Every code, by owner and code."""
    _import_everything()
    found = {*_of_refusals(), *_of_faults(), *_of_made_faults(), *_of_the_edge()}
    return sorted(found, key=lambda line: (OWNERS.index(line.owner), line.code, line.zh))


def page() -> str:
    """The document as it should be."""
    parts = [HEAD]
    for owner in OWNERS:
        parts.append(f"\n## {owner.capitalize()}\n\n| code | status | Chinese | English |\n|---|---|---|---|\n")
        parts += [f"| `{x.code}` | {x.status} | {x.zh} | {x.en} |\n" for x in lines() if x.owner == owner]
    return "".join(parts)


def _import_everything() -> None:
    for package in (shared, services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith("services.cli"):
                import_module(module.name)


def _of_refusals() -> Iterator[Line]:
    for cls in _below(Refused):
        if not cls.__module__.startswith(("shared.", "services.")):
            continue  # a test's own
        fault = _call_of(cls.__init__, "Fault") if "__init__" in vars(cls) else []
        if len(fault) == 4:
            code, zh, en, remedy = fault
            yield Line(_owner(cls), code, _status(cls), f"{zh}。{remedy}。", en)
            continue
        zh, en = _sentences(cls)
        if zh and cls.code != Refused.code:
            yield Line(_owner(cls), cls.code, _status(cls), zh, en)


def _of_faults() -> Iterator[Line]:
    owners: dict[Fault, str] = {}
    for name, module in sorted(sys.modules.items(), reverse=True):  # `shared` first: services only import its faults
        if name.startswith(("shared.", "services.")):
            for value in vars(module).values():
                if isinstance(value, Fault):
                    owners.setdefault(value, _owner_of(name))
    for fault, owner in owners.items():
        yield Line(owner, fault.code, _status(InvalidValue), f"{fault.zh}。{fault.remedy_zh}。", fault.en)


def _of_made_faults() -> Iterator[Line]:
    """Those that name a value: functions make them."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith(("shared.", "services.")):
            for made_by in vars(module).values():
                if inspect.isfunction(made_by) and made_by.__module__ == name and _makes_a_fault(made_by):
                    code, zh, en, remedy = _call_of(made_by, "Fault")
                    yield Line(_owner_of(name), code, _status(InvalidValue), f"{zh}。{remedy}。", en)


def _makes_a_fault(function: Callable[..., object]) -> bool:
    return function.__annotations__.get("return") is Fault and len(_call_of(function, "Fault")) == 4


def _of_the_edge() -> Iterator[Line]:
    for status, (code, zh, en) in problems._WORDS.items():
        yield Line(OWNERS[0], code, str(int(status)), zh, en)
    code, zh, en = problems._OTHER
    yield Line(OWNERS[0], code, "4xx", zh, en)
    for answer in (problems.answer_unexpected, problems._unavailable):
        status, code, zh, en = _call_of(answer, "problem")[:4]
        yield Line(OWNERS[0], code, str(int(HTTPStatus[status.removeprefix("HTTPStatus.")])), zh, en)


def _below(cls: type[Refused]) -> Iterator[type[Refused]]:
    for each in cls.__subclasses__():
        yield each
        yield from _below(each)


def _owner(cls: type) -> str:
    return _owner_of(cls.__module__)


def _owner_of(module: str) -> str:
    top, _, rest = module.partition(".")
    return rest.partition(".")[0] if top == "services" else OWNERS[0]


def _status(cls: type[Refused]) -> str:
    if issubclass(cls, TokenRefused):
        return "401"
    if issubclass(cls, BodyNotJson):
        return "400"
    return "409, 412" if issubclass(cls, VersionConflict) else str(_STATUS[cls.kind])


def _sentences(cls: type[Refused]) -> tuple[str, str]:
    if "__init__" not in vars(cls):
        return "", ""
    said = _call_of(cls.__init__, "__init__")
    return (said[0], said[1]) if len(said) > 1 else ("", "")


def _call_of(function: object, name: str) -> list[str]:
    """The arguments of the first call of `name` in a function, as people would read them."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))  # type: ignore[arg-type]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node.func) == name:
            return [_read(argument) for argument in node.args]
    return []


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _read(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text.replace("|", "/")
        case ast.JoinedStr(values=parts):
            return "".join(_read(part) if isinstance(part, ast.Constant) else "…" for part in parts)
        case ast.IfExp(body=first):
            return _read(first)
        case ast.Call(func=ast.Attribute(value=inner)):
            return _read(inner)
        case ast.BinOp(left=left, right=right):
            return _read(left) + _read(right)
        case ast.Attribute():
            return ast.unparse(node)
        case _:
            return "…"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
