"""The settings of a service that a test serves in-process."""

from pathlib import Path
from types import MappingProxyType

from shared.config import Mode, Service, Settings, Transport

ISSUER, AUDIENCE = "https://identity.example.test", "nol"


def settings_of(service: Service, *, keys: Path, folder: Path, mongo: str, database: str) -> Settings:
    """Embedded, on the feed, without neighbours; tokens are signed with the development keys in `keys`."""
    return Settings(
        service=service,
        mode=Mode.EMBEDDED,
        mongo_uri=mongo,
        database=database,
        host="127.0.0.1",
        port=0,
        partitions=4,
        transport=Transport.FEED,
        kafka_bootstrap=(),
        peers=MappingProxyType({}),
        keyring_file=folder / "keyring.json",
        jwks_file=keys / "jwks.json",
        jwks_url=None,
        token_issuer=ISSUER,
        token_audience=AUDIENCE,
        service_token_file=None,
        signing_key_file=keys / "signing.json",
        clock_file=None,
        log_level="INFO",
        max_upload_bytes=2_000_000,
    )
