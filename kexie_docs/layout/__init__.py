"""From document tree to finished pages; every decision about a line or a page is made here."""
