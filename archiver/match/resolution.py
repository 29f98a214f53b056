"""What a bracket may stand in the place of: a pronoun, a name, "the minister", another form of the same word. Not another word."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.match import capitals, meaning, tokens
from archiver.match.fold import fold_word
from archiver.match.index import UNKNOWN
from archiver.match.lexicon import Lexicon, is_function_word
from archiver.match.negation import lowered
from archiver.match.sides import Sides

LONGEST_ENDING = 3  # letters of an ending in languages without a list of them
SHORTEST_STEM = 4  # letters of a stem there
ABBREVIATED = 3  # letters that a short form of a name has at least (Fed/Federal)


def may_stand(inner: Sequence[str], replaced: Sequence[str], place: int, sides: Sides) -> bool:
    """True where the words in a bracket may stand for these words of the source, which begin at token ``place``.

    Every word of the source that says something must be there again, in whatever form; else the source must have a pronoun, a
    name or a noun with its article, and the bracket the name or noun that they mean. Whether they mean it is not asked.
    """
    spoken = sides.lexicon
    lost = [
        k for k, word in enumerate(replaced) if _says(word, replaced, spoken) and not given_back(word, inner, spoken)
    ]
    if not lost:
        return True
    brought = [word for word in inner if _says(word, inner, spoken) and not given_back(word, replaced, spoken)]
    words = [replaced[k] for k in lost]
    if _abbreviates(words, inner) or _abbreviates(inner, words):
        return True
    names = all(_is_named(replaced[k], place + k, sides) for k in lost)
    definite = lowered(replaced[:1])[0] in spoken.articles
    if not brought:
        named = names and any(_says(word, inner, spoken) for word in inner)
        return named or ((names or definite) and any(word in spoken.pronouns for word in lowered(inner)))
    called = all(_is_name(word, sides) for word in brought)
    if names:
        return are_neighbours(words, brought, sides) if called else begins_noun(inner, spoken)
    return definite and called


def may_stand_beside(inner: Sequence[str], beside: Sequence[str], place: int, sides: Sides, *, at_end: bool) -> bool:
    """True where a bracket at an end of the quotation may stand there, before or after words that are cut off.

    It is an insertion, unless it begins with a plain word where the source has another, or is a noun with its article where the
    source has another such noun. ``place`` is the token at which ``beside`` begins.
    """
    spoken = sides.lexicon
    nearest = beside[0 if at_end else -1] if beside else ""
    if (
        not nearest
        or says_nothing(nearest, spoken)
        or all(given_back(word, beside, spoken) for word in inner if _says(word, inner, spoken))
    ):
        return True
    head = inner[0]
    if head.lower() in spoken.articles:
        whole = place == 0 or meaning.ends_sentence(sides.page, place)
        noun = beside if whole else beside[-2:]
        spot = place + len(beside) - len(noun)
        says = [k for k, word in enumerate(noun) if _says(word, noun, spoken)]
        another = noun[0].lower() in spoken.articles and not all(_is_named(noun[k], spot + k, sides) for k in says)
        return at_end or not another
    return not (begins_plainly(inner, sides) and _says(nearest, beside, spoken))


def begins_plainly(inner: Sequence[str], sides: Sides) -> bool:
    """True where a bracket begins with a plain word: no article, pronoun or preposition, no number, no name."""
    head = inner[0]
    named = _is_name(head, sides) or (len(inner) > 1 and all(_is_name(word, sides) for word in inner[1:]))
    return _says(head, inner, sides.lexicon) and not named and not tokens.is_number(head)


def begins_noun(inner: Sequence[str], lexicon: Lexicon) -> bool:
    """True where a bracket begins as nouns do: with an article, a pronoun or a capital."""
    head = inner[0]
    return head.lower() in lexicon.articles | lexicon.pronouns or head[:1].isupper() or not lexicon.articles


def says_nothing(word: str, lexicon: Lexicon) -> bool:
    """True for words that point to what others say: pronouns, articles, “here”, “yesterday”."""
    low = word.lower()
    return low in lexicon.pronouns or low in lexicon.articles or low in lexicon.deictics


def _says(word: str, beside: Sequence[str], lexicon: Lexicon) -> bool:
    low = word.lower()
    if says_nothing(word, lexicon):
        return False
    if low in lexicon.units or low in lexicon.calendar:  # last week, next Monday
        return not any(other in lexicon.deictics for other in lowered(beside))
    return low in lexicon.copulas or low in lexicon.modals or not is_function_word(low)


def given_back(word: str, among: Sequence[str], lexicon: Lexicon) -> bool:
    """True where a word stands among others, in whatever form."""
    return any(is_same_word(word, other, lexicon) for other in among)


def is_same_word(one: str, two: str, lexicon: Lexicon) -> bool:
    """True for forms of one word: the same letters, the same number, the same stem with another ending, or listed (go/went)."""
    a, b = one.lower(), two.lower()
    if a == b or a.strip("'’") == b.strip("'’"):
        return True
    values = (lexicon.numbers.get(a, a), lexicon.numbers.get(b, b))
    if str(values[0]) == str(values[1]) or (b in lexicon.units and not a.isalnum()):
        return True
    bases = (lexicon.forms.get(a, a), lexicon.forms.get(b, b))  # “won” and “winning” are of “win”
    return bases[0] == bases[1] or _share_stem(a, b, lexicon) or (bases != (a, b) and _share_stem(*bases, lexicon))


def _share_stem(a: str, b: str, lexicon: Lexicon) -> bool:
    if not (a.isalpha() and b.isalpha()) or tokens.is_unspaced(a):
        return False
    stem = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if lexicon.endings:
        return stem >= 2 and any(
            _ends(a, k, lexicon) and _ends(b, k, lexicon) for k in range(stem, max(1, stem - 3), -1)
        )
    return stem >= SHORTEST_STEM and max(len(a), len(b)) - stem <= LONGEST_ENDING


def _ends(word: str, stem: int, lexicon: Lexicon) -> bool:
    """True where the rest of a word is an ending, its last consonant doubled before it or not (bann-ed)."""
    rest = word[stem:]
    return rest in lexicon.endings or (rest[:1] == word[stem - 1] and rest[1:] in lexicon.endings)


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """``UN`` for ``United Nations``, ``Fed`` for ``Federal Reserve``."""
    if len(short) != 1 or not short[0][:1].isupper():
        return False
    letters = "".join(word[0] for word in long if word[:1].isupper())
    return short[0] == letters or (
        len(short[0]) >= ABBREVIATED and any(word.startswith(short[0]) and word != short[0] for word in long)
    )


def _is_name(word: str, sides: Sides) -> bool:
    """True for a word of the bracket that has the capital of a name; in German, where every noun has one, only if it is on the
    page.
    """
    if not word[:1].isupper():
        return False
    if "de" in sides.lexicon.languages or sides.quotation.text.lstrip("“”\"'«„[ ").startswith(word):
        return capitals.stands_inside(fold_word(word), sides)
    return True


def _is_named(word: str, place: int, sides: Sides) -> bool:
    """True for a word of the source that is a name, not one that begins a sentence; in German one that stands beside another."""
    if not word[:1].isupper() or word.lower() in sides.lexicon.calendar:
        return False
    if "de" in sides.lexicon.languages:
        return _stands_beside_names(word, sides)
    begins = place == 0 or meaning.ends_sentence(sides.page, place)
    return not begins or (not sides.known(word.lower()) and capitals.stands_inside(word, sides))


def _stands_beside_names(word: str, sides: Sides) -> bool:
    code = sides.prepared.words.find(word)
    for page in sides.prepared.pages if code != UNKNOWN else ():
        for place in capitals.places(code, page):
            before = place and not page.gap(place).strip() and not meaning.ends_sentence(page, place - 1)
            if before and page.form(place - 1)[:1].isupper():
                return True
            if place + 1 < len(page.words) and not page.gap(place + 1).strip() and page.form(place + 1)[:1].isupper():
                return True
    return False


def are_neighbours(one: Sequence[str], two: Sequence[str], sides: Sides) -> bool:
    """True where the page has a word of the one name side by side with a word of the other (“Joe” and “Biden”)."""
    codes = [[sides.prepared.words.find(fold_word(word)) for word in words] for words in (one, two)]
    pairs = [pair for a in codes[0] for b in codes[1] for pair in (a + b, b + a) if UNKNOWN not in pair]
    return any(pair in page.words for page in sides.prepared.pages for pair in pairs)
