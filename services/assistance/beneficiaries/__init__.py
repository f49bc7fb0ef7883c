"""Beneficiaries: what a child is entitled to, and every payment ever claimed for it."""
