"""Starting one process of one service: its API or its worker. `nol up` and containers both come through here."""

import sys
from importlib import import_module
from typing import Any

from shared.config import SettingsInvalid, read_settings
from shared.logs import configure_logs

PARTS = ("api", "worker")
SERVICES = ("registry", "visits", "assistance", "supervision")


def bootstrap_of(service: str) -> Any:
    """The module in which a service puts its real parts together."""
    return import_module(f"services.{service}.bootstrap")


def main(service: str, part: str) -> int:
    """Run one part in this process until it is told to stop; 2 when the settings are wrong."""
    try:
        settings = read_settings()
    except SettingsInvalid as fault:
        print(fault, file=sys.stderr)  # noqa: T201  there is no log yet: the operator reads this
        return 2
    configure_logs(settings.service.value, settings.log_level)
    bootstrap = bootstrap_of(service)
    if part == "api":
        from services.roles import ROLES
        from shared.http.server import serve

        serve(settings, bootstrap.build, bootstrap.blueprints, ROLES)
    else:
        from shared.runtime import build_runtime
        from shared.worker_process import run_worker

        runtime = build_runtime(settings, bootstrap.build)
        run_worker(runtime, bootstrap.job_kinds(runtime))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
