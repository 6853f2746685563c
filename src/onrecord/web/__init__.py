"""The desk in a browser: every page a question of :mod:`onrecord.asking`, set as HTML, and as JSON at the same address.

A page is a function from a desk and what was asked of it to an answer (:mod:`onrecord.web.pages`), with a template that sets the
answer. :mod:`onrecord.web.app` puts them behind their addresses, :mod:`onrecord.web.guarding` keeps strangers out.
"""
