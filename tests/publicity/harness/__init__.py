"""Measures the redaction engine: invented people put into invented texts and into real ones (see docs/publicity.md)."""
