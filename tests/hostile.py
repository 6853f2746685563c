"""A page that tries everything: what it carries must be shown as words and must do nothing.

``OUTSIDE`` is where it would phone home; the tests let no request leave.
"""

from __future__ import annotations

OUTSIDE = "http://outside.example"
TITLE = "Foreign Ministry Spokesperson Geng Shuang's Regular Press Conference on May 9, 2019"


def page(title: str = TITLE) -> bytes:
    """The page, in the layout of 2019."""
    return f"""<html><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="refresh" content="0;url={OUTSIDE}/refresh">
<base href="{OUTSIDE}/"><link rel="stylesheet" href="{OUTSIDE}/a.css"><link rel="dns-prefetch" href="{OUTSIDE}">
<link rel="preload" as="image" href="{OUTSIDE}/preload.png"><style>@import url({OUTSIDE}/b.css); body {{ background: url({OUTSIDE}/c.png) }}</style>
<script>alert(1); fetch("{OUTSIDE}/script")</script><script src="{OUTSIDE}/d.js"></script></head>
<body onload="alert(2)" background="{OUTSIDE}/e.png"><div class="nav"><a href="javascript:alert(3)">Home</a></div>
<h2 class="title">{title}</h2><div class="content" style="background:url({OUTSIDE}/f.png)" onclick="alert(4)">
<p>Q: What of the &lt;script&gt;alert(5)&lt;/script&gt; in the harbour, and of the sanctions? <img src="{OUTSIDE}/g.png" onerror="alert(6)"></p>
<p>A: We oppose sanctions. <a href="javascript:alert(7)">Read more</a> &lt;img src=x onerror=alert(8)&gt; {{{{ 7 * 7 }}}} "&gt;&lt;svg onload=alert(9)&gt;</p>
<p>Q: And the frame? <iframe src="{OUTSIDE}/frame"></iframe><object data="{OUTSIDE}/object"></object><embed src="{OUTSIDE}/embed"></p>
<p>A: The frame is <svg><script>alert(10)</script><image href="{OUTSIDE}/h.png"/></svg> nothing. <video src="{OUTSIDE}/i.mp4" autoplay></video></p>
<form action="{OUTSIDE}/form"><input name="token"><button>Send</button></form>
</div><div class="copyright">An invented page.</div></body></html>""".encode()
