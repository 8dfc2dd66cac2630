"""Annual summaries as Word and PDF official documents, by GB/T 9704-2012.

From Python: ``load``, ``compose`` and ``write`` of `kexie_docs.pipeline`.
"""

__version__ = "0.1.0"
