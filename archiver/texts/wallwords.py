"""What walls say, language by language. Every line is a regular expression, matched without regard to case."""

from __future__ import annotations

import re

MARKS = re.compile(
    r"/cdn-cgi/challenge-platform|cf_chl_opt|cf-browser-verification|cf-error-details|captcha-delivery\.com|px-captcha"
    r"|perimeterx\.net|errors\.edgesuite\.net|_Incapsula_Resource|awsWafCookieDomainList|sucuri_cloudproxy|ddos-guard"
    r"|g-recaptcha|hcaptcha\.com/1/api|funcaptcha|geo\.captcha|/_sec/cp_challenge"
)
"""In the source of pages that check for bots: Cloudflare, DataDome, PerimeterX, Akamai, Incapsula, AWS, Sucuri, captchas."""


def _any(lines: str, before: str = "", behind: str = "") -> re.Pattern[str]:
    words = "|".join(filter(None, map(str.strip, lines.splitlines())))
    return re.compile(f"{before}(?:{words}){behind}" if before else words, re.IGNORECASE | re.MULTILINE)


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
    (?:make|making) sure (?:that )?you(?:['’]re| are) (?:a )?(?:human|not a (?:ro)?bot)|prove (?:that )?you(?:['’]re| are) (?:a )?human
    incapsula incident id|automated (?:access|queries|requests|traffic) from|enter the characters you see
    ^access to this page has been denied|^we(?:['’]re| are) verifying your browser
    (?:look|appear|seem)s? (?:like|to be) (?:automated|a bot|coming from a bot)
    запрос\S* .{0,60}(?:не робот|автоматическ)|що ви (?:не робот|людина)
    że jesteś człowiekiem|že (?:nejste robot|jste člověk)|že (?:nie ste robot|ste človek)
    insan olduğunuzu|hogy (?:nem robot|ember\b)|että (?:et ole robotti|olet ihminen)|că (?:nu )?(?:ești|sunteți) (?:un )?(?:robot|om)\b
    δεν είστε ρομπότ|ότι είστε άνθρωπος|bahwa anda (?:bukan robot|manusia)|bạn (?:là con người|không phải (?:là )?(?:robot|người máy))
    أن[كّ]ك? (?:لست روبوت|إنسان)|שאינך רובוט
    人間であることを|拖动滑块|滑块验证|您不是机器人|請證明您是|我不是機器人|사람인지 확인|로봇이 아님|자동 입력 방지
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
    ^(?:før du fortsæ?e?tter|ennen kuin jatkat|mielőtt (?:folytat|tovább)|než budete pokračovat|înainte de a continua)
    ^(?:πριν συνεχίσετε|devam etmeden önce|sebelum melanjutkan|перш ніж (?:перейти|продовжити)|계속하기 전에|繼續之前|קודם שתמשיכו)
    \b(?:zgoda na|souhlas se|hozzájárulás|suostumus|συγκατάθεση)\b
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
    eväste|suostumu|henkilötie|kumppani
    sütik?\b|hozzájárul|adatvédel|souhlas|osobních údajů|soukromí
    συγκατάθε|απορρήτ|προσωπικ\w+ δεδομέν|consimțământ|confidențialitat
    згод|персональн|persetujuan|privasi
    ملفات تعريف الارتباط|الموافقة|الخصوصية|הסכמה|פרטיות
""")

_PRESSED = r"""
    \b(?:accept|agree|allow all|reject|decline|got it|continue without|consent\b|manage (?:cookies|options|preferences))(?!e?d\b|s\b)
    akzeptier|zustimm|einverstanden|ablehn|einwillig|einstellungen
    accepte[rz]|refuser|paramétrer|continuer sans|aceptar|acepto|rechazar|configurar|aceitar|rejeitar|accetta|rifiuta|acconsent
    akkoord|accepteren|weigeren|instellen|godkänn|godta|godkend|tillåt|tillat|tillad|avvis|afvis|hyväksy|hylkää
    zgadzam|akceptuj|odrzuć|souhlasím|přijmout|odmítnout|elfogad|elutasít|accept[aă]|respinge|αποδ[έο]χ|απόρριψη|συμφων
    принять|принимаю|соглас|отклонить|прийняти|погоджуюс|відхилити|kabul|reddet|onayl|setuju|terima|tolak|đồng ý|chấp nhận
    同意|接受|拒绝|拒絕|受け入れ|許可|拒否|동의|수락|거부|أوافق|قبول|موافق|رفض|אישור|מסכים|אני מאשר
"""

ACCEPT = _any(_PRESSED, "^.{0,30}", ".{0,30}$")
"""A line by itself, as a button is: what one presses to accept or to refuse."""

ACCEPT_FIRST = _any(_PRESSED, r"^\W*(?:please |\w{1,4} )?", ".{0,40}$")
"""A sentence that tells readers to press it, or what to press: with the word at its beginning, where that of a report has who did it."""

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
    (?:увійти|вхід|σύνδεση|masuk|autentificare|conectare|prijava|prihlásenie|įrašykite|prisijungti|đăng nhập)\b
    تسجيل الدخول|התחברות|כניסה
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
    (?:reached|used|read) (?:your|all your|the) (?:(?:monthly )?limit of|last|free)[^.]{0,30}free (?:articles|stories)
    reached your (?:article|monthly) limit
    (?:to (?:keep|continue) reading|to read (?:the rest|on|more|this)|for full access),? (?:subscribe|register|log in|sign (?:in|up)|become)
    unlock this (?:story|article)
    (?:dieser|dieses) (?:artikel|inhalt|text|beitrag) (?:ist|steht) (?:nur |exklusiv )*(?:für|unseren)[^.]{0,30}(?:abonnent|mitglied)
    um weiter(?:zu)?lesen|(?:sie|du) (?:möchten|möchtest) (?:diesen|weiter)[^.]{0,20}lesen\?
    la suite (?:de cet article )?est réservée|reste \d+ ?% de (?:cet )?article|abonnez-vous pour (?:lire|continuer|accéder|poursuivre)
    (?:exclusiv[oa]|reservad[oa]) (?:para|a) (?:nuestros |los |nossos |os )?(?:sub?scriptores|assinantes)|assine para (?:continuar|ler)
    para (?:continuar|seguir) (?:leyendo|lendo|a ler)
    (?:contenuto|articolo) (?:è )?riservat|sei già abbonato
    om verder te lezen|word (?:nu )?abonnee|voor abonnees
    (?:kun|bare|bara|endast) for? ?(?:för )?(?:våre |våra |vore )?(?:abonnenter|prenumeranter)|for (?:at læse|å lese) (?:videre|hele|resten)
    för att läsa (?:vidare|hela|resten)
    vain tilaajille|tilaajille\.|jatka lukemista
    aby (?:czytać|przeczytać) (?:dalej|całość)|dostęp(?:ny|na|ne)? (?:tylko )?dla prenumerator|pouze pro předplatitele|předplaťte si
    csak előfizetőknek|előfizetői tartalom|μόνο για συνδρομητές|doar pentru abonați
    оформите подписку|по подписке|тільки для передплатник|за передплатою|okumak için abone|khusus pelanggan|berlangganan untuk
    للمشتركين فقط|اشترك (?:الآن )?(?:لمواصلة|لقراءة|لمتابعة)|למנויים בלבד
    有料記事|残り[\d,，]+文字|続きを読むには|付费(?:文章|内容|閱讀)|訂閱後|登录后(?:阅读|查看)|유료 (?:기사|콘텐츠|회원)|구독(?:하고|하시면)|회원 전용
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
    page ca(?:n['’]t|nnot|n not) be found|(?:can(?:no|['’])t|could(?: not|n['’]t)|unable to) (?:find|locate) (?:that|the|this) page
    (?:looking for|requested) (?:is no longer|has been removed|does(?: not|n['’]t) exist)
    сторінк[уаи] не (?:знайдено|існує)|страница(?:та)? не (?:е|беше) намерена|stranica (?:nije|ne) (?:pronađena|postoji)
    strán(?:ka|ku) (?:sa nenašla|neexistuje)
    pàgina no (?:trobada|existeix)|lehte ei leitud|puslapis nerastas|lapa nav atrasta|صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد
    पेज नहीं मिला|पृष्ठ नहीं मिला|ไม่พบหน้า|trang (?:không tồn tại|bạn tìm)|お探しのページ|頁面(?:找不到|未找到)|존재하지 않는 페이지
""")
