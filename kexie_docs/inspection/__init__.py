"""Finished files, anybody's: measured and held to GB/T 9704-2012."""
