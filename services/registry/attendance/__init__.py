"""Whether a registered child really comes to school: absence, suspicion, dropout, return, relapse."""
