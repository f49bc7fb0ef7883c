"""Batches: lines of one programme and term, prepared by one person, approved by another, sent and settled."""
