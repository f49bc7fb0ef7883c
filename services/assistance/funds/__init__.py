"""Funds: money received for a purpose, committed to prepared lines, paid out. None is ever below zero."""
