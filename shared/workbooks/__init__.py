"""Reads tables that people keep in Excel, each row with what is wrong with it, and writes such tables."""
