"""One plan a child (一人一案): from the first suspicion to the day the return is stable, cycle by cycle."""
