"""Finished files, from document tree or pages."""
