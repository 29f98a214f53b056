"""What walls say, language by language. Every line is a regular expression, matched without regard to case."""

from __future__ import annotations

import re

MARKS = re.compile(
    r"/cdn-cgi/challenge-platform|cf_chl_opt|cf-browser-verification|cf-error-details|captcha-delivery\.com|px-captcha"
    r"|perimeterx\.net|errors\.edgesuite\.net|_Incapsula_Resource|awsWafCookieDomainList|sucuri_cloudproxy|ddos-guard"
    r"|g-recaptcha|hcaptcha\.com/1/api|funcaptcha|geo\.captcha|/_sec/cp_challenge"
)
"""In the source of pages that check for bots: Cloudflare, DataDome, PerimeterX, Akamai, Incapsula, AWS, Sucuri, captchas."""


def _any(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(filter(None, map(str.strip, lines.splitlines()))), re.IGNORECASE | re.MULTILINE)


BOT_CHECK = _any(r"""
    ^(?:just a moment|attention required!|access denied|pardon our interruption|human verification|security check)
    ^(?:robot check|are you a robot|bot verification|ddos-guard|un momento|einen moment|un instant|один момент)\W*$
    verify(?:ing)? (?:that )?you are (?:a )?(?:human|not a (?:ro)?bot)
    checking your browser before
    unusual traffic from your computer
    press (?:&|and) hold to confirm
    enable javascript and cookies to continue
    dass sie (?:ein mensch|kein roboter) sind
    que vous (?:êtes humain|n['’]êtes pas un robot)
    que (?:eres|es|usted es) (?:un )?humano
    que no (?:eres|es) un robot
    che non sei un robot|di essere umano
    que você (?:é humano|não é um robô)
    что вы не робот
    że nie jesteś robotem
    dat u geen robot bent
    att du är människa|at du er (?:et )?menneske
    robot olmadığınızı
    安全验证|人机验证|验证您是真人
    ロボットではありません
    로봇이 아닙니다
""")

CONSENT_TITLE = _any(r"""
    ^before you continue
    ^bevor sie (?:zu \w+ )?(?:weitergehen|fortfahren)
    ^avant (?:d['’](?:accéder|aller)|de continuer)
    ^antes de (?:ir|continuar)
    ^prima di continuare
    ^voordat (?:je|u) verder
    ^zanim przejdziesz
    ^innan du fortsätter
    ^прежде чем (?:перейти|продолжить)
    ^続行する前に
    ^在您继续之前
    (?:privacy|cookie)[- ]?(?:consent|wall|gate|einstellungen|instellingen)\b
    \bconsent\b.*\b(?:required|needed)
    ^(?:zustimmung|einwilligung|consentement|toestemming|samtykke|samtycke)\b
""")

CONSENT_WORD = _any(r"""
    cookie|consent|\bpartners?\b|privacy|personal data|vendors?|tracking
    zustimm|einwillig|datenschutz|akzeptier|partnern
    consentement|accepter|données|confidentialité|traceurs
    aceptar|consentimiento|privacidad|datos
    accett|consenso|dati personali
    toestemming|akkoord|gegevens
    samtyck|samtykk|godkänn
    zgod|prywatno|danych
    согласи|конфиденциальн|персональн
    çerez|onay
    クッキー|同意|プライバシー
    隐私
    쿠키|동의
""")

LOGIN_TITLE = _any(r"""
    (?:please )?(?:log[ -]?in|sign[ -]?in|log on)\b
    (?:bitte )?(?:anmelden|anmeldung|einloggen)\b
    (?:connexion|se connecter|connectez-vous|s['’]identifier)\b
    (?:iniciar sesión|inicio de sesión|inicia sesión|acceder)\b
    (?:accedi|login|entrar|iniciar sessão)\b
    (?:inloggen|aanmelden|logga in|logg inn|log ind|kirjaudu)\b
    (?:zaloguj|logowanie|přihlášení|bejelentkezés)
    (?:войти|вход|авторизация|giriş yap)\b
    登录|登入
    ログイン
    로그인
""")

PAYWALL = _any(r"""
    (?:subscribe|sign up|register|log in) (?:now )?to (?:continue|keep|read)(?: reading| more| on| the)
    (?:this|the) (?:article|story|content) is (?:only )?(?:for|reserved for|available (?:only )?to) (?:our )?subscribers
    subscribers? only|already a subscriber\?|free articles (?:left|remaining)|continue reading with a subscription
    (?:jetzt )?weiterlesen mit|lesen sie (?:diesen artikel )?mit|nur für abonnenten|mit \w+\+ weiterlesen
    article (?:est )?réservé (?:à nos|aux) abonnés|pour lire la suite|la suite est réservée
    (?:exclusiv[oa] para|solo para|sólo para) (?:los )?sub?scriptores|sub?scríbete para (?:seguir|continuar)
    (?:riservat[oa]|solo per) (?:agli )?abbonati|abbonati per (?:continuare|leggere)
    conteúdo exclusivo para assinantes
    alleen voor abonnees|lees verder met
    för prenumeranter|for abonnenter
    tylko dla (?:prenumeratorów|subskrybentów)
    (?:доступ\w*|только) (?:для )?подписчик
    abonelere özel
    有料会員|会員限定
    付费阅读|订阅后阅读
    구독자 전용
""")

MISSING = _any(r"""
    ^(?:error |erreur |fehler |fout |errore |ошибка )?404\b
    \b404 (?:error|not found|page)\b|[-–—|:] *(?:error )?404 *$
    page (?:not found|cannot be found|does(?: not|n['’]t) exist|is not available|no longer exists)
    page (?:could|can)(?: not|n['’]t) be found|^not found\b|content (?:not found|no longer available)
    seite (?:wurde )?(?:leider )?(?:nicht gefunden|existiert nicht)
    page (?:introuvable|non trouvée|inexistante)|page n['’](?:existe|a pas été trouvée)
    página (?:no (?:encontrada|existe|disponible)|não (?:encontrada|existe))
    pagina (?:non (?:trovata|esiste)|niet gevonden|bestaat niet|nu (?:a fost găsită|există))
    страниц[аы] не (?:найден|существует)
    stron[ay] nie (?:została znaleziona|istnieje|znaleziono)|nie znaleziono strony
    stránka (?:nebyla nalezena|nenalezena|neexistuje)
    sidan (?:kunde inte hittas|finns inte|hittades inte)|side[nr]? (?:ble ikke|blev ikke|finnes ikke|findes ikke)
    sivua ei löyt|az oldal nem található|σελίδα δεν βρέθηκε
    sayfa bulunamadı|halaman tidak ditemukan|không tìm thấy trang
    الصفحة غير موجودة|הדף לא נמצא
    ページが見つかりません|お探しのページ
    页面不存在|找不到页面|页面未找到|页面找不到
    頁面不存在|找不到網頁
    페이지를 찾을 수 없
""")
