"""The ledgers of this service: projections of its own events, and its copy of the registry's children."""
