"""The commands, one module each; separate from :mod:`onrecord.cli`, so that the command line starts quickly."""
