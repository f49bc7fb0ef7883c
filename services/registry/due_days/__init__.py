"""What becomes of open due days and clocks when the county's calendar changes."""
