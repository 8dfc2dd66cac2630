"""Finished documents to a printer: looked over first, laid out as a booklet if asked, followed to the end."""
