"""Chinese text: characters, numerals, line breaking, titles. Knows nothing of documents."""
