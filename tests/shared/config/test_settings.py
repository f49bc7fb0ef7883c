import json
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.config import KafkaProtocol, KafkaSecurity, Mode, Service, SettingsInvalid, Transport, read_settings
from shared.privacy.keyring_file import generate_keyring, write_keyring

Environment = Callable[..., None]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """A production environment in which nothing is wrong; a call changes it (``None`` removes)."""
    for keys in ("county", "development"):
        write_keyring(generate_keyring(keys), tmp_path / f"{keys}-keyring.json")
        jwks = {"keys": [{"kid": f"{keys}-1", "kty": "RSA"}]}
        (tmp_path / f"{keys}-jwks.json").write_text(json.dumps(jwks))
    (tmp_path / "token").write_text("header.claims.signature\n")
    monkeypatch.chdir(tmp_path)

    def change(**variables: str | None) -> None:
        for name, value in variables.items():
            if value is None:
                monkeypatch.delenv(f"NOL_{name}", raising=False)
            else:
                monkeypatch.setenv(f"NOL_{name}", value)

    change(
        SERVICE="visits",
        MONGO_URI="mongodb://visits:pass-word@db.example:27017/?replicaSet=rs0",
        KEYRING_FILE="county-keyring.json",
        JWKS_FILE="county-jwks.json",
        TOKEN_ISSUER="https://id.example",
        TOKEN_AUDIENCE="not-one-less",
    )
    return change


def problems() -> dict[str, str]:
    with pytest.raises(SettingsInvalid) as refusal:
        read_settings()
    assert all(problem.remedy for problem in refusal.value.problems)
    return {problem.variable: problem.fact for problem in refusal.value.problems}


def test_a_right_environment_gives_settings_with_defaults(environment: Environment) -> None:
    settings = read_settings()
    assert settings.service is Service.VISITS
    assert settings.mode is Mode.PRODUCTION
    assert settings.transport is Transport.FEED
    assert (settings.database, settings.host, settings.port) == ("nol_visits", "127.0.0.1", 8102)
    assert (settings.partitions, settings.max_upload_bytes) == (8, 104_857_600)
    assert settings.peers == {}
    assert settings.jwks_file == Path("county-jwks.json")


def test_settings_are_frozen_and_show_no_password(environment: Environment) -> None:
    settings = read_settings()
    assert "pass-word" not in repr(settings)
    with pytest.raises(AttributeError):
        settings.port = 1  # type: ignore[misc]


def test_peers_and_brokers_are_lists_in_one_variable(environment: Environment) -> None:
    environment(
        PEERS="registry=http://127.0.0.1:8101, supervision=https://supervision.example/nol/",
        SERVICE_TOKEN_FILE="token",
        TRANSPORT="kafka",
        KAFKA_BOOTSTRAP="kafka-1:9092, kafka-2:9092",
    )
    settings = read_settings()
    assert settings.peers == {
        Service.REGISTRY: "http://127.0.0.1:8101",
        Service.SUPERVISION: "https://supervision.example/nol",
    }
    assert settings.kafka_bootstrap == ("kafka-1:9092", "kafka-2:9092")


def test_brokers_may_ask_for_tls_and_a_password(environment: Environment) -> None:
    environment(
        KAFKA_SECURITY_PROTOCOL="SASL_SSL",
        KAFKA_CA_FILE="token",
        KAFKA_SASL_MECHANISM="SCRAM-SHA-256",
        KAFKA_USERNAME="visits",
        KAFKA_PASSWORD_FILE="token",
    )
    assert read_settings().kafka_security == KafkaSecurity(
        protocol=KafkaProtocol.SASL_SSL,
        ca_file=Path("token"),
        mechanism="SCRAM-SHA-256",
        username="visits",
        password_file=Path("token"),
    )


def test_brokers_who_ask_for_a_password_get_a_name_and_a_password(environment: Environment) -> None:
    environment(KAFKA_SECURITY_PROTOCOL="SASL_PLAINTEXT")
    assert list(problems()) == ["NOL_KAFKA_USERNAME", "NOL_KAFKA_PASSWORD_FILE"]
    environment(KAFKA_USERNAME="visits", KAFKA_PASSWORD_FILE="nowhere")
    assert list(problems()) == ["NOL_KAFKA_PASSWORD_FILE"]


