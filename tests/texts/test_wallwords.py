"""What walls say, in the languages of their readers."""

from __future__ import annotations

import re

import pytest

from archiver.texts import wallwords


@pytest.mark.parametrize(
    "text",
    [
        "404",
        "404 Not Found",
        "Error 404",
        "Page not found | The Paper",
        "The Paper - 404",
        "Seite nicht gefunden",
        "Page introuvable",
        "Página no encontrada",
        "Página não encontrada",
        "Pagina non trovata",
        "Pagina niet gevonden",
        "Страница не найдена",
        "Strona nie została znaleziona",
        "Stránka nenalezena",
        "Sidan kunde inte hittas",
        "Siden blev ikke fundet",
        "Sayfa bulunamadı",
        "ページが見つかりません",
        "页面不存在",
        "페이지를 찾을 수 없습니다",
        "الصفحة غير موجودة",
        "Az oldal nem található",
    ],
)
def test_missing(text: str) -> None:
    assert wallwords.MISSING.search(text)


@pytest.mark.parametrize(
    "text", ["Area 404: how a band found its name", "The 404 bus is late again", "Peugeot 4040", "Found in the page"]
)
def test_not_missing(text: str) -> None:
    assert not wallwords.MISSING.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Just a moment...",
        "Attention Required! | Cloudflare",
        "Please verify you are human",
        "Einen Moment…",
        "Un momento…",
        "Wir müssen sicherstellen, dass Sie kein Roboter sind",
        "Vérifions que vous n’êtes pas un robot",
        "Confirma que no eres un robot",
        "Conferma che non sei un robot",
        "Confirme que você não é um robô",
        "Подтвердите, что вы не робот",
        "Potwierdź, że nie jesteś robotem",
        "私はロボットではありません",
        "安全验证",
        "로봇이 아닙니다",
    ],
)
def test_bot_check(text: str) -> None:
    assert wallwords.BOT_CHECK.search(text)


@pytest.mark.parametrize(
    "text", ["A moment in history", "Ein Moment der Ruhe", "Robots are coming, and people verify nothing"]
)
def test_no_bot_check(text: str) -> None:
    assert not wallwords.BOT_CHECK.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Log in",
        "Sign in to continue",
        "Anmelden",
        "Connexion",
        "Iniciar sesión",
        "Accedi",
        "Inloggen",
        "Войти",
        "Zaloguj się",
        "ログイン",
        "登录",
        "로그인",
    ],
)
def test_login_titles(text: str) -> None:
    assert wallwords.LOGIN_TITLE.match(text)


@pytest.mark.parametrize(
    "text",
    [
        "Before you continue to Google",
        "Bevor Sie zu Google weitergehen",
        "Avant d’accéder à Google",
        "Antes de continuar",
        "Prima di continuare",
        "Voordat je verdergaat",
        "Прежде чем перейти",
        "続行する前に",
    ],
)
def test_consent_titles(text: str) -> None:
    assert wallwords.CONSENT_TITLE.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Subscribe to continue reading",
        "Already a subscriber? Log in",
        "Nur für Abonnenten",
        "Article réservé aux abonnés",
        "Contenido exclusivo para suscriptores",
        "Contenuto riservato agli abbonati",
        "Conteúdo exclusivo para assinantes",
        "Alleen voor abonnees",
        "Материал доступен только для подписчиков",
        "この記事は有料会員限定です",
        "付费阅读",
    ],
)
def test_paywall(text: str) -> None:
    assert wallwords.PAYWALL.search(text)


def test_no_pattern_has_an_empty_line_in_it() -> None:
    for pattern in vars(wallwords).values():
        if isinstance(pattern, re.Pattern):
            assert not pattern.search("")
