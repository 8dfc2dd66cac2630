"""Font files: where they are, which serves which role, what their glyphs measure, and their subsets."""
