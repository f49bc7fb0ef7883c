"""Leaving for good or for the next school: graduation, the step to junior school, death, abroad, declared missing."""
