"""Edited copies of finished documents: compared with what the input gives, and brought back into it."""
