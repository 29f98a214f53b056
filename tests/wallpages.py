"""Pages that stand in front of others, written after the patterns of real ones, and short pages that are none of these.

Every wall is (name, language, code, source): consent dialogues, log-ins, paywall stubs, bot checks, pages that say with status 200 that
there is no such page, shells that only scripts fill. The wording is that which publishers and consent platforms use in each language.
"""

from __future__ import annotations

from dataclasses import dataclass

_MENUS = {
    "en": ("Home World Business Culture Sport Weather", "About us Contact Terms of use Advertise"),
    "de": ("Startseite Politik Wirtschaft Kultur Sport Wetter", "Impressum Kontakt AGB Werbung"),
    "fr": ("Accueil Monde Économie Culture Sport Météo", "Qui sommes-nous Contact Mentions légales"),
    "es": ("Portada Internacional Economía Cultura Deportes", "Quiénes somos Contacto Aviso legal"),
    "it": ("Prima pagina Esteri Economia Cultura Sport", "Chi siamo Contatti Note legali"),
    "pt": ("Início Mundo Economia Cultura Desporto", "Quem somos Contactos Termos"),
    "nl": ("Voorpagina Buitenland Economie Cultuur Sport", "Over ons Contact Colofon"),
    "sv": ("Startsida Världen Ekonomi Kultur Sport", "Om oss Kontakt"),
    "da": ("Forside Udland Økonomi Kultur Sport", "Om os Kontakt"),
    "no": ("Forside Utenriks Økonomi Kultur Sport", "Om oss Kontakt"),
    "pl": ("Strona główna Świat Gospodarka Kultura Sport", "O nas Kontakt Regulamin"),
    "cs": ("Domů Svět Ekonomika Kultura Sport", "O nás Kontakt"),
    "ru": ("Главная Мир Экономика Культура Спорт", "О нас Контакты"),
    "tr": ("Ana sayfa Dünya Ekonomi Kültür Spor", "Hakkımızda İletişim"),
    "ja": ("トップ 国際 経済 文化 スポーツ", "会社案内 お問い合わせ"),
    "zh": ("首页 国际 财经 文化 体育", "关于我们 联系方式"),
    "ko": ("홈 국제 경제 문화 스포츠", "회사소개 문의"),
    "ar": ("الرئيسية العالم الاقتصاد الثقافة الرياضة", "من نحن اتصل بنا"),
    "fi": ("Etusivu Maailma Talous Kulttuuri Urheilu", "Tietoa meistä Yhteystiedot"),
    "hu": ("Címlap Külföld Gazdaság Kultúra Sport", "Rólunk Kapcsolat"),
    "el": ("Αρχική Κόσμος Οικονομία Πολιτισμός", "Ποιοι είμαστε Επικοινωνία"),
    "id": ("Beranda Dunia Ekonomi Budaya Olahraga", "Tentang kami Kontak"),
    "uk": ("Головна Світ Економіка Культура", "Про нас Контакти"),
}  # fmt: skip


@dataclass(frozen=True)
class WallPage:
    name: str
    language: str
    code: str
    source: str


def _site(language: str, title: str, body: str) -> str:
    """A page of a news site, with its menus."""
    top, bottom = _MENUS[language]
    links = "".join(f'<li><a href="/{word}">{word}</a>' for word in top.split(" "))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<header><nav><ul>{links}</ul></nav></header><main>{body}</main><footer>{bottom} © 2026</footer></body></html>"
    )


