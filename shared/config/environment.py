"""Reading the settings from ``NOL_…`` variables. No secret has a default."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from environs import Env, EnvValidationError, ValidationError, validate

from shared.config.checks import faults_of_combination
from shared.config.settings import (
    KafkaProtocol,
    KafkaSecurity,
    Mode,
    Problem,
    Service,
    Settings,
    SettingsInvalid,
    Transport,
)

PREFIX: Final = "NOL_"

REMEDIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "NOL_SERVICE": "请设为 registry、visits、assistance 或 supervision",
        "NOL_MODE": "请设为 production 或 embedded（默认 production）",
        "NOL_MONGO_URI": "请设为数据库地址，例如 mongodb://主机:27017/?replicaSet=rs0",
        "NOL_DATABASE": "请设为数据库名，只用小写字母、数字和下划线（默认 nol_服务名）",
        "NOL_HOST": "请设为监听地址（默认 127.0.0.1）",
        "NOL_PORT": "请设为 0 至 65535 的端口号",
        "NOL_PARTITIONS": "请设为 1 至 1024 的整数（默认 8），安装后不可更改",
        "NOL_TRANSPORT": "请设为 feed 或 kafka（默认 feed）",
        "NOL_KAFKA_BOOTSTRAP": "请设为 主机:端口，多个用逗号隔开",
        "NOL_KAFKA_SECURITY_PROTOCOL": "请设为 PLAINTEXT、SSL、SASL_SSL 或 SASL_PLAINTEXT（默认 PLAINTEXT）",
        "NOL_KAFKA_CA_FILE": "请设为签发 Kafka 证书的 CA 证书（PEM）文件的路径，且协议须为 SSL 或 SASL_SSL",
        "NOL_KAFKA_SASL_MECHANISM": "请设为 PLAIN、SCRAM-SHA-256 或 SCRAM-SHA-512（默认 SCRAM-SHA-512）",
        "NOL_KAFKA_USERNAME": "请设为本服务在 Kafka 的用户名",
        "NOL_KAFKA_PASSWORD_FILE": "请设为存放 Kafka 密码的文件的路径",
        "NOL_PEERS": "请写成 registry=http://主机:8101,visits=http://主机:8102",
        "NOL_KEYRING_FILE": "请设为密钥文件的路径",
        "NOL_JWKS_FILE": "请设为验证令牌的公钥（JWKS）文件的路径",
        "NOL_JWKS_URL": "请设为身份认证平台公布公钥（JWKS）的地址",
        "NOL_TOKEN_ISSUER": "请设为令牌签发者（iss），与身份认证平台一致",
        "NOL_TOKEN_AUDIENCE": "请设为令牌受众（aud），与身份认证平台一致",
        "NOL_SERVICE_TOKEN_FILE": "请设为本服务访问其他服务所用令牌的文件路径",
        "NOL_SIGNING_KEY_FILE": "只供 embedded 模式使用；请设为签发令牌的私钥文件路径",
        "NOL_CLOCK_FILE": "只供 embedded 模式演示使用；请删去此变量",
        "NOL_LOG_LEVEL": "请设为 DEBUG、INFO、WARNING 或 ERROR（默认 INFO）",
        "NOL_BANK_LAYOUTS_FILE": "请设为本县银行文件格式（TOML）文件的路径；没有则不设",
        "NOL_INSTANCE": "由 nol up 每次启动时自动设置，无须手工设置",
        "NOL_MAX_UPLOAD_BYTES": "请设为大于零的字节数（默认 104857600，即 100 MB）",
    }
)

_NOT_EMPTY: Final = validate.Length(min=1)
_DATABASE_NAME: Final = validate.Regexp(r"[a-z][a-z0-9_]{0,37}\Z")
_MECHANISMS: Final = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
_MONGO_URI: Final = validate.Regexp(r"mongodb(\+srv)?://.")


def read_settings() -> Settings:
    """The settings that the process's environment states.

    Raises ``SettingsInvalid`` with every problem at once.
    """
    env = Env(eager=False, prefix=PREFIX)
    settings = _read(env)
    unreadable = _unreadable(env)
    combination = faults_of_combination(settings, frozenset(unreadable))
    facts = [*unreadable.items(), *combination]
    if facts:
        raise SettingsInvalid(tuple(Problem(variable, fact, REMEDIES[variable]) for variable, fact in facts))
    return settings


def _read(env: Env) -> Settings:
    """The settings, with ``None`` in the place of whatever could not be read."""
    service: Service | None = env.enum("SERVICE", enum=Service, by_value=True)
    return Settings(
        service=service or Service.REGISTRY,
        mode=env.enum("MODE", Mode.PRODUCTION, enum=Mode, by_value=True),
        mongo_uri=env.str("MONGO_URI", validate=_MONGO_URI),
        database=env.str("DATABASE", f"nol_{service}", validate=_DATABASE_NAME),
        host=env.str("HOST", "127.0.0.1", validate=_NOT_EMPTY),
        port=env.int("PORT", (service or Service.REGISTRY).default_port, validate=validate.Range(0, 65535)),
        partitions=env.int("PARTITIONS", 8, validate=validate.Range(1, 1024)),
        transport=env.enum("TRANSPORT", Transport.FEED, enum=Transport, by_value=True),
        kafka_bootstrap=tuple(_items(env.str("KAFKA_BOOTSTRAP", "", validate=_host_and_port_list))),
        kafka_security=_kafka_security(env),
        peers=_peers(env.str("PEERS", "", validate=_peers)),
        keyring_file=Path(env.str("KEYRING_FILE", validate=_NOT_EMPTY) or ""),
        jwks_file=_optional_path(env, "JWKS_FILE"),
        jwks_url=env.str("JWKS_URL", "", validate=_optional_url) or None,
        token_issuer=env.str("TOKEN_ISSUER", validate=_NOT_EMPTY),
        token_audience=env.str("TOKEN_AUDIENCE", validate=_NOT_EMPTY),
        service_token_file=_optional_path(env, "SERVICE_TOKEN_FILE"),
        signing_key_file=_optional_path(env, "SIGNING_KEY_FILE"),
        clock_file=_optional_path(env, "CLOCK_FILE"),
        log_level=env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(("DEBUG", "INFO", "WARNING", "ERROR"))),
        max_upload_bytes=env.int("MAX_UPLOAD_BYTES", 100 * 1024 * 1024, validate=validate.Range(1)),
        bank_layouts_file=_optional_path(env, "BANK_LAYOUTS_FILE"),
        instance=env.str("INSTANCE", ""),
    )


def _kafka_security(env: Env) -> KafkaSecurity:
    mechanism = env.str("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512", validate=validate.OneOf(_MECHANISMS))
    return KafkaSecurity(
        protocol=env.enum("KAFKA_SECURITY_PROTOCOL", KafkaProtocol.PLAINTEXT, enum=KafkaProtocol, by_value=True),
        ca_file=_optional_path(env, "KAFKA_CA_FILE"),
        mechanism=mechanism,
        username=env.str("KAFKA_USERNAME", ""),
        password_file=_optional_path(env, "KAFKA_PASSWORD_FILE"),
    )


def _unreadable(env: Env) -> dict[str, str]:
    """The variables that are missing or malformed. What the library says may quote a secret: left out."""
    try:
        env.seal()
    except EnvValidationError as fault:
        return {name: "值不合要求" if os.environ.get(name) else "没有设置" for name in fault.error_messages}
    return {}


def _optional_path(env: Env, name: str) -> Path | None:
    text = env.str(name, "")
    return Path(text) if text else None


def _items(text: str | None) -> list[str]:
    return [item.strip() for item in (text or "").split(",") if item.strip()]


def _peers(text: str | None) -> Mapping[Service, str]:
    """``registry=http://…,visits=http://…`` by service; malformed text is a ``ValidationError``."""
    peers: dict[Service, str] = {}
    for item in _items(text):
        name, _, url = item.partition("=")
        if name not in list(Service) or Service(name) in peers:
            raise ValidationError("unknown or repeated service")
        _require_url(url)
        peers[Service(name)] = url.rstrip("/")
    return MappingProxyType(peers)


def _optional_url(text: str) -> None:
    if text:
        _require_url(text)


def _host_and_port_list(text: str) -> None:
    for item in _items(text):
        host, _, port = item.rpartition(":")
        if not host or not port.isascii() or not port.isdigit():
            raise ValidationError("not host:port")


def _require_url(text: str) -> None:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as fault:  # a malformed port or bracket
        raise ValidationError("not a URL") from fault
    if not usable:
        raise ValidationError("not an http(s) URL")
