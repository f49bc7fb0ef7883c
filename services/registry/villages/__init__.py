"""Villages: what is known of each, its first secretary and the “three ones” that help it (三个一帮扶)."""
