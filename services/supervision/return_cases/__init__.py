"""Return cases (劝返个案): one a child, its cycles inside, from suspicion to closure (销号)."""
