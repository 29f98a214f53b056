"""What stands in the place of a page: walls, errors, pages that say that there is no such page. Written for this benchmark after such pages."""

from __future__ import annotations

from dataclasses import dataclass, field

_SHELL = """<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>
<body class="{name}"><header><a href="/">{site}</a></header>{body}
<footer><a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></footer></body></html>"""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a server; ``delay`` seconds later, ``hangs_up`` for one that never comes."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    hangs_up: bool = False


def page(html: str, status: int = 200) -> Answer:
    return Answer(status, html.encode("utf-8", "xmlcharrefreplace"))


def _shell(name: str, title: str, body: str, status: int, lang: str = "en", **headers: str) -> Answer:
    text = _SHELL.format(lang=lang, title=title, name=name, site="The Daily Courier", body=body)
    return Answer(status, text.encode(), {key.replace("_", "-"): value for key, value in headers.items()})


def walls() -> list[tuple[str, Answer]]:
    """Name and answer of walls: consent, log-in, paywall, bot check, with the statuses that such pages come with."""
    consent = (
        "<main><h1>Before you continue</h1>"
        "<p>We and our 843 partners store and access information on your device, such as cookies, and process personal data."
        " Choose whether you consent to personalised advertising and content measurement.</p>"
        "<form action='/consent' method='post'><button>Reject all</button>"
        "<button>Accept all</button><a href='/choices'>More options</a></form></main>"
    )
    zustimmung = (
        "<main><h1>Weiterlesen mit Werbung</h1><p>Besuchen Sie unsere Seite wie gewohnt mit Werbung und Tracking."
        " Wir und unsere Partner benötigen Ihre Einwilligung,"
        " um Cookies zu setzen und Ihre Daten zu verarbeiten.</p>"
        "<button>Akzeptieren und weiter</button><a href='/pur'>Jetzt werbefrei lesen</a></main>"
    )
    login = (
        "<main><h1>Sign in</h1><p>Please log in to your account to view this page.</p>"
        "<form action='/login' method='post'><label>E-mail <input type='email' name='email'></label>"
        "<label>Password <input type='password' name='password'></label><button>Log in</button></form><p>"
        "<a href='/reset'>Forgot your password?</a> <a href='/register'>Create an account</a></p></main>"
    )
    paywall = (
        "<main><h1>{title}</h1><p>This article is for subscribers only.</p><div class='paywall'>"
        "<h2>Subscribe to continue reading</h2><p>You have read your last free article."
        " Subscribe now for 1 euro a week and get unlimited access.</p><button>Subscribe now</button>"
        "<p>Already a subscriber? <a href='/login'>Log in</a></p></div></main>"
    )
    bot = (
        "<main><h1>Checking your browser before accessing the site</h1>"
        "<p>This process is automatic. Your browser will redirect to your requested content shortly."
        " Please enable JavaScript and cookies to continue.</p><p>Ray ID: 8a1f09c2bd7e1c3f</p></main>"
    )
    human = (
        "<main><h1>Are you a robot?</h1><p>We have detected unusual traffic from your network."
        " Please complete the CAPTCHA to prove that you are human.</p></main>"
    )
    refused = "<main><h1>Access denied</h1><p>You do not have permission to view this page.</p></main>"
    return [
        ("consent page", _shell("consent", "Before you continue", consent, 200)),
        ("consent page", _shell("consent", "Zustimmung", zustimmung, 200, "de")),
        ("log-in page", _shell("login", "Sign in - The Daily Courier", login, 200)),
        ("log-in page, 401", _shell("login", "Sign in", login, 401, WWW_Authenticate="Basic realm=courier")),
        ("paywall page", _shell("paywall", "Subscribers only", paywall.format(title="For subscribers"), 200)),
        ("paywall page, 402", _shell("paywall", "Subscribe", paywall.format(title="For subscribers"), 402)),
        ("bot check, 200", _shell("challenge", "Just a moment...", bot, 200)),
        ("bot check, 403", _shell("challenge", "Just a moment...", bot, 403)),
        ("bot check, 429", _shell("challenge", "Too many requests", human, 429, Retry_After="120")),
        ("bot check, 503", _shell("challenge", "Just a moment...", bot, 503)),
        ("refused, 403", _shell("error", "403 Forbidden", refused, 403)),
        ("refused, 429", Answer(429, b"Too Many Requests", {"Content-Type": "text/plain", "Retry-After": "60"})),
    ]


def errors() -> list[tuple[str, Answer]]:
    """Name and answer of servers that fail."""
    body = "<main><h1>Something went wrong</h1><p>Our engineers have been told. Please try again later.</p></main>"
    return [
        ("time-out", Answer(200, b"", delay=3.0)),
        ("500", _shell("error", "Internal Server Error", body, 500)),
        ("502", Answer(502, b"<html><h1>502 Bad Gateway</h1><hr><center>nginx</center></html>")),
        ("503", _shell("error", "Service Unavailable", body, 503)),
        ("504", Answer(504, b"upstream request timeout", {"Content-Type": "text/plain"})),
        ("hangs up", Answer(hangs_up=True)),
    ]


def no_such_page(status: int, lang: str = "en") -> Answer:
    """An error page in the clothes of its site."""
    said = _NO_SUCH_PAGE[lang]
    body = f"<nav><a href='/news'>News</a> <a href='/sport'>Sport</a></nav><main><h1>{said[0]}</h1><p>{said[1]}</p><a href='/'>{said[2]}</a></main>"
    return _shell("not-found", said[0], body, status, lang)


_NO_SUCH_PAGE = {
    "en": (
        "Page not found",
        "Sorry, the page that you are looking for does not exist or has been moved.",
        "Go to the front page",
    ),
    "de": ("Seite nicht gefunden", "Die von Ihnen gesuchte Seite existiert leider nicht (mehr).", "Zur Startseite"),
    "fr": ("Page introuvable", "La page que vous recherchez n’existe pas ou a été supprimée.", "Retour à l’accueil"),
    "es": ("Página no encontrada", "La página que busca no existe o ha sido eliminada.", "Volver a la portada"),
    "it": ("Pagina non trovata", "La pagina che stai cercando non esiste o è stata spostata.", "Torna alla home page"),
    "zh": ("404 页面不存在", "抱歉，您访问的页面不存在或已被删除。", "返回首页"),
}

LANGUAGES = tuple(_NO_SUCH_PAGE)

HOME = _shell(
    "home",
    "The Daily Courier",
    "<main><h2><a href='/a'>Council votes on the new tram line tonight</a></h2><p>The vote was put off twice.</p>"
    "<h2><a href='/b'>Storm warning for the coast lifted</a></h2><p>Ferries sail again from noon.</p>"
    "<h2><a href='/c'>Museum opens its new wing to visitors</a></h2><p>Entry is free in the first week.</p></main>",
    200,
)
