"""How fast kexie_docs is, beside other ways to the same documents; run by `make bench`."""
