"""When something is due, and what becomes of open due days when the county's calendar changes."""
