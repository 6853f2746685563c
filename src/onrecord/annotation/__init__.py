"""Annotation of a document: mentions, acts, meetings, undertakings and the types of its answers."""
