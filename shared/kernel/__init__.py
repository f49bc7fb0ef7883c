"""The event kernel: an append-only log on MongoDB, the ledgers it feeds, and what carries its events on."""
