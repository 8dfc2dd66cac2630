"""Many documents: which inputs, which files, what is still current, and who builds the rest."""
