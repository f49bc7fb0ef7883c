"""On the way into school: school age, the notice, registration that is missing, and the first three gates."""
