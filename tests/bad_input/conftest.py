"""The registry behind its API, on a real database."""

from tests.registry.conftest import app, keys, nol, runtime, settings, sign_in, signer

__all__ = ["app", "keys", "nol", "runtime", "settings", "sign_in", "signer"]  # fixtures, used by name
