"""Commands that touch several streams: each loads, lets pure functions decide, and books all in one transaction."""
