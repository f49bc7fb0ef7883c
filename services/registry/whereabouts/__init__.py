"""Where a child is: lost and sought on three levels, found again, or known to study elsewhere."""
