"""What becomes of open due days when the county's calendar changes."""
