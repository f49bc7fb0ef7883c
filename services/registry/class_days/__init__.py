"""一日常规检查: how many of a class should have come on a day, how many came, and who is left over."""
