"""A redline as a self-contained HTML page: no scripts, no external resources, all text escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from onrecord.asking import Edit, MarkedSentence, Redline

_STYLE = """
body { font: 17px/1.55 Georgia, "Songti SC", serif; max-width: 46em; margin: 2em auto; padding: 0 1em;
  color: #1b1b1b; background: #fff }
h1 { font-size: 1.35em } h2 { font-size: 1.1em; margin-top: 2em }
.note, .earlier { font: 13px/1.5 system-ui, sans-serif; color: #555 }
del { color: #a11; background: #fdecec; text-decoration: line-through }
ins { color: #075; background: #e6f6ec; text-decoration: underline }
.said-before, .short { color: #777 } .new { border-left: 3px solid #0a7; padding-left: .6em }
.reworded { border-left: 3px solid #d90; padding-left: .6em } .touches { font: 12px system-ui, sans-serif; color: #a60 }
p { margin: .5em 0 }
"""


def redline_html(found: Redline) -> str:
    """The page: the most significant changes first, then every sentence in order with its earlier wording."""
    against = escape(found.against) if found.against else "all earlier days held, in the same language"
    counts = ", ".join(
        f"{found.count(verdict)} {name}"  # type: ignore[arg-type]
        for verdict, name in (
            ("said-before", "said before"),
            ("reworded", "reworded"),
            ("new", "new"),
            ("short", "too short to tell"),
        )
    )
    telling = "".join(f"<li>{_sentence(found.sentences[at])}</li>" for at in found.telling)
    dropped = "".join(f"<p><del>{escape(one.sentence)}</del></p>" for one in found.dropped)
    return "".join(
        (
            "<!doctype html><html><head><meta charset='utf-8'>",
            "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>Redline: {escape(found.title)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(found.title)}</h1>",
            f"<p class='note'>{escape(found.day or 'undated')} · against {against} · {counts}</p>",
            f"<h2>The most telling changes</h2><ol>{telling}</ol>" if telling else "",
            f"<h2>Said then and not now</h2>{dropped}" if dropped else "",
            "<h2>Sentence by sentence</h2>",
            *(_sentence(one) for one in found.sentences),
            f"<p class='note'>New is said of what the desk holds: {escape(str(found.held))}.</p></body></html>",
        )
    )


def reworded_html(edits: Sequence[Edit]) -> str:
    """A rewording in one line of HTML: deletions struck through, insertions underlined."""
    return "".join(
        escape(edit.after)
        if edit.how == "same"
        else (f"<del>{escape(edit.before.rstrip())}</del> " if edit.before else "")
        + (f"<ins>{escape(edit.after.rstrip())}</ins> " if edit.after else "")
        for edit in edits
    )


def _sentence(marked: MarkedSentence) -> str:
    words = reworded_html(marked.edits) if marked.verdict == "reworded" else escape(marked.sentence)
    touches = (
        f" <span class='touches'>{escape(', '.join(marked.touches))}</span>" if marked.verdict == "reworded" else ""
    )
    earlier = ""
    if marked.earlier is not None:
        one = marked.earlier
        times = f", {one.times} times since {escape(one.first or '')}" if one.times > 1 else ""
        earlier = (
            f"<p class='earlier'>last {escape(one.day or 'undated')} by {escape(one.speaker or 'unnamed')}{times} · "
            f"{escape(one.turn)}</p>"
        )
    return f"<p class='{marked.verdict}' id='{escape(marked.turn)}-{marked.start}'>{words}{touches}</p>{earlier}"
