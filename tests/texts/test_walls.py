"""The gate: whole pages that are walls, and pages that only look like them."""

from __future__ import annotations

import pytest

from archiver.texts import document, walls

ARTICLE = (
    "<p>The council said on Monday that the bridge would stay closed for eleven days while it is repaired.</p>" * 60
)


def find(source: str, *, status: int = 200, url: str = "", article: int = 0, embedded: int = 0) -> str | None:
    notice = walls.find(walls.Sight(document.read(source), status, url, article, embedded))
    return notice.code if notice else None


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (200, None),
        (203, None),
        (304, None),
        (404, "no-such-page"),
        (410, "no-such-page"),
        (401, "restricted"),
        (403, "restricted"),
        (429, "restricted"),
        (451, "restricted"),
        (402, "restricted"),
        (418, "restricted"),
        (500, "server-error"),
        (503, "server-error"),
    ],
)
def test_status(status: int, code: str | None) -> None:
    assert find(f"<title>Bridge closed</title>{ARTICLE}", status=status) == code


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("", "empty"),
        ("<title>The Paper</title><body></body>", "empty"),
        ("<title>The Paper</title><div id=root></div><script src=/app.js></script>", "empty"),
        ("<title>The Paper</title><div id=root></div><noscript>Enable JavaScript to run this app.</noscript>", "empty"),
        ("<title>The Paper</title><frameset><frame src=a></frameset>", "empty"),
        ("<title>The Paper</title><div>Loading…</div><script>boot()</script>", "thin-page"),
        ("<title>The Paper</title><p>Contents</p><iframe src=a></iframe>", "thin-page"),
        (
            (
                "<title>Just a moment...</title><h1>example.org</h1><p>Checking if the site connection is secure</p>"
                "<script>window._cf_chl_opt={}</script>"
            ),
            "bot-check",
        ),
        ("<title>Attention Required! | Cloudflare</title><p>Sorry, you have been blocked</p>", "bot-check"),
        (
            (
                "<title>example.org</title><p>Please enable JS</p><script src='//ct.captcha-delivery.com/c.js'></script>"
                "<script>var dd={'host':'geo.captcha-delivery.com'}</script>"
            ),
            "bot-check",
        ),
        (
            "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission. Reference #18.2 errors.edgesuite.net",
            "bot-check",
        ),
        (
            "<title>Access to this page has been denied</title><div id='px-captcha'></div><p>Press &amp; Hold to confirm you are a human",
            "bot-check",
        ),
        ("<title>Page not found</title><h1>Sorry!</h1><p>That page has gone. Try the search.", "soft-404"),
        (
            "<title>The Paper</title><h1>Seite nicht gefunden</h1><p>Leider gibt es diese Seite nicht mehr.</p>",
            "soft-404",
        ),
        ("<title>Página no encontrada</title><p>Vuelva a la portada.", "soft-404"),
        ("<title>Страница не найдена</title><p>Попробуйте поиск.", "soft-404"),
        ("<title>お探しのページが見つかりません</title><p>トップへ戻る", "soft-404"),
        (
            "<title>Before you continue to Google Search</title><p>We use cookies and data to deliver services.",
            "consent-wall",
        ),
        (
            (
                "<title>Die Zeitung</title><p>Mit Werbung weiterlesen: Wir und unsere 214 Partner verarbeiten Daten mit Cookies. "
                "Mit Ihrer Einwilligung speichern wir Cookies. Datenschutz. Wenn Sie zustimmen, willigen Sie in Tracking ein. Akzeptieren"
            ),
            "consent-wall",
        ),
        (
            (
                "<title>Le Journal</title><p>Nos partenaires et nous utilisons des cookies et traceurs pour vos données personnelles. "
                "Accepter les cookies. Votre consentement. Politique de confidentialité. Vos données."
            ),
            "consent-wall",
        ),
        ("<p>We value your privacy. Accept all cookies to continue.</p>", "consent-wall"),
        ("<title>Die Brücke</title><p>Wir verwenden Cookies. Akzeptieren und weiterlesen.</p>", "consent-wall"),
        ("<p>Nos partenaires et nous utilisons des cookies. Tout accepter</p>", "consent-wall"),
        ("<p>本网站使用 Cookie。同意并继续</p>", "consent-wall"),
        ("<title>Log in to The Paper</title><form><input name=u><input type=password></form>", "login-wall"),
        (
            "<title>Anmelden</title><form><input name=u></form><p>Bitte melden Sie sich an, um weiterzulesen.",
            "login-wall",
        ),
        ("<title>ログイン</title><p>メールアドレスを入力してください", "login-wall"),
        (
            "<title>Bridge closed</title><p>The council said on Monday that</p><p>Subscribe to continue reading.",
            "paywall",
        ),
        ("<title>Brücke gesperrt</title><p>Die Stadt teilte mit, dass die Brücke</p><p>Nur für Abonnenten", "paywall"),
        (
            (
                "<title>Pont fermé</title><p>La mairie a annoncé lundi que le pont</p>"
                '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree": "False"}</script>'
            ),
            "paywall",
        ),
    ],
)
def test_walls(source: str, code: str) -> None:
    assert find(source) == code


@pytest.mark.parametrize(
    "source",
    [
        "<title>Note</title><p>The bridge is closed.",
        "<p>Partners reject the deal. The two partners said they could not agree.</p>",
        "<p>The data protection office rejected the consent form. Its partners did not comment.</p>",
        "<p>Rejected: the cookie law. Privacy groups and their partners are angry.</p>",
        "<p>He had the consent of all partners. They agreed.</p>",
        "<p>She baked 400 cookies. The school, with the consent of all, accepted them.</p>",
        f"<title>404: the number that became a word</title>{ARTICLE}",
        f"<title>Cookies and consent: a history</title>{ARTICLE}<p>cookie consent partners privacy tracking vendors</p>",
        f"<title>Login theft is rising</title>{ARTICLE}<input type=password>",
        f"<title>Just a moment of silence</title>{ARTICLE}<div class=g-recaptcha></div>",
        f"<title>Bridge closed</title>{ARTICLE}<p>Already a subscriber? Log in",
    ],
)
def test_pages(source: str) -> None:
    assert find(source) is None


def test_a_page_that_has_its_article_in_its_scripts_is_no_wall() -> None:
    source = "<title>Bridge closed</title><div id=root></div><script>{}</script>"
    assert find(source) == "empty"
    assert find(source, embedded=5_000) is None


def test_a_stub_with_its_article_in_its_scripts_is_no_paywall() -> None:
    source = "<title>Bridge closed</title><p>The council said on Monday that</p><p>Subscribe to continue reading."
    assert find(source, embedded=5_000) is None


def test_the_address_of_a_consent_page_says_it() -> None:
    source = "<title>Yahoo</title><p>Yahoo is part of the Yahoo family of brands. " + "Please choose. " * 20
    assert find(source, url="https://consent.yahoo.com/v2/collectConsent?sessionId=1") == "consent-wall"


def test_a_bot_check_is_told_whatever_its_status() -> None:
    source = "<title>Just a moment...</title><p>Checking your browser before accessing example.org"
    assert find(source, status=403) == "bot-check"
    assert find(source, status=503) == "bot-check"
    assert find(source, status=404) == "no-such-page"
