"""The stored ledgers, one a file, and the views that people ask for."""
