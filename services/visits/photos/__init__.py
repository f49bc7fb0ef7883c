"""Photographs as evidence: kept by hash, and seen when one serves for two children."""