def test_an_empty_optional_variable_is_as_good_as_none(environment: Environment) -> None:
    environment(JWKS_URL="", CLOCK_FILE="", PEERS="", SIGNING_KEY_FILE="")
    assert read_settings().jwks_url is None


def test_every_problem_is_listed_at_once(environment: Environment) -> None:
    environment(
        SERVICE="payroll",
        MONGO_URI=None,
        PORT="eighty",
        PEERS="registry=ftp://x",
        TOKEN_ISSUER="",
        CLOCK_FILE="clock",
        KEYRING_FILE="development-keyring.json",
        TRANSPORT="kafka",
    )
    found = problems()
    assert found.keys() == {
        "NOL_SERVICE",
        "NOL_MONGO_URI",
        "NOL_PORT",
        "NOL_PEERS",
        "NOL_TOKEN_ISSUER",
        "NOL_CLOCK_FILE",
        "NOL_KEYRING_FILE",
        "NOL_KAFKA_BOOTSTRAP",
    }
    assert found["NOL_MONGO_URI"] == "没有设置"
    assert found["NOL_PORT"] == "值不合要求"


def test_a_refusal_never_repeats_a_value(environment: Environment) -> None:
    environment(MONGO_URI="postgres://user:pass-word@db.example")
    with pytest.raises(SettingsInvalid) as refusal:
        read_settings()
    assert "NOL_MONGO_URI" in str(refusal.value)
    assert "pass-word" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODE", "test"),
        ("DATABASE", "nol visits"),
        ("DATABASE", ""),
        ("HOST", ""),
        ("PORT", "70000"),
        ("PARTITIONS", "0"),
        ("TRANSPORT", "pigeon"),
        ("KAFKA_BOOTSTRAP", "kafka"),
        ("KAFKA_SECURITY_PROTOCOL", "TLS"),
        ("KAFKA_CA_FILE", "token"),
        ("KAFKA_SASL_MECHANISM", "GSSAPI"),
        ("KAFKA_USERNAME", "visits"),
        ("KAFKA_PASSWORD_FILE", "token"),
        ("PEERS", "registry"),
        ("PEERS", "registry=http://a:1,registry=http://b:1"),
        ("PEERS", "registry=http://a:port"),
        ("PEERS", "unknown=http://a:1"),
        ("KEYRING_FILE", None),
        ("KEYRING_FILE", "nowhere.json"),
        ("KEYRING_FILE", "county-jwks.json"),
        ("JWKS_FILE", "nowhere.json"),
        ("JWKS_FILE", "token"),
        ("JWKS_FILE", None),
        ("JWKS_URL", "https://id.example/jwks"),
        ("TOKEN_AUDIENCE", None),
        ("SERVICE_TOKEN_FILE", "nowhere"),
        ("LOG_LEVEL", "LOUD"),
        ("MAX_UPLOAD_BYTES", "0"),
    ],
)
def test_a_wrong_value_is_the_only_problem_named(environment: Environment, name: str, value: str | None) -> None:
    environment(**{name: value})
    assert list(problems()) == [f"NOL_{name}"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KEYRING_FILE", "development-keyring.json"),
        ("JWKS_FILE", "development-jwks.json"),
        ("CLOCK_FILE", "clock"),
        ("SIGNING_KEY_FILE", "token"),
    ],
)
def test_what_serves_development_is_refused_in_production_and_accepted_embedded(
    environment: Environment, name: str, value: str
) -> None:
    environment(**{name: value})
    assert list(problems()) == [f"NOL_{name}"]
    environment(MODE="embedded")
    assert read_settings().mode is Mode.EMBEDDED


def test_production_fetches_token_keys_over_https_only(environment: Environment) -> None:
    environment(JWKS_FILE=None, JWKS_URL="http://id.example/jwks")
    assert list(problems()) == ["NOL_JWKS_URL"]
    environment(JWKS_URL="https://id.example/jwks")
    assert read_settings().jwks_url == "https://id.example/jwks"


def test_production_reads_from_peers_only_with_a_token(environment: Environment) -> None:
    environment(PEERS="registry=http://127.0.0.1:8101")
    assert list(problems()) == ["NOL_SERVICE_TOKEN_FILE"]
    environment(SERVICE_TOKEN_FILE="token")
    assert read_settings().service_token_file == Path("token")
