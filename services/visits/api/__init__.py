"""The HTTP API of the visits service."""
