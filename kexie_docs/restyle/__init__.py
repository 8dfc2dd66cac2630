"""Styling in Word: the document with every style that people edit, and what they changed in it."""
