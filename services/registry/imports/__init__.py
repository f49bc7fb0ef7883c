"""The county's Excel lists: how their columns are called and written, and what must hold in a row."""
