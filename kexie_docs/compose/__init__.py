"""From model and template to the document tree."""
