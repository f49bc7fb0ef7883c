"""Corrections (信息更正): from the village over the township into the national system, and only then here."""
