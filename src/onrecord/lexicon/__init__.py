"""Tables that a subject expert can edit, checked when they are loaded."""
