"""The embedded suite's folder: its keys, tokens, ports and data, and the environment of each of its processes."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

from services.cli.ports import free_ports
from services.process import PARTS, SERVICES
from shared.auth.signing import TokenSigner, write_development_keys
from shared.kernel.caller import Caller, Scope
from shared.privacy.keyring_file import generate_keyring, write_keyring

ISSUER = "https://identity.embedded.invalid"
AUDIENCE = "not-one-less"
SERVICE_TOKEN_LIFETIME = timedelta(days=3650)
FIRST_PORT = 8101
DATABASE_PORT = 27117


@dataclass(frozen=True, slots=True)
class Suite:
    """Where everything of one embedded suite is. `ports` maps `registry-api` and the like to port numbers;
    `instance` tells the processes of this start from those of any other.
    """

    var: Path
    ports: Mapping[str, int]
    mongo_uri: str
    own_database: bool
    kafka_bootstrap: str = ""
    instance: str = ""

    @property
    def signing_key(self) -> Path:
        return self.var / "keys" / "signing.json"

    @property
    def database_folder(self) -> Path:
        return self.var / "mongo"

    @property
    def clock(self) -> Path:
        return self.var / "clock"

    def url(self, service: str) -> str:
        return f"http://127.0.0.1:{self.ports[f'{service}-api']}"

    def health_url(self, part: str) -> str:
        return f"http://127.0.0.1:{self.ports[part]}"

    def service_token(self, service: str) -> Path:
        return self.var / "keys" / f"{service}.token"

    def environment(self, service: str, part: str) -> dict[str, str]:
        """The settings of one process, as its environment."""
        peers = ",".join(f"{name}={self.url(name)}" for name in SERVICES)
        return {
            "NOL_SERVICE": service,
            "NOL_MODE": "embedded",
            "NOL_MONGO_URI": self.mongo_uri,
            "NOL_PORT": str(self.ports[f"{service}-{part}"]),
            "NOL_TRANSPORT": "kafka" if self.kafka_bootstrap else "feed",
            "NOL_KAFKA_BOOTSTRAP": self.kafka_bootstrap,
            "NOL_PEERS": peers,
            "NOL_KEYRING_FILE": str(self.var / "keys" / "keyring.json"),
            "NOL_JWKS_FILE": str(self.var / "keys" / "jwks.json"),
            "NOL_TOKEN_ISSUER": ISSUER,
            "NOL_TOKEN_AUDIENCE": AUDIENCE,
            "NOL_SERVICE_TOKEN_FILE": str(self.service_token(service)),
            "NOL_SIGNING_KEY_FILE": str(self.signing_key),
            "NOL_CLOCK_FILE": str(self.clock),
            "NOL_LOG_LEVEL": "INFO",
            "NOL_INSTANCE": self.instance,
        }

    def sign(self, caller: Caller, lifetime: timedelta) -> str:
        return TokenSigner(self.signing_key, ISSUER, AUDIENCE).sign(caller, lifetime)


class NoSuite(Exception):
    """There is no suite in the folder yet: `nol up` makes one."""


def open_suite(var: Path) -> Suite:
    """The suite of a folder. Raises NoSuite."""
    try:
        stored = json.loads((var / "suite.json").read_text("utf-8"))
    except FileNotFoundError as error:
        raise NoSuite(var) from error
    return Suite(var=var, **stored)


def make_suite(var: Path, *, mongo_uri: str = "", kafka_bootstrap: str = "", usual_ports: bool = True) -> Suite:
    """The folder's suite with ports that are free now; keys and tokens are made at the first time.

    Without `usual_ports` all are drawn, so that suites started at the same time do not want the same.
    """
    keys = var / "keys"
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    ports = _free_ports(usual_ports)
    uri = mongo_uri or f"mongodb://127.0.0.1:{ports.pop('database')}/?directConnection=true"
    ports.pop("database", None)
    suite = Suite(var.resolve(), ports, uri, not mongo_uri, kafka_bootstrap, token_hex(8))
    if not suite.signing_key.exists():
        write_development_keys(suite.signing_key, keys / "jwks.json")
        write_keyring(generate_keyring(), keys / "keyring.json")
    for service in SERVICES:
        caller = Caller(f"service:{service}", "service", Scope(), service)
        token = suite.service_token(service)
        token.touch(mode=0o600, exist_ok=True)
        token.write_text(suite.sign(caller, SERVICE_TOKEN_LIFETIME), "utf-8")
    stored = {name: value for name, value in asdict(suite).items() if name != "var"}
    (var / "suite.json").write_text(json.dumps(stored, indent=2) + "\n", "utf-8")
    return suite


def _free_ports(usual: bool) -> dict[str, int]:
    """The usual port of each process where it is wanted and free, else any."""
    wanted = {
        f"{service}-{part}": FIRST_PORT + 10 * which + number
        for which, part in enumerate(PARTS)
        for number, service in enumerate(SERVICES)
    }
    wanted["database"] = DATABASE_PORT
    drawn = free_ports([port if usual else 0 for port in wanted.values()])
    return dict(zip(wanted, drawn, strict=True))
