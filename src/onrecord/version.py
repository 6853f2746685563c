"""The version of the program, which documents and backups record. Nothing is imported here."""

__version__ = "0.1.0"
