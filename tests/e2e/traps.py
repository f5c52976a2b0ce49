"""Texts that try to make a window open files, ask a server, hang, or show itself turned round."""

from __future__ import annotations

MARK = "spionageziel"
BIG_WORD = "W" * 2_000_000
TRAPS = (
    f"<img src='file:///tmp/{MARK}.png'><img src='/tmp/{MARK}.png'><img src='//{MARK}/share/x.png'>",
    f"<img src='\\\\{MARK}\\share\\y.png'> \\\\{MARK}\\share\\z.png file://{MARK}/share/x.png",
    f"<body background='file:///tmp/{MARK}.png'><table background='/tmp/{MARK}.png'><tr><td>x</table>",
    f"<style>@import url(file:///tmp/{MARK}.css)</style><link rel=stylesheet type=text/css href=/tmp/{MARK}.css>",
    f"![x](file:///tmp/{MARK}.png) <http://127.0.0.1:9/{MARK}.png>",
    "<table><tr><td>" * 30,
    "<blockquote>" * 2_000,
    "\u202egnp.exe\u202c \x1b[31mROT\x00\x07 \x9b31m \u2066x",
)
