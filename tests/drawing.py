"""How tests draw requests from an API's own description: always the same ones, nothing stored, no clock."""

from hypothesis import HealthCheck, Phase, settings


def the_same_every_time(examples: int) -> settings:
    """Decorates a `given` test; no shrinking, for a request that fails is shown as it was sent."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
