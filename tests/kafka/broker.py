"""Apache Kafka for the tests: one broker in KRaft mode on loopback, fetched by Maven, kept small."""

import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from kafka.admin import (
    ACL,
    ACLOperation,
    ACLPermissionType,
    ConfigResource,
    ConfigResourceType,
    KafkaAdminClient,
    ResourcePattern,
    ResourceType,
)
from kafka.errors import KafkaError

from tests.processes import ServerProcess, free_ports, listens

PARTITIONS = 8
_HEAP = ("-Xms128m", "-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_POM = Path(__file__).with_name("pom.xml")
_CACHE = _POM.parents[2] / ".cache" / "kafka"
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"

# One broker is the whole cluster, so every internal topic has one replica; no topic appears by accident.
_SETTINGS = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller_port}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
log.dirs={data}
num.partitions={partitions}
auto.create.topics.enable=false
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
broker.heartbeat.interval.ms=250
broker.session.timeout.ms=1500
group.min.session.timeout.ms=1000
log.cleaner.dedupe.buffer.size=2097152
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
allow.everyone.if.no.acl.found=true
"""


class KafkaBroker:
    """One broker with its own folder and port; killed and restarted, it keeps both."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._port, controller_port = free_ports(2)
        self.bootstrap = f"127.0.0.1:{self._port}"
        settings = folder / "server.properties"
        settings.write_text(
            _SETTINGS.format(
                port=self._port, controller_port=controller_port, data=folder / "data", partitions=PARTITIONS
            ),
            encoding="ascii",
        )
        java = _java()
        _format_storage(java, settings)
        self.process = ServerProcess(
            [*java, "kafka.Kafka", str(settings)], log=folder / "broker.log", answers=self._answers
        )

    def start(self) -> None:
        """Return when the broker answers and can lead partitions."""
        self.process.start()

    def stop(self) -> None:
        self.process.stop()

    def kill(self) -> None:
        """kill -9. Topics and acknowledged records must be there after `start`."""
        self.process.kill()

    def restart(self) -> None:
        """kill -9, and up again on the same port and data."""
        self.process.restart()

    def create_topic(self, name: str, settings: Mapping[str, str] | None = None) -> None:
        """A topic with as many partitions as the log, ready to be written."""
        topic = {"num_partitions": PARTITIONS, "replication_factor": 1, "configs": dict(settings or {})}
        with self._admin() as admin:
            admin.create_topics({name: topic}, wait_for_metadata=True)

    def delete_topic(self, name: str) -> None:
        """Wipe the topic with everything in it, as an operator's slip does."""
        with self._admin() as admin:
            admin.delete_topics([name])

    def refuse_records_over(self, name: str, size_bytes: int) -> None:
        """From now on the broker refuses larger batches on this topic."""
        limit = ConfigResource(ConfigResourceType.TOPIC, name, configs={"max.message.bytes": str(size_bytes)})
        with self._admin() as admin:
            admin.alter_configs([limit])

    def deny_writes(self, name: str) -> None:
        """From now on nobody may write to this topic; reading goes on."""
        with self._admin() as admin:
            outcome = admin.create_acls(_read_only(name))
        if outcome["failed"]:
            raise AssertionError(f"the broker took no access rule: {outcome['failed']}")

    def allow_writes(self, name: str) -> None:
        """Take back `deny_writes`."""
        with self._admin() as admin:
            admin.delete_acls(_read_only(name))

    @contextmanager
    def _admin(self) -> Iterator[KafkaAdminClient]:
        admin = KafkaAdminClient(bootstrap_servers=self.bootstrap)
        try:
            yield admin
        finally:
            admin.close()

    def _answers(self) -> bool:
        # Refused connections and errors are the expected answers of a broker that still elects itself.
        if not listens(self._port):
            return False
        try:
            with self._admin() as admin:
                return bool(admin.describe_cluster()["brokers"])
        except KafkaError:
            return False


def _read_only(topic: str) -> list[ACL]:
    """A topic with any rule shuts out whom no rule names, so everyone is allowed all, then denied writing."""
    pattern = ResourcePattern(ResourceType.TOPIC, topic)
    return [
        ACL("User:*", "*", ACLOperation.ALL, ACLPermissionType.ALLOW, pattern),
        ACL("User:*", "*", ACLOperation.WRITE, ACLPermissionType.DENY, pattern),
    ]


@cache
def _java() -> tuple[str, ...]:
    return (_program("java"), *_HEAP, "-cp", str(_jars() / "*"))


def _jars() -> Path:
    """The broker's jars, fetched once for each version; half a fetch is never taken for a whole one."""
    folder = _CACHE / _pinned_version()
    if folder.exists():
        return folder
    _CACHE.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=_CACHE) as scratch:
        fetched = Path(scratch) / "jars"
        command = [_program("mvn"), "-B", "-q", "-f", str(_POM), _COPY, f"-DoutputDirectory={fetched}"]
        subprocess.run([*command, "-DincludeScope=runtime"], check=True, stdin=subprocess.DEVNULL)
        try:
            fetched.rename(folder)
        except OSError:
            if not folder.exists():  # else another pytest worker was first
                raise
    return folder


def _pinned_version() -> str:
    version = ET.parse(_POM).findtext(".//{*}dependency/{*}version")
    if not version:
        raise ValueError(f"{_POM} names no Kafka version")
    return version


def _format_storage(java: tuple[str, ...], settings: Path) -> None:
    cluster = ["-t", uuid4().hex[:22], "-c", str(settings)]
    subprocess.run(
        [*java, "kafka.tools.StorageTool", "format", *cluster],
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ,
    )


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise FileNotFoundError(f"`{name}` is needed for the Kafka tests: install Java 17 and Maven")
    return path
