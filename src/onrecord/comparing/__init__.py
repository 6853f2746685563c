"""What changed between two versions of a document, and how much it matters.

::

    for edit in edits(before, after):        # two documents, as two captures of one page were read
        print(edit.rank, edit.kind, edit.touches, edit.before, edit.after)
"""

from onrecord.comparing.version_edits import Edit, Side, edits

__all__ = ["Edit", "Side", "edits"]
