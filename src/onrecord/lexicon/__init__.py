"""Tables that a subject expert can edit, validated when they are loaded."""
