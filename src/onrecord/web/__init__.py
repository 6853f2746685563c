"""The desk in a browser: every page answers a question of :mod:`onrecord.asking`, as HTML and at the same address as JSON.

A page (:mod:`onrecord.web.pages`) is a function from a desk and a query to an answer, with a template that renders it.
:mod:`onrecord.web.app` routes addresses to pages. Pages that may take long are answered by worker processes
(:mod:`onrecord.web.worker`), which are stopped at a deadline. :mod:`onrecord.web.guard` checks where a request comes from,
:mod:`onrecord.web.connections` limits connections and headers.
"""
