"""What the relay and the source agree on: the topic of a service, the group of a reader, the clients' settings."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import structlog
from kafka.admin import KafkaAdminClient
from kafka.errors import AuthorizationError, TopicAlreadyExistsError

from shared.config import KafkaSecurity

log = structlog.get_logger()

CONNECT_WITHIN_MS: Final = 5_000
NOTICE_TOPICS_WITHIN_MS: Final = 5_000
"""How long a client may not know that a topic was made again."""


IN_THE_CLEAR: Final = KafkaSecurity()


def topic_of(service: str) -> str:
    """Where a service's relay publishes its log; the topic's partitions are the log's."""
    return f"nol.{service}.events"


def group_of(reader: str, source: str) -> str:
    """The consumer group that all workers of one service join to read another."""
    return f"nol.{reader}.{source}"


ClientSettings = Callable[[], dict[str, Any]]
"""Asked anew for every client, so that a renewed password is used by the next one."""


def client_settings(bootstrap: Sequence[str], security: KafkaSecurity) -> ClientSettings:
    """What every client is given. A client waits for a broker a few seconds, not half a minute."""
    settings = {
        "bootstrap_servers": list(bootstrap),
        "bootstrap_timeout_ms": CONNECT_WITHIN_MS,
        "metadata_max_age_ms": NOTICE_TOPICS_WITHIN_MS,
        "reconnect_backoff_max_ms": 1_000,
        "security_protocol": security.protocol.value,
        "ssl_cafile": str(security.ca_file) if security.ca_file else None,
    }
    return lambda: settings | _password(security)


def _password(security: KafkaSecurity) -> dict[str, str]:
    """Raises OSError when the file cannot be read now."""
    if not security.protocol.by_password or security.password_file is None:
        return {}
    return {
        "sasl_mechanism": security.mechanism,
        "sasl_plain_username": security.username,
        "sasl_plain_password": security.password_file.read_text("utf-8").strip(),
    }


def ensure_topic(clients: dict[str, Any], topic: str, partitions: int) -> None:
    """Make the topic if it is missing, with the brokers' own replication factor.

    Never compacted: the record key is a child's id, and compaction would keep only each child's last event.
    Who may not make topics is taken to run on topics that an administrator made. Raises KafkaError.
    """
    admin = KafkaAdminClient(**clients)
    try:
        wanted = {"num_partitions": partitions, "replication_factor": -1, "configs": {"cleanup.policy": "delete"}}
        admin.create_topics({topic: wanted}, wait_for_metadata=True)
        log.info("topic created", topic=topic, partitions=partitions)
    except TopicAlreadyExistsError:
        pass
    except AuthorizationError as error:
        log.info("not allowed to create topics", topic=topic, error=type(error).__name__)
    finally:
        admin.close()
