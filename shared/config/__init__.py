"""The settings of one process, read once from the environment and checked as a whole."""

from shared.config.environment import read_settings
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

__all__ = [
    "KafkaProtocol",
    "KafkaSecurity",
    "Mode",
    "Problem",
    "Service",
    "Settings",
    "SettingsInvalid",
    "Transport",
    "read_settings",
]