def _bare(language: str, title: str, body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def _stub(language: str, title: str, lead: str, wall: str) -> str:
    return _site(
        language, title, f'<article><h1>{title}</h1><p>{lead}</p></article><section class="offer">{wall}</section>'
    )


def _wall(name: str, code: str, source: str) -> WallPage:
    return WallPage(name, name.split("-")[0], code, source)


CONSENT = "consent-wall"
CONSENTS = [
    _wall("en-search-engine", CONSENT, _bare("en", "Before you continue to Video", """
        <h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our services, track outages and protect against spam,
        and measure audience engagement. If you choose to Accept all, we will also use cookies and data to develop new services and show
        personalised ads.</p><button>Reject all</button><button>Accept all</button><a>More options</a><a>Privacy</a><a>Terms</a>""")),
    _wall("en-brands", CONSENT, _bare("en", "Your privacy choices", """
        <h2>We value your privacy</h2><p>We and our 842 partners store and access personal data, like browsing data or unique identifiers, on
        your device. Selecting I Accept enables tracking technologies to support the purposes shown under we and our partners process data
        to provide. If trackers are disabled, some content may not be as relevant. You can manage consent at any time. View vendors.</p>
        <button>I Accept</button><button>Manage cookies</button>""")),
    _wall("de-pur", CONSENT, _bare("de", "Zustimmung erforderlich", """
        <h1>Mit Werbung weiterlesen</h1><p>Besuchen Sie uns wie gewohnt mit Werbung und Tracking. Details zu Tracking und Ihren
        Widerrufsmöglichkeiten finden Sie im Datenschutz und im Privacy Center.</p><button>Akzeptieren und weiter</button>
        <h2>Oder Pur-Abo</h2><p>Ohne Tracking und Cookies, ab 4,99 Euro im Monat. Wir und unsere 187 Partner verarbeiten Daten mit Ihrer
        Einwilligung.</p><a>Jetzt abonnieren</a>""")),
    _wall("de-forward", CONSENT, _bare("de", "Bevor Sie fortfahren", """
        <p>Wir verwenden Cookies und Daten, um Dienste bereitzustellen. Wenn Sie auf „Alle akzeptieren“ klicken, verwenden wir Cookies auch
        für personalisierte Werbung.</p><button>Alle ablehnen</button><button>Alle akzeptieren</button>""")),
    _wall("fr-continuer-sans", CONSENT, _bare("fr", "Le respect de votre vie privée", """
        <p>Avec votre accord, nos partenaires et nous utilisons des cookies ou traceurs pour stocker, consulter et traiter des données
        personnelles comme votre visite sur ce site. Vous pouvez retirer votre consentement à tout moment dans notre politique de
        confidentialité. Nos partenaires et nous traitons les données.</p><button>Accepter et fermer</button>
        <button>Continuer sans accepter</button><a>Voir nos partenaires</a>""")),
    _wall("fr-avant", CONSENT, _bare("fr", "Avant d'accéder au site", """
        <p>Nous utilisons des cookies et des données pour assurer le service et afficher des annonces.</p>
        <button>Tout refuser</button><button>Tout accepter</button>""")),
    _wall("es-aceptar-o-pagar", CONSENT, _bare("es", "Tu privacidad es importante", """
        <p>Nosotros y nuestros socios almacenamos cookies y tratamos datos personales, como tu dirección IP, para publicidad personalizada.
        Puedes aceptar las cookies y seguir gratis, o suscribirte y rechazar. Puedes retirar tu consentimiento en la política de
        privacidad.</p><button>Aceptar y continuar</button><button>Rechazar y suscribirse</button><a>Más datos</a>""")),
    _wall("it-consenso", CONSENT, _bare("it", "Il tuo consenso", """
        <p>Noi e i nostri partner archiviamo cookie e trattiamo dati personali per annunci personalizzati. Puoi accettare i cookie oppure
        abbonarti. Il consenso può essere revocato nella privacy policy.</p><button>Accetta e continua</button>
        <button>Rifiuta e abbonati</button>""")),
    _wall("pt-antes", CONSENT, _bare("pt", "Antes de continuar", """
        <p>Utilizamos cookies e dados para fornecer os serviços e mostrar anúncios personalizados.</p><button>Rejeitar tudo</button>
        <button>Aceitar tudo</button>""")),
    _wall("nl-toestemming", CONSENT, _bare("nl", "Uw toestemming", """
        <p>Wij en onze 96 partners gebruiken cookies en vergelijkbare technieken om gegevens van uw apparaat te verwerken. Met uw
        toestemming tonen wij persoonlijke advertenties. Klik op akkoord, of pas uw cookie-instellingen aan. Lees ons
        privacystatement.</p><button>Akkoord</button><button>Instellen</button>""")),
    _wall("sv-samtycke", CONSENT, _bare("sv", "Vi bryr oss om din integritet", """
        <p>Vi och våra partner lagrar cookies och behandlar personuppgifter. Ditt samtycke gäller denna webbplats. Du kan godkänna alla
        cookies eller ändra ditt samtycke när som helst.</p><button>Godkänn alla cookies</button><button>Inställningar</button>""")),
    _wall("no-samtykke", CONSENT, _bare("no", "Samtykke", """
        <p>Vi og våre partnere bruker informasjonskapsler (cookies) for å lagre opplysninger. Du kan gi eller trekke ditt samtykke når som
        helst.</p><button>Godta alle</button>""")),
    _wall("pl-zgoda", CONSENT, _bare("pl", "Szanujemy Twoją prywatność", """
        <p>My i nasi partnerzy przechowujemy pliki cookie i przetwarzamy dane osobowe. Klikając „Zgadzam się”, wyrażasz zgodę na
        przetwarzanie danych w celach reklamowych. Zgodę można wycofać w polityce prywatności.</p><button>Zgadzam się</button>""")),
    _wall("ru-soglasie", CONSENT, _bare("ru", "Прежде чем продолжить", """
        <p>Мы используем файлы cookie и данные. Нажимая «Принять все», вы даёте согласие на обработку персональных данных.</p>
        <button>Принять все</button><button>Отклонить</button>""")),
    _wall("ja-doui", CONSENT, _bare("ja", "続行する前に", """
        <p>サービスの提供と広告の表示のためにクッキーとデータを使用します。同意する場合は「すべて受け入れる」を選択してください。</p>
        <button>すべて拒否</button><button>すべて受け入れる</button>""")),
    _wall("ko-dongui", CONSENT, _bare("ko", "개인정보 처리 동의", """
        <p>당사와 파트너는 쿠키를 사용하여 개인정보를 처리합니다. 쿠키 사용에 동의하시면 계속하십시오. 동의는 언제든지 철회할 수 있습니다.</p>
        <button>동의</button><button>쿠키 설정</button>""")),
    _wall("fi-evasteet", CONSENT, _bare("fi", "Ennen kuin jatkat", """
        <p>Käytämme evästeitä ja tietoja palvelujen tarjoamiseen. Me ja kumppanimme käsittelemme henkilötietoja suostumuksellasi. Voit
        muuttaa evästeasetuksia milloin tahansa.</p><button>Hyväksy kaikki</button><button>Hylkää kaikki</button>""")),
]  # fmt: skip

LOGIN = "login-wall"
LOGINS = [
    _wall("en-network", LOGIN, _bare("en", "Log in to Friends", """
        <h1>Friends</h1><form><input name="email"><input type="password" name="pass"><button>Log in</button></form>
        <a>Forgotten password?</a><a>Create new account</a>""")),
    _wall("en-professional", LOGIN, _bare("en", "Sign Up | WorkNet", """
        <h1>Join WorkNet</h1><form><label>Email<input></label><label>Password (6+ characters)<input type="password"></label>
        <button>Agree &amp; Join</button></form><p>Already on WorkNet? Sign in</p>""")),
    _wall("en-university", LOGIN, _bare("en", "University Login Service", """
        <p>You are about to access a service that requires authentication: Library Proxy.</p><form>Username<input>Password
        <input type="password"><button>Login</button></form>""")),
    _wall("de-anmelden", LOGIN, _site("de", "Anmelden", """
        <h1>Willkommen zurück</h1><form>E-Mail<input>Passwort<input type="password"><button>Anmelden</button></form>
        <a>Passwort vergessen?</a><a>Neu hier? Konto erstellen</a>""")),
    _wall("fr-connexion", LOGIN, _site("fr", "Connexion", """
        <h1>Connectez-vous</h1><form>E-mail<input>Mot de passe<input type="password"><button>Se connecter</button></form>""")),
    _wall("es-sesion", LOGIN, _site("es", "Inicia sesión", """
        <form>Correo electrónico<input>Contraseña<input type="password"><button>Entrar</button></form><a>¿No tienes cuenta?</a>""")),
    _wall("it-accedi", LOGIN, _site("it", "Accedi", """
        <form>E-mail<input>Password<input type="password"><button>Accedi</button></form>""")),
    _wall("pt-entrar", LOGIN, _site("pt", "Entrar", """
        <form>E-mail<input>Senha<input type="password"><button>Entrar</button></form><a>Esqueci a senha</a>""")),
    _wall("nl-inloggen", LOGIN, _site("nl", "Inloggen", """
        <form>E-mailadres<input>Wachtwoord<input type="password"><button>Inloggen</button></form>""")),
    _wall("pl-zaloguj", LOGIN, _site("pl", "Zaloguj się", """
        <form>E-mail<input>Hasło<input type="password"><button>Zaloguj</button></form>""")),
    _wall("ru-voyti", LOGIN, _site("ru", "Вход", """
        <form>Телефон или почта<input>Пароль<input type="password"><button>Войти</button></form>""")),
    _wall("ja-login", LOGIN, _site("ja", "ログイン", """
        <form>メールアドレス<input>パスワード<input type="password"><button>ログイン</button></form>""")),
    _wall("zh-denglu", LOGIN, _bare("zh", "登录 - 知乎", """
        <form>手机号<input>密码<input type="password"><button>登录</button></form><p>未注册手机验证后自动登录</p>""")),
    _wall("ko-login", LOGIN, _bare("ko", "로그인", """
        <form>아이디<input>비밀번호<input type="password"><button>로그인</button></form>""")),
]  # fmt: skip

PAY = "paywall"
PAYWALLS = [
    _wall("en-metered", PAY, _stub("en", "Harbour plan splits the council", """
        The council spent four hours on Monday night over a plan for the old harbour that its critics call a gift to developers, and its
        friends the last chance for the quarter.""", """
        <h2>Subscribe to continue reading</h2><p>Get unlimited access for $1 a week. Cancel anytime.</p>
        <a>Already a subscriber? Sign in</a>""")),
    _wall("en-reached", PAY, _stub("en", "What the auditors saw", """
        In the spring two auditors opened a cupboard in the basement of the ministry.""", """
        <h3>You’ve reached your limit of free articles</h3><p>To keep reading, subscribe or log in. Unlock this story for 99p.</p>""")),
    _wall("en-marked", PAY, _bare("en", "What the auditors saw", """
        <article><h1>What the auditors saw</h1><p>In the spring two auditors opened a cupboard in the basement of the ministry.</p></article>
        <p>Choose your plan.</p>""", """<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false,
        "hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":".body"}}</script>""")),
    _wall("de-plus", PAY, _stub("de", "Streit um den alten Hafen", """
        Vier Stunden lang hat der Rat am Montagabend über die Pläne für den alten Hafen gestritten.""", """
        <h2>Jetzt weiterlesen mit Tagblatt+</h2><p>4 Wochen für 1 Euro, danach 9,99 Euro im Monat. Jederzeit kündbar.</p>
        <a>Sie sind bereits Abonnent? Hier anmelden</a>""")),
    _wall("de-abonnenten", PAY, _stub("de", "Was die Prüfer sahen", """
        Im Frühjahr öffneten zwei Prüfer einen Schrank im Keller des Ministeriums.""", """
        <p>Dieser Artikel ist nur für Abonnenten verfügbar. Testen Sie das Digitalabo.</p>""")),
    _wall("fr-reserve", PAY, _stub("fr", "Le vieux port divise le conseil", """
        Le conseil a débattu quatre heures lundi soir du projet pour le vieux port.""", """
        <p>Cet article est réservé aux abonnés. Il vous reste 78 % de cet article à découvrir.</p>
        <a>Je m’abonne à partir de 1 €</a><a>Déjà abonné ? Se connecter</a>""")),
    _wall("fr-suite", PAY, _stub("fr", "Ce que les auditeurs ont vu", """
        Au printemps, deux auditeurs ont ouvert une armoire dans la cave du ministère.""", """
        <p>La suite de cet article est réservée à nos abonnés. Abonnez-vous pour lire l’intégralité.</p>""")),
    _wall("es-suscribete", PAY, _stub("es", "El viejo puerto divide al pleno", """
        El pleno debatió cuatro horas el lunes por la noche sobre el plan para el viejo puerto.""", """
        <h2>Suscríbete para seguir leyendo</h2><p>Este contenido es exclusivo para suscriptores.</p><a>Ya soy suscriptor</a>""")),
    _wall("it-abbonati", PAY, _stub("it", "Il vecchio porto divide il consiglio", """
        Il consiglio ha discusso per quattro ore lunedì sera il piano per il vecchio porto.""", """
        <p>Questo contenuto è riservato agli abbonati. Abbonati per continuare a leggere a 1 € al mese.</p>""")),
    _wall("pt-assinantes", PAY, _stub("pt", "O velho porto divide a câmara", """
        A câmara debateu quatro horas na segunda-feira à noite o plano para o velho porto.""", """
        <p>Este conteúdo é exclusivo para assinantes. Assine para continuar a ler. Já é assinante? Faça seu login.</p>""")),
    _wall("nl-abonnees", PAY, _stub("nl", "De oude haven verdeelt de raad", """
        De raad vergaderde maandagavond vier uur over het plan voor de oude haven.""", """
        <p>Dit artikel is alleen voor abonnees. Lees verder met een digitaal abonnement.</p><a>Al abonnee? Log in</a>""")),
    _wall("sv-prenumeranter", PAY, _stub("sv", "Gamla hamnen splittrar fullmäktige", """
        I fyra timmar debatterade fullmäktige på måndagskvällen planen för gamla hamnen.""", """
        <p>Den här artikeln är bara för prenumeranter. Köp prenumeration för att läsa vidare.</p>""")),
    _wall("da-abonnenter", PAY, _stub("da", "Den gamle havn splitter byrådet", """
        I fire timer mandag aften drøftede byrådet planen for den gamle havn.""", """
        <p>Denne artikel er kun for abonnenter. Log ind eller bliv abonnent for at læse videre.</p>""")),
    _wall("pl-prenumeratorow", PAY, _stub("pl", "Stary port dzieli radę", """
        Rada przez cztery godziny dyskutowała w poniedziałek wieczorem o planie dla starego portu.""", """
        <p>Ten artykuł jest dostępny tylko dla prenumeratorów. Wykup dostęp, aby czytać dalej.</p>""")),
    _wall("ru-podpischikov", PAY, _stub("ru", "Старый порт расколол совет", """
        Четыре часа в понедельник вечером совет обсуждал план старого порта.""", """
        <p>Материал доступен только подписчикам. Оформите подписку, чтобы читать дальше.</p>""")),
    _wall("ja-kaiin", PAY, _stub("ja", "旧港の計画で議会が割れる", """
        議会は月曜の夜、旧港の計画について四時間にわたって議論した。""", """
        <p>この記事は有料会員限定です。残り1,482文字。会員登録して続きを読む</p>""")),
    _wall("zh-fufei", PAY, _stub("zh", "老港口方案引发争议", "议会周一晚就老港口方案讨论了四个小时。", """
        <p>本文为付费文章，订阅后阅读全文。</p>""")),
    _wall("ko-gudok", PAY, _stub("ko", "옛 항구 계획에 갈라진 의회", "의회는 월요일 밤 옛 항구 계획을 네 시간 동안 논의했다.", """
        <p>이 기사는 구독자 전용 콘텐츠입니다. 구독하고 계속 읽기</p>""")),
]  # fmt: skip

BOT = "bot-check"
BOTS = [
    _wall("en-challenge", BOT, _bare("en", "Just a moment...", """
        <h1>news.example</h1><h2>Verify you are human by completing the action below.</h2><p>news.example needs to review the security of
        your connection before proceeding.</p><noscript>Enable JavaScript and cookies to continue</noscript><p>Ray ID: 8f0c</p>
        <script>window._cf_chl_opt={cvId:"3"}</script>""")),
    _wall("en-denied", BOT, _bare("en", "Access Denied", """
        <h1>Access Denied</h1><p>You don't have permission to access "http://www.news.example/story" on this server.</p>
        <p>Reference #18.5d&#46;174 https://errors.edgesuite.net/18.5d</p>""")),
    _wall("en-hold", BOT, _bare("en", "Access to this page has been denied", """
        <h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1><p>Reference ID 9b1d</p>
        <script src="https://client.px-captcha.example/x.js"></script>""")),
    _wall("en-traffic", BOT, _bare("en", "https://search.example/sorry", """
        <p>Our systems have detected unusual traffic from your computer network. This page checks to see if it's really you sending the
        requests, and not a robot.</p><div class="g-recaptcha"></div>""")),
    _wall("en-proof-of-work", BOT, _bare("en", "Making sure you're not a bot!", """
        <h1>Making sure you're not a bot!</h1><p>Loading...</p><p>You are seeing this because the administrator of this website has set up
        a challenge to protect the server against the scourge of AI companies aggressively scraping websites.</p>""")),
    _wall("en-incident", BOT, _bare("en", "", """
        <iframe src="/_Incapsula_Resource?SWUDNSAI=31" width="100%">Request unsuccessful. Incapsula incident ID: 887</iframe>""")),
    _wall("en-checkpoint", BOT, _bare("en", "Security Checkpoint", """
        <p>We're verifying your browser</p><p>Website owner? Click here to fix</p><script>check()</script>""")),
    _wall("en-shop", BOT, _bare("en", "Shop", """
        <h4>Enter the characters you see below</h4><p>Sorry, we just need to make sure you're not a robot. For best results, please make
        sure your browser is accepting cookies.</p><form><input><button>Continue shopping</button></form>""")),
    _wall("de-mensch", BOT, _bare("de", "Nur einen Moment…", """
        <h1>zeitung.example</h1><p>Bestätigen Sie, dass Sie ein Mensch sind. Dies kann einige Sekunden dauern.</p><script>run()</script>""")),
    _wall("fr-humain", BOT, _bare("fr", "Un instant…", """
        <h1>journal.example</h1><p>Vérifiez que vous êtes humain en effectuant l’action ci-dessous.</p><script>run()</script>""")),
    _wall("es-humano", BOT, _bare("es", "Un momento…", """
        <h1>diario.example</h1><p>Verifica que eres un ser humano completando la acción a continuación.</p><script>run()</script>""")),
    _wall("it-robot", BOT, _bare("it", "Verifica di sicurezza", """
        <p>Conferma che non sei un robot per continuare.</p><div class="h-captcha"></div>""")),
    _wall("pt-humano", BOT, _bare("pt", "Um momento…", """
        <p>Confirme que você é humano. Isto pode levar alguns segundos.</p><script>run()</script>""")),
    _wall("ru-robot", BOT, _bare("ru", "Ой, капча!", """
        <p>Подтвердите, что запросы отправляли вы, а не робот. Нам очень жаль, но запросы с вашего устройства похожи на
        автоматические.</p>""")),
    _wall("ja-robot", BOT, _bare("ja", "しばらくお待ちください...", """
        <p>あなたがロボットではありませんことを確認するため、下の操作を完了してください。</p><script>run()</script>""")),
    _wall("zh-verify", BOT, _bare("zh", "安全验证", "<p>请完成安全验证后继续访问。拖动滑块完成拼图。</p><script>run()</script>")),
    _wall("ko-robot", BOT, _bare("ko", "잠시만 기다리십시오…", "<p>사람인지 확인하십시오. 아래 작업을 완료하세요.</p><script>run()</script>")),
    _wall("pl-robot", BOT, _bare("pl", "Chwileczkę…", """
        <p>Potwierdź, że jesteś człowiekiem. Może to potrwać kilka sekund.</p><script>run()</script>""")),
    _wall("tr-robot", BOT, _bare("tr", "Bir dakika lütfen...", "<p>Lütfen robot olmadığınızı doğrulayın.</p><script>run()</script>")),
]  # fmt: skip

GONE = "soft-404"
MISSING = [
    _wall("en-gone", GONE, _site("en", "Page not found – The Courier", "<h1>Sorry, we can’t find that page</h1><p>It may have moved.</p>")),
    _wall("en-oops", GONE, _site("en", "The Courier", "<h1>Oops! That page can’t be found.</h1><p>Try a search instead.</p>")),
    _wall("en-removed", GONE, _site("en", "404", "<p>The article you are looking for is no longer available.</p>")),
    _wall("de-weg", GONE, _site("de", "Seite nicht gefunden", "<p>Die von Ihnen gesuchte Seite existiert leider nicht mehr.</p>")),
    _wall("fr-introuvable", GONE, _site("fr", "Page introuvable", "<p>La page que vous cherchez n’existe pas ou plus.</p>")),
    _wall("es-no-existe", GONE, _site("es", "Error 404", "<p>Lo sentimos, la página que buscas no existe.</p>")),
    _wall("it-non-trovata", GONE, _site("it", "Pagina non trovata", "<p>La pagina richiesta non è disponibile.</p>")),
    _wall("pt-nao-encontrada", GONE, _site("pt", "Página não encontrada", "<p>O endereço pode ter mudado.</p>")),
    _wall("nl-bestaat-niet", GONE, _site("nl", "Deze pagina bestaat niet", "<p>Misschien is het artikel verplaatst.</p>")),
    _wall("sv-finns-inte", GONE, _site("sv", "Sidan finns inte", "<p>Sidan du söker kunde inte hittas.</p>")),
    _wall("pl-nie-istnieje", GONE, _site("pl", "Strona nie istnieje", "<p>Nie znaleziono strony o podanym adresie.</p>")),
    _wall("cs-nenalezena", GONE, _site("cs", "Stránka nenalezena", "<p>Požadovaná stránka neexistuje.</p>")),
    _wall("ru-ne-naydena", GONE, _site("ru", "Страница не найдена", "<p>Возможно, она была удалена.</p>")),
    _wall("uk-ne-znaydeno", GONE, _site("uk", "Сторінку не знайдено", "<p>Можливо, її було видалено.</p>")),
    _wall("ja-mitsukaranai", GONE, _site("ja", "ページが見つかりません", "<p>お探しのページは移動または削除された可能性があります。</p>")),
    _wall("zh-buzai", GONE, _site("zh", "页面不存在", "<p>您访问的页面不存在或已被删除。</p>")),
    _wall("ko-eopseum", GONE, _site("ko", "페이지를 찾을 수 없습니다", "<p>주소를 다시 확인해 주세요.</p>")),
    _wall("ar-ghayr", GONE, _site("ar", "الصفحة غير موجودة", "<p>عذرا، الصفحة التي تبحث عنها غير موجودة.</p>")),
    _wall("hu-nem-talalhato", GONE, _site("hu", "Az oldal nem található", "<p>A keresett oldal nem létezik.</p>")),
    _wall("el-den-vrethike", GONE, _site("el", "Η σελίδα δεν βρέθηκε", "<p>Η σελίδα που ζητήσατε δεν υπάρχει.</p>")),
    _wall("id-tidak", GONE, _site("id", "Halaman tidak ditemukan", "<p>Maaf, halaman yang Anda cari tidak ada.</p>")),
]  # fmt: skip

THIN = "thin-page"
SHELLS = [
    _wall("en-app", "empty", _bare("en", "The Courier", """
        <noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/static/main.js"></script>""")),
    _wall("en-loading", THIN, _bare("en", "The Courier", '<div id="app"><span>Loading…</span></div><script>boot()</script>')),
    _wall("de-laedt", THIN, _bare("de", "Tagblatt", "<p>Bitte aktivieren Sie JavaScript.</p><script>boot()</script>")),
    _wall("ja-yomikomi", THIN, _bare("ja", "新聞", "<p>読み込み中</p><script>boot()</script>")),
]  # fmt: skip

WALLS = [*CONSENTS, *LOGINS, *PAYWALLS, *BOTS, *MISSING, *SHELLS]

_SHORT = """<p>The ministry said on Friday that the bridge at the old harbour will be closed from 3 to 14 May for repairs. Buses on lines
4 and 7 will run over the north bridge. Cyclists are asked to walk.</p><p>“We know that this is hard on the traders,” said the mayor, Ana
Lind. The work will cost 1.2 million.</p>"""

PAGES = {
    "brief": _site("en", "Bridge closed for eleven days", f"<article><h1>Bridge closed for eleven days</h1>{_SHORT}</article>"),
    "brief-with-banner": _site("en", "Bridge closed", f"""<article><h1>Bridge closed</h1>{_SHORT}</article><div class="banner">We use cookies
        to improve your visit. <button>Accept</button><button>Reject</button> <a>Cookie policy</a></div>"""),
    "brief-with-login": _site("en", "Bridge closed", f"""<div><form><input><input type="password"><button>Log in</button></form></div>
        <article><h1>Bridge closed</h1>{_SHORT * 4}</article>"""),
    "brief-with-offer": _site("en", "Bridge closed", f"""<article><h1>Bridge closed</h1>{_SHORT * 4}</article><p>Like our work? Subscribe to
        our newsletter.</p>"""),
    "correction": _site("en", "Correction", """<article><p>An earlier version of this article said that the bridge would be closed for
        thirteen days. It will be closed for eleven.</p></article>"""),
    "about-cookies": _site("en", "What is a cookie, and why are you asked for consent?", """<article><p>""" + """A cookie is a small file that a
        site leaves with a reader. Since 2018 the law has asked for consent before personal data are stored, and so every site shows a
        dialogue. Researchers at the university counted what the buttons do. """ * 12 + "</p></article>"),
    "about-robots": _site("en", "The man who taught computers to ask whether you are human", "<article><p>" + """In 2003 he drew the first
        crooked letters. “Verify you are human,” said the page, and millions did. Today the robots read better than we do. """ * 14 +
        "</p></article>"),
    "about-404": _site("en", "Page not found: how the web forgets", "<article><p>" + """A quarter of all pages that existed ten years ago are
        gone, a study of links in court decisions says. Who follows them finds nothing. """ * 14 + "</p></article>"),
    "kurzmeldung": _site("de", "Brücke elf Tage gesperrt", """<article><h1>Brücke elf Tage gesperrt</h1><p>Die Brücke am alten Hafen wird vom
        3. bis 14. Mai gesperrt, teilte das Ministerium am Freitag mit. Die Busse der Linien 4 und 7 fahren über die Nordbrücke.</p>
        </article><p>Cookie-Einstellungen</p>"""),
    "breve": _site("fr", "Pont fermé onze jours", """<article><h1>Pont fermé onze jours</h1><p>Le pont du vieux port sera fermé du 3 au 14 mai,
        a annoncé vendredi le ministère. Les bus des lignes 4 et 7 passeront par le pont nord.</p></article>"""),
    "poem": _bare("en", "The Harbour", "<h1>The Harbour</h1><p>The boats come in,<br>the boats go out,<br>and none of them asks why.</p>"),
    "kiji": _site("ja", "橋を十一日間閉鎖", """<article><p>国土省は金曜、旧港の橋を五月三日から十四日まで閉鎖すると発表した。
        バスは北の橋を通る。</p></article>"""),
    "xiaoxi": _site("zh", "大桥封闭十一天", """<article><p>交通部周五表示，老港口大桥将于五月三日至十四日封闭维修，
        公交四路和七路改道北桥。</p></article>"""),
    "press-release": _bare("en", "Press release", f"<p>FOR IMMEDIATE RELEASE</p>{_SHORT}<p>Contact: press@ministry.example</p>"),
    "statement-with-analytics": _bare("en", "Statement", f"{_SHORT}<script src='https://analytics.example/a.js'></script>"),
    "comments-need-login": _site("en", "Bridge closed", f"<article>{_SHORT * 3}</article><p>Log in or register to comment.</p>"),
}  # fmt: skip
