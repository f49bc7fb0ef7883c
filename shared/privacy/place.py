"""The place of a sealed value: the whole suite binds by this one rule, so that every reader can open."""


def place_of(key: str, field: str) -> str:
    """The context to seal `field` of an event under: `key` is the event's partition key (the child's id, mostly).

    A value that another service passes on keeps the place it was sealed for.
    """
    return f"{key}:{field}"
