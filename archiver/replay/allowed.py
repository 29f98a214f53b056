"""The elements and attributes that a replayed page may have: what is not named here is not in it.

None of them, with the attributes that may stand on it, runs anything or names an address; those that name one are written by
`archiver.replay.rewriting` alone. The lists hold in every context of a parser: what an element means in HTML, SVG or MathML, each is harmless.
"""

from __future__ import annotations

import re


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


HTML = _names(
    """
    a abbr acronym address area article aside b bdi bdo big blockquote body br button caption center cite code col colgroup data dd del
    details dfn dialog dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i ins kbd
    label legend li listing main map mark menu meter nav nobr ol optgroup option output p picture pre progress q rb rp rt rtc ruby s samp
    search section select slot small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
    """
)
VOID = _names("area br col hr wbr")

SVG = _names(
    """
    svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textpath switch foreignobject
    lineargradient radialgradient stop pattern clippath mask marker filter feblend fecolormatrix fecomponenttransfer fecomposite
    feconvolvematrix fediffuselighting fedisplacementmap fedistantlight fedropshadow feflood fefunca fefuncb fefuncg fefuncr
    fegaussianblur femerge femergenode femorphology feoffset fepointlight fespecularlighting fespotlight fetile feturbulence
    """
)
MATHML = _names(
    """
    math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom menclose msub msup msubsup munder mover munderover
    mmultiscripts mprescripts mtable mtr mtd semantics
    """
)
FOREIGN = SVG | MATHML

CUSTOM = re.compile(r"[a-z][a-z0-9_.]*-[a-z0-9_.-]*")
"""An element of the page's own making: without scripts it is a box with a name that style sheets know."""

NOT_CUSTOM = _names(
    "annotation-xml color-profile font-face font-face-src font-face-uri font-face-format font-face-name missing-glyph"
)

LEFT_OUT = _names(
    "iframe noembed noframes audio video canvas datalist title desc metadata annotation applet portal fencedframe"
)
"""Left out with all that is in them (some have something written in their place)."""

EVERYWHERE = _names(
    """
    abbr align alt bgcolor border cellpadding cellspacing char charoff checked class clear color cols colspan compact datetime dir disabled
    face for frame headers height hidden high hspace id inert label lang low max min multiple noshade nowrap open optimum part
    placeholder popover reversed role rows rowspan rules scope selected size slot span start summary title valign value vspace width wrap
    exportparts text link vlink alink

    accent accentunder columnalign columnspacing columnlines columnspan display displaystyle fence form largeop linethickness lspace
    mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation rowalign rowlines rowspacing rspace scriptlevel
    separator stretchy symmetric voffset depth

    amplitude azimuth basefrequency bias clippathunits cx cy d diffuseconstant divisor dx dy edgemode elevation exponent
    filterunits fx fy fr gradienttransform gradientunits in in2 intercept k1 k2 k3 k4 kernelmatrix kernelunitlength lengthadjust
    limitingconeangle markerheight markerunits markerwidth maskcontentunits maskunits method mode numoctaves offset operator order orient
    pathlength patterncontentunits patterntransform patternunits points pointsatx pointsaty pointsatz preservealpha preserveaspectratio
    primitiveunits r radius refx refy result rotate rx ry scale seed slope spacing specularconstant specularexponent spreadmethod
    startoffset stddeviation stitchtiles surfacescale tablevalues targetx targety textlength type-of version viewbox x x1 x2
    xchannelselector y y1 y2 ychannelselector z
    """
) - {"form", "type-of"}  # fmt: skip
"""Attributes whose value is taken as it stands, whatever element they are on."""

STYLING = _names(
    """
    clip-path clip-rule color-interpolation color-interpolation-filters color-rendering cursor direction dominant-baseline
    alignment-baseline baseline-shift fill fill-opacity fill-rule filter flood-color flood-opacity font-family font-size font-size-adjust
    font-stretch font-style font-variant font-weight image-rendering letter-spacing lighting-color marker-end marker-mid marker-start mask
    opacity overflow paint-order pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering transform
    transform-origin unicode-bidi vector-effect visibility word-spacing writing-mode
    """
)
"""Attributes of SVG whose values are CSS, and read as such."""

NAMED = re.compile(r"(?:data|aria)-[a-z0-9_.-]{1,60}")
"""Attributes that do nothing by themselves, and that style sheets ask for."""

LONGEST_NAMED = 300

INPUTS = _names("text search email tel url number range date month week time color checkbox radio button")
"""Kinds of fields that are shown; a button that would send becomes one that does nothing."""
