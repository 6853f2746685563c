"""Files of several statements: tables, JSON lines and arrays, feeds, web archives, mailboxes, opened one statement at a time.

Every statement becomes a capture of its own: the bytes of its row, item, response or message. They are read in order and never
held all at once, so that a file may be larger than the memory. A capture names its place in the file behind ``#``
(``…/news.csv#row=17``, as RFC 7111 writes it); the response of a web archive names its address.

:func:`open_all` yields all statements of a source, :func:`open_one` opens the one that is meant.
"""

from onrecord.containers.opening import count_items, open_all, open_one

__all__ = ["count_items", "open_all", "open_one"]
