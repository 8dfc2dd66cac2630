"""The input as data: what a year of actions and metrics is."""
