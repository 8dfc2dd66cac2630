"""The Word writer: document tree and style to .docx; the word processor lays out."""
