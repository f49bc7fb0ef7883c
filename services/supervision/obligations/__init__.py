"""The public duties a case puts on people: what, by when, and what became of it."""
