"""Guardians of a child, in the order of the law (民法典第二十七条)."""
