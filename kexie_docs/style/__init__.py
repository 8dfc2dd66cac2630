"""How a document looks: page, grid, typefaces and paragraph styles, as data."""
