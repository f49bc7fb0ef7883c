"""The demo: children lost and returned through the public API alone, with every ledger watched."""
