"""Makes the Excel files of an invented county, with planted mistakes and a note of every one of them."""

from services.cli.sample_county.generate import generate
from services.cli.sample_county.planted import Planted

__all__ = ["Planted", "generate"]
