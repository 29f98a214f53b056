"""How the HTML report looks: on a screen by day and by night, and on paper. No font, image or file from elsewhere."""

from __future__ import annotations

STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#59636e;--line:#d1d9e0;--pale:#f6f8fa;--link:#0b57d0;
--fails:#b3261e;--fails-pale:#fdeceb;--undecided:#8a5300;--undecided-pale:#fff5e0;--holds:#1a6e34;--holds-pale:#e6f4ea;
--unjudged:#59636e;--unjudged-pale:#f0f2f4;--del:#ffd7d5;--ins:#ccebd3}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--soft:#9da7b3;--line:#3d444d;--pale:#161b22;--link:#79b8ff;
--fails:#ff8a80;--fails-pale:#3a1513;--undecided:#f2c055;--undecided-pale:#332503;--holds:#6fdc8c;--holds-pale:#0f2a17;
--unjudged:#9da7b3;--unjudged-pale:#1d232b;--del:#6b1f1b;--ins:#17512a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);
font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}
a:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{position:static}
h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0 .6rem}
h2{font-size:1.2rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
h3{font-size:1rem;margin:0}
.soft,dt,.place{color:var(--soft)}
.tally{display:flex;flex-wrap:wrap;gap:.6rem;list-style:none;padding:0;margin:1rem 0}
.tally li{border:1px solid var(--line);border-left:.4rem solid var(--c);background:var(--b);border-radius:.3rem;padding:.35rem .8rem;min-width:7.5rem}
.tally b{display:block;font-size:1.5rem;line-height:1.2;color:var(--c)}
.fails{--c:var(--fails);--b:var(--fails-pale)}
.undecided,.remarked{--c:var(--undecided);--b:var(--undecided-pale)}
.holds,.accepted{--c:var(--holds);--b:var(--holds-pale)}
.unjudged{--c:var(--unjudged);--b:var(--unjudged-pale)}
nav ol{padding-left:1.4rem;margin:.3rem 0}
article{border:1px solid var(--line);border-left:.4rem solid var(--c);border-radius:.3rem;padding:.7rem 1rem;margin:.8rem 0;break-inside:avoid}
article:target{outline:3px solid var(--link)}
.verdict{display:inline-block;color:var(--c);background:var(--b);border:1px solid var(--c);border-radius:.25rem;padding:0 .45rem;font-weight:600}
blockquote,.comparison{margin:.6rem 0;padding:.5rem .8rem;background:var(--pale);border-radius:.25rem;font-family:Georgia,"Noto Serif",serif}
.comparison p{margin:.2rem 0}
.side{font:600 .75rem/1.5 system-ui,sans-serif;color:var(--soft);display:inline-block;min-width:4.6rem}
del{background:var(--del);color:inherit;text-decoration:line-through;text-decoration-thickness:1px}
ins{background:var(--ins);color:inherit;text-decoration:underline}
.omitted{color:var(--soft);font-style:italic}
.sign{font:600 .8em monospace;text-decoration:none;display:inline-block}
.context{color:var(--soft)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem;margin:.4rem 0 0}
dd{margin:0}
code{font-family:ui-monospace,Consolas,monospace;font-size:.9em}
summary{cursor:pointer;font-weight:600;padding:.3rem 0}
footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:.6rem;color:var(--soft);font-size:.9rem}
@media (max-width:36rem){dl{grid-template-columns:1fr}dt{margin-top:.3rem}}
@media print{:root{--ink:#000;--paper:#fff;--pale:#f6f8fa;--link:#000;--fails:#8c1d18;--undecided:#6b4000;--holds:#14532d;--del:#ffd7d5;--ins:#ccebd3}
body{max-width:none;padding:0;font-size:10pt}.skip,summary{display:none}details::details-content{content-visibility:visible;block-size:auto}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
