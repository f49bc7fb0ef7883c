"""Papers as tests show them."""

from services.registry.transitions.catalogue import transitions
from services.registry.transitions.papers import Paper, Papers


def papers_for(transition: str) -> Papers:
    """One paper for each thing that a transition must be shown."""
    required = transitions().transition[transition].papers
    return tuple(Paper(kind=each.split("|")[0], reference="1号") for each in required)
