"""What one process runs on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Service(StrEnum):
    """The services of the suite."""

    REGISTRY = "registry"
    VISITS = "visits"
    ASSISTANCE = "assistance"
    SUPERVISION = "supervision"

    @property
    def default_port(self) -> int:
        return 8101 + list(Service).index(self)


class Mode(StrEnum):
    """How the process runs. Whoever sets nothing gets the strict one."""

    EMBEDDED = "embedded"
    PRODUCTION = "production"


class Transport(StrEnum):
    """How events travel between services."""

    FEED = "feed"
    KAFKA = "kafka"


class KafkaProtocol(StrEnum):
    """How clients and brokers speak: in the clear or by TLS, with or without a password."""

    PLAINTEXT = "PLAINTEXT"
    SSL = "SSL"
    SASL_SSL = "SASL_SSL"
    SASL_PLAINTEXT = "SASL_PLAINTEXT"

    @property
    def by_tls(self) -> bool:
        return self in (KafkaProtocol.SSL, KafkaProtocol.SASL_SSL)

    @property
    def by_password(self) -> bool:
        return self in (KafkaProtocol.SASL_SSL, KafkaProtocol.SASL_PLAINTEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class KafkaSecurity:
    """How to get in at the brokers. Without a `ca_file` the system's authorities vouch for their certificates."""

    protocol: KafkaProtocol = KafkaProtocol.PLAINTEXT
    ca_file: Path | None = None
    mechanism: str = "SCRAM-SHA-512"
    username: str = ""
    password_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Checked settings. The database address, which may hold a password, is in no ``repr``."""

    service: Service
    mode: Mode
    mongo_uri: str = field(repr=False)
    database: str
    host: str
    port: int
    partitions: int
    transport: Transport
    kafka_bootstrap: tuple[str, ...]
    kafka_security: KafkaSecurity = KafkaSecurity()
    peers: Mapping[Service, str]
    keyring_file: Path
    jwks_file: Path | None
    jwks_url: str | None
    token_issuer: str
    token_audience: str
    service_token_file: Path | None
    signing_key_file: Path | None
    clock_file: Path | None
    log_level: str
    max_upload_bytes: int
    bank_layouts_file: Path | None = None
    instance: str = ""

    @property
    def is_production(self) -> bool:
        return self.mode is Mode.PRODUCTION


@dataclass(frozen=True, slots=True)
class Problem:
    """A variable that is missing or wrong. Its value, which may be secret, is not repeated."""

    variable: str
    fact: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.variable}：{self.fact}。{self.remedy}。"


class SettingsInvalid(Exception):
    """The process cannot run on this environment; ``problems`` are all that is wrong with it."""

    code = "config-invalid"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("配置有误，程序没有启动：\n" + "\n".join(f"  {problem}" for problem in problems))
        self.problems = problems
