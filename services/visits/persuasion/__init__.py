"""Persuasion (劝返): the attempts to win a child back."""
