"""Captures: bytes that were opened or fetched, identified by their SHA-256 and stored unchanged."""
