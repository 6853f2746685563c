"""Collect what issuers publish onto a desk, politely and for years.

::

    with open_desk("desk", write=True, create_new=True) as desk:
        report = collect(desk, "us-state", Options(since="2026-01-01", contact="desk@example.org"))
    print(report.line)            # asked 42, new 7, changed 2, missing 2 working days, in doubt 1

:mod:`listings` reads lists, :mod:`walking` walks them, :mod:`client` asks politely (:mod:`politeness`, :mod:`robots`),
:mod:`answers` tells pages from walls, :mod:`schedule` says when a page is due again; none of these knows a desk.
:mod:`collector` puts them together with the desk's queue and visits, :mod:`report` says what came of it.
"""
