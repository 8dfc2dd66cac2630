"""Checks of a text and of an input: one rule engine, its rules, and the mechanical repairs."""
