"""Captures: bytes opened or fetched, named by their SHA-256, and kept unchanged."""
