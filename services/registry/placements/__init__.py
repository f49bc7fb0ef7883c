"""Where a disabled child learns (安置), on the word of the committee of experts. Rule 10-08."""
