"""What must hold between settings, and of the files that they name."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from shared.config.settings import KafkaSecurity, Settings, Transport
from shared.privacy.keyring import DEVELOPMENT_PREFIX, KeyringInvalid
from shared.privacy.keyring_file import load_keyring

Fact = tuple[str, str]
"""A variable and what is wrong with it."""

Check = Callable[[Settings], Iterable[Fact]]

_UNFIT_FOR_PRODUCTION: Final = "production 模式不允许使用"


def faults_of_combination(settings: Settings, unreadable: frozenset[str]) -> list[Fact]:
    """Every fault of checks whose variables could all be read."""
    return [
        fact
        for reads, check in _CHECKS
        if unreadable.isdisjoint(f"NOL_{name}" for name in reads)
        for fact in check(settings)
    ]


def _keyring(settings: Settings) -> Iterator[Fact]:
    try:
        keyring = load_keyring(settings.keyring_file)
    except OSError:
        yield "NOL_KEYRING_FILE", "文件不存在或不可读"
    except KeyringInvalid as fault:
        yield "NOL_KEYRING_FILE", str(fault)
    else:
        if settings.is_production and keyring.is_development:
            yield "NOL_KEYRING_FILE", f"{_UNFIT_FOR_PRODUCTION}开发密钥（id 以 {DEVELOPMENT_PREFIX} 开头）"


def _token_keys(settings: Settings) -> Iterator[Fact]:
    if settings.jwks_file and settings.jwks_url:
        yield "NOL_JWKS_URL", "与 NOL_JWKS_FILE 只能设置一个"
    elif settings.jwks_file:
        yield from _jwks_file(settings.jwks_file, production=settings.is_production)
    elif settings.jwks_url is None:
        yield "NOL_JWKS_FILE", "与 NOL_JWKS_URL 都没有设置，无法验证令牌"
    elif settings.is_production and not settings.jwks_url.startswith("https://"):
        yield "NOL_JWKS_URL", f"{_UNFIT_FOR_PRODUCTION}不加密的 http 地址"


def _jwks_file(path: Path, *, production: bool) -> Iterator[Fact]:
    try:
        key_ids = [str(key.get("kid", "")) for key in json.loads(path.read_bytes())["keys"]]
    except OSError:
        yield "NOL_JWKS_FILE", "文件不存在或不可读"
    except (ValueError, TypeError, KeyError, AttributeError):
        yield "NOL_JWKS_FILE", "不是有效的 JWKS 文件"
    else:
        if not key_ids:
            yield "NOL_JWKS_FILE", "文件中没有公钥"
        if production and any(key_id.startswith(DEVELOPMENT_PREFIX) for key_id in key_ids):
            yield "NOL_JWKS_FILE", f"{_UNFIT_FOR_PRODUCTION}开发公钥（kid 以 {DEVELOPMENT_PREFIX} 开头）"


def _embedded_only(settings: Settings) -> Iterator[Fact]:
    if settings.is_production and settings.clock_file:
        yield "NOL_CLOCK_FILE", f"{_UNFIT_FOR_PRODUCTION}可以拨动的时钟"
    if settings.is_production and settings.signing_key_file:
        yield "NOL_SIGNING_KEY_FILE", f"{_UNFIT_FOR_PRODUCTION}本地签发令牌的私钥"


def _service_token(settings: Settings) -> Iterator[Fact]:
    path = settings.service_token_file
    if path is None:
        if settings.is_production and settings.peers:
            yield "NOL_SERVICE_TOKEN_FILE", "没有设置，但 NOL_PEERS 中的服务只对持有令牌者开放"
    elif not _holds_text(path):
        yield "NOL_SERVICE_TOKEN_FILE", "文件不存在、不可读或为空"


def _bank_layouts(settings: Settings) -> Iterator[Fact]:
    path = settings.bank_layouts_file
    if path is not None and not _holds_text(path):
        yield "NOL_BANK_LAYOUTS_FILE", "文件不存在、不可读或为空"


def _kafka(settings: Settings) -> Iterator[Fact]:
    if settings.transport is Transport.KAFKA and not settings.kafka_bootstrap:
        yield "NOL_KAFKA_BOOTSTRAP", "没有设置，但 NOL_TRANSPORT 为 kafka"


def _kafka_security(settings: Settings) -> Iterator[Fact]:
    """A file or a password that the protocol would leave aside is a fault, too: somebody counts on it."""
    security = settings.kafka_security
    if security.ca_file and not security.protocol.by_tls:
        yield "NOL_KAFKA_CA_FILE", f"已经设置，但 {security.protocol} 不加密"
    elif security.ca_file and not _holds_text(security.ca_file):
        yield "NOL_KAFKA_CA_FILE", "文件不存在、不可读或为空"
    yield from _kafka_password(security)


def _kafka_password(security: KafkaSecurity) -> Iterator[Fact]:
    protocol, path = security.protocol, security.password_file
    if not protocol.by_password:
        if security.username:
            yield "NOL_KAFKA_USERNAME", f"已经设置，但 {protocol} 不使用密码"
        if path:
            yield "NOL_KAFKA_PASSWORD_FILE", f"已经设置，但 {protocol} 不使用密码"
        return
    if not security.username:
        yield "NOL_KAFKA_USERNAME", f"没有设置，但 {protocol} 需要用户名"
    if path is None:
        yield "NOL_KAFKA_PASSWORD_FILE", f"没有设置，但 {protocol} 需要密码"
    elif not _holds_text(path):
        yield "NOL_KAFKA_PASSWORD_FILE", "文件不存在、不可读或为空"


def _holds_text(path: Path) -> bool:
    try:
        return bool(path.read_text("utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return False


_CHECKS: Final[tuple[tuple[tuple[str, ...], Check], ...]] = (
    (("MODE", "KEYRING_FILE"), _keyring),
    (("MODE", "JWKS_FILE", "JWKS_URL"), _token_keys),
    (("MODE",), _embedded_only),
    (("MODE", "PEERS"), _service_token),
    (("TRANSPORT", "KAFKA_BOOTSTRAP"), _kafka),
    (("BANK_LAYOUTS_FILE",), _bank_layouts),
    (("KAFKA_SECURITY_PROTOCOL",), _kafka_security),
)
