"""The web interface: each page shows the result of a function of :mod:`onrecord.asking`, as HTML and as JSON at one URL.

A page (:mod:`onrecord.web.pages`) is a function from a desk and query parameters to an answer, with a template that renders
the answer. :mod:`onrecord.web.app` routes URLs to pages. Worker processes (:mod:`onrecord.web.worker`) compute slow pages and
are killed at a deadline. :mod:`onrecord.web.guard` checks the origin of requests, :mod:`onrecord.web.connections` limits
connections and header sizes.
"""
