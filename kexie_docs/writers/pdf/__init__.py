"""The PDF writer: pages to .pdf; draws, never decides."""
