"""The HTTP routes of this service."""
