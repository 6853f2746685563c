"""Answers in forms to pass on: charts, pages."""
