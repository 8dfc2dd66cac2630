"""Where every printed figure comes from: the table that goes into the Word file and the PDF."""
