"""Formats for publishing: citations, CSV tables, charts and HTML pages."""
