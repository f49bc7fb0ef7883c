"""The toy service as a process of its own, for tests that stop it: `python -m tests.shared.http.served`."""

from shared.config import read_settings
from shared.http.server import serve
from shared.logs import configure_logs
from tests.shared.http.toy_api import ROLES, served_toy, toy_blueprints

if __name__ == "__main__":
    settings = read_settings()
    configure_logs("toy", settings.log_level)
    serve(settings, lambda _: served_toy(), toy_blueprints, ROLES)
