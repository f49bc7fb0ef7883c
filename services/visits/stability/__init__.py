"""Stability checks (返校巩固): whether a returned child still comes."""
