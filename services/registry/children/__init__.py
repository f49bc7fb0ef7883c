"""Children: who they are, at which school they are registered, and in which of the two statuses they stand."""
