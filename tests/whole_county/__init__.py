"""The four services in one process: what one of them says moves the others, on a clock that a test holds."""
