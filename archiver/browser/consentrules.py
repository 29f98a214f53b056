"""The rules by which a consent banner is closed: only by refusing, in the words of many languages or of widely used consent tools.

The kept rule lists come under licences that this project cannot take in (GPL, MPL); these are our own. A button counts where its whole
text is one of the phrases, it lies in what looks like a banner (fixed, a dialog, or named like one) and the banner speaks of cookies or
consent. Nothing is ever agreed to: where there is no way to refuse, the banner stays, and the capture says so.
"""

from __future__ import annotations

ABOUT = (
    "cookie|kakor|kekse|evästeet|eväste|sütik|süti|cookie-uri|piškot|kolačić|slapuk|ciasteczk|küpsis|sīkdat|slapukai|çerez|"
    "куки|файлы cookie|файли cookie|бисквитк|колачић|クッキー|쿠키|כוגיות|עוגיות|ملفات تعريف الارتباط|کوکی|คุกกี้|कुकी|"
    "consent|gdpr|personal data|your privacy|datenschutz|einwilligung|privatsphäre|données personnelles|vie privée|consentement|"
    "privacidad|consentimiento|privacidade|consentimento|riservatezza|consenso|privacy|toestemming|samtycke|samtykke|prywatno|"
    "soukromí|súkromie|adatvédel|confidențialitate|gizlilik|конфиденциальност|приватност|隐私|隱私|プライバシー|개인정보|의 동의"
)
"""What a banner speaks of, as a regular expression that does not mind case."""

REFUSE = (
    # English
    "reject all", "reject", "reject cookies", "reject all cookies", "refuse", "refuse all", "refuse cookies", "decline", "decline all",
    "decline cookies", "decline all cookies", "deny", "deny all", "disagree", "i disagree", "i do not agree", "do not agree",
    "do not consent", "i do not consent", "don't accept", "do not accept", "no, thanks", "no thanks", "no thank you", "opt out",
    "continue without accepting", "continue without agreeing", "continue without consent", "reject optional cookies",
    "reject non-essential", "reject non-essential cookies", "reject additional cookies", "reject optional", "disable all", "object to all",
    # German
    "alle ablehnen", "ablehnen", "alles ablehnen", "cookies ablehnen", "alle cookies ablehnen", "nicht zustimmen", "nicht akzeptieren",
    "nein, danke", "nein danke", "weiter ohne zustimmung", "ohne zustimmung fortfahren", "optionale cookies ablehnen", "verweigern",
    "nicht einverstanden", "ohne einwilligung fortfahren", "weiter ohne einwilligung", "alle verweigern",
    # French
    "tout refuser", "refuser", "refuser tout", "je refuse", "continuer sans accepter", "refuser les cookies", "refuser tous les cookies",
    "non merci", "non, merci", "ne pas accepter", "poursuivre sans accepter", "je n'accepte pas", "refuser et continuer", "tout rejeter",
    # Spanish, Catalan, Galician, Basque
    "rechazar todo", "rechazar", "rechazar todas", "rechazar cookies", "rechazar todas las cookies", "no acepto", "no aceptar",
    "no, gracias", "continuar sin aceptar", "denegar", "denegar todo", "rebutjar", "rebutja-ho tot", "rebutjar-ho tot", "rebutja",
    "rexeitar", "rexeitar todo", "ukatu", "baztertu", "rechazarlas todas", "rebutjar totes",
    # Portuguese
    "rejeitar tudo", "rejeitar", "rejeitar todos", "recusar", "recusar tudo", "recusar todos", "rejeitar cookies", "recusar cookies",
    "não aceito", "não aceitar", "continuar sem aceitar", "não, obrigado", "rejeitar todos os cookies", "recusar todos os cookies",
    # Italian
    "rifiuta tutto", "rifiuta", "rifiuta tutti", "rifiuto", "rifiutare", "rifiuta i cookie", "non accetto", "non accettare", "nega",
    "continua senza accettare", "no, grazie", "rifiuta tutti i cookie", "chiudi e rifiuta", "rifiuta e chiudi", "nega tutto",
    # Dutch, Afrikaans, Frisian
    "alles weigeren", "weigeren", "weiger", "weiger alles", "alle weigeren", "cookies weigeren", "weiger cookies", "niet akkoord",
    "niet accepteren", "alles afwijzen", "afwijzen", "nee, bedankt", "nee bedankt", "doorgaan zonder te accepteren", "alle cookies weigeren",
    # Swedish, Norwegian, Danish, Icelandic, Finnish
    "avvisa alla", "avvisa", "neka alla", "neka", "avböj", "avböj alla", "godkänn inte", "acceptera inte", "nej tack", "avslå",
    "avvis alle", "avvis", "avslå alle", "nei takk", "ikke godta", "avvis alle informasjonskapsler", "afvis alle", "afvis", "nej, tak",
    "nej tak", "afvis cookies", "kun nej", "hafna", "hafna öllu", "hafna öllum", "hylkää kaikki", "hylkää", "kieltäydy", "en hyväksy",
    "kiellä kaikki", "kiellä", "hylkää evästeet", "estä kaikki",
    # Polish, Czech, Slovak, Slovene, Croatian, Bosnian, Serbian
    "odrzuć wszystkie", "odrzuć", "odrzuć wszystko", "nie zgadzam się", "odmów", "nie akceptuję", "odmowa", "nie wyrażam zgody",
    "odmítnout vše", "odmítnout", "odmítnout všechny", "nesouhlasím", "zakázat vše", "odmítnout cookies", "odmietnuť všetko",
    "odmietnuť", "odmietnuť všetky", "nesúhlasím", "zavrni vse", "zavrni", "zavrnem", "ne strinjam se", "odbij sve", "odbij",
    "ne prihvaćam", "odbaci sve", "odbaci", "ne slažem se", "одбиј све", "одбиј", "одбаци све", "одбаци", "не прихватам",
    # Hungarian, Romanian, Bulgarian, Macedonian, Albanian, Greek
    "összes elutasítása", "elutasítás", "elutasítom", "mindet elutasítom", "az összes elutasítása", "nem fogadom el",
    "respinge tot", "respinge", "respinge toate", "respingeți toate", "refuz", "refuză", "refuză tot", "nu accept", "nu sunt de acord",
    "отхвърляне на всички", "отхвърли всички", "отхвърли", "отхвърляне", "не приемам", "отказвам", "отфрли ги сите", "одбиј ги сите",
    "refuzo", "refuzo të gjitha", "refuzoj", "απόρριψη όλων", "απόρριψη", "δεν αποδέχομαι", "δεν συμφωνώ", "άρνηση",
    # Estonian, Latvian, Lithuanian, Irish, Welsh, Maltese
    "keeldu kõigist", "keeldu", "keeldun", "lükka kõik tagasi", "ei nõustu", "noraidīt visus", "noraidīt visas", "noraidīt", "nepiekrītu",
    "atteikties", "atmesti visus", "atmesti", "nesutinku", "atsisakyti", "atmesti visas", "diúltaigh", "diúltaigh do gach", "gwrthod",
    "gwrthod pob", "irrifjuta", "irrifjuta kollox",
    # Russian, Ukrainian, Belarusian
    "отклонить все", "отклонить", "отказаться", "не принимаю", "не согласен", "не принимать", "отклонить всё", "отказаться от всех",
    "відхилити всі", "відхилити", "відмовитися", "не приймаю", "не погоджуюсь", "відхилити все", "відмовитись", "адхіліць усе", "адхіліць",
    # Turkish, Azerbaijani, Kazakh
    "tümünü reddet", "reddet", "hepsini reddet", "kabul etmiyorum", "reddediyorum", "tüm çerezleri reddet", "rədd et", "hamısını rədd et",
    "барлығын қабылдамау", "қабылдамау",
    # Arabic, Persian, Hebrew, Urdu
    "رفض الكل", "رفض", "أرفض", "رفض الجميع", "عدم الموافقة", "لا أوافق", "رد همه", "رد کردن", "نمی‌پذیرم", "رد", "דחה הכל", "דחה",
    "דחיית הכל", "לא מסכים", "דחייה", "سب کو مسترد کریں", "مسترد کریں",
    # Chinese, Japanese, Korean
    "全部拒绝", "拒绝", "拒绝全部", "拒绝所有", "不同意", "不接受", "拒绝所有cookie", "全部拒絕", "拒絕", "拒絕全部", "拒絕所有", "拒绝非必要cookie",
    "すべて拒否", "すべて拒否する", "拒否", "拒否する", "同意しない", "すべてのcookieを拒否する", "クッキーを拒否", "許可しない", "すべてを拒否",
    "모두 거부", "거부", "거절", "동의하지 않음", "모두 거절", "동의 안 함", "거부하기",
    # Vietnamese, Thai, Indonesian, Malay, Hindi, Bengali, Filipino, Swahili
    "từ chối", "từ chối tất cả", "không đồng ý", "ปฏิเสธทั้งหมด", "ปฏิเสธ", "ไม่ยอมรับ", "tolak semua", "tolak", "tidak setuju", "tolak semuanya",
    "सभी अस्वीकार करें", "अस्वीकार करें", "अस्वीकार", "सब प्रत्याख्यान", "সব প্রত্যাখ্যান করুন", "প্রত্যাখ্যান", "tanggihan", "tanggihan lahat", "kataa", "kataa zote",
)  # fmt: skip
"""Whole texts of buttons that refuse everything, in lower case."""

NECESSARY = (
    "only necessary", "necessary only", "necessary cookies only", "only necessary cookies", "use necessary cookies only",
    "accept only necessary", "accept necessary", "accept necessary cookies", "accept only essential cookies", "essential only",
    "only essential", "essential cookies only", "accept essential cookies", "accept essential only", "only essential cookies",
    "strictly necessary only", "only required cookies", "required only", "allow necessary cookies", "accept only essential",
    "allow essential cookies only", "allow only essential cookies", "use essential cookies only", "only allow essential cookies",
    "accept necessary only", "accept only necessary cookies", "save and use necessary only", "required cookies only",
    "nur notwendige", "nur notwendige cookies", "nur erforderliche", "nur erforderliche cookies", "nur essenzielle cookies akzeptieren",
    "nur essenzielle", "nur essenzielle cookies", "nur notwendige cookies akzeptieren", "nur technisch notwendige",
    "nur technisch notwendige cookies", "nur erforderliche cookies akzeptieren", "nur notwendige akzeptieren", "notwendige cookies",
    "nur notwendige cookies zulassen", "nur notwendige cookies verwenden", "nur notwendige zulassen", "nur erforderliche akzeptieren",
    "cookies nécessaires uniquement", "uniquement les cookies nécessaires", "accepter uniquement les cookies nécessaires",
    "seulement nécessaires", "uniquement nécessaires", "seuls les cookies nécessaires", "uniquement les nécessaires",
    "solo necesarias", "solo las necesarias", "sólo necesarias", "solo cookies necesarias", "aceptar solo las necesarias",
    "usar solo cookies necesarias", "aceptar solo necesarias", "solo esenciales", "només les necessàries", "només necessàries",
    "apenas necessários", "apenas os necessários", "somente necessários", "apenas cookies necessários", "aceitar apenas necessários",
    "solo necessari", "solo i necessari", "solo cookie necessari", "accetta solo necessari", "accetta solo i necessari",
    "usa solo i cookie necessari", "solo tecnici", "solo cookie tecnici", "accetta solo cookie tecnici",
    "alleen noodzakelijk", "alleen noodzakelijke", "alleen noodzakelijke cookies", "alleen functionele cookies", "alleen functioneel",
    "enkel noodzakelijke cookies", "alleen essentiële cookies", "enkel noodzakelijk", "alleen noodzakelijke cookies accepteren",
    "endast nödvändiga", "endast nödvändiga kakor", "endast nödvändiga cookies", "acceptera endast nödvändiga", "bara nödvändiga",
    "godkänn endast nödvändiga", "kun nødvendige", "bare nødvendige", "kun nødvendige cookies", "godta kun nødvendige",
    "kun nødvendige informasjonskapsler", "bare nødvendige informasjonskapsler", "tillad kun nødvendige", "accepter kun nødvendige",
    "aðeins nauðsynlegar", "vain välttämättömät", "vain välttämättömät evästeet", "hyväksy vain välttämättömät",
    "tylko niezbędne", "tylko niezbędne pliki cookie", "akceptuj tylko niezbędne", "zaakceptuj tylko niezbędne", "tylko konieczne",
    "jen nezbytné", "pouze nezbytné", "pouze nezbytné cookies", "přijmout pouze nezbytné", "jen nutné", "pouze nutné", "len nevyhnutné",
    "iba nevyhnutné", "len nutné", "samo nujni", "samo nujne", "samo nužni", "samo neophodni", "samo neophodne", "само неопходне",
    "csak a szükségesek", "csak szükséges", "csak a szükséges sütik", "doar necesare", "doar cele necesare", "numai necesare",
    "само необходимите", "само необходими", "μόνο τα απαραίτητα", "μόνο απαραίτητα", "ainult vajalikud", "tikai nepieciešamās",
    "tik būtini", "tik būtinieji", "tik būtinus", "только необходимые", "только обязательные", "лише необхідні", "тільки необхідні",
    "yalnızca gerekli", "sadece gerekli", "yalnızca gerekli çerezler", "sadece zorunlu", "فقط الضرورية", "ملفات الضرورية فقط",
    "רק הכרחיים", "הכרחיות בלבד", "仅必要", "仅限必要", "仅接受必要", "仅使用必要的cookie", "僅限必要", "僅接受必要", "必要なもののみ",
    "必須のみ", "必要なクッキーのみ", "必須cookieのみ", "필수만", "필수 쿠키만", "필수 항목만", "필수만 허용", "chỉ cần thiết", "เฉพาะที่จำเป็น",
    "hanya yang diperlukan", "केवल आवश्यक",
)  # fmt: skip
"""Whole texts of buttons that leave only what a page cannot do without, in lower case."""

SELECTORS = (
    "#onetrust-reject-all-handler",
    "#CybotCookiebotDialogBodyButtonDecline",
    "#CybotCookiebotDialogBodyLevelButtonLevelOptinDeclineAll",
    "#didomi-notice-disagree-button",
    ".didomi-continue-without-agreeing",
    'button[data-testid="uc-deny-all-button"]',
    "#truste-consent-required",
    ".iubenda-cs-reject-btn",
    ".osano-cm-denyAll",
    ".klaro .cn-decline",
    ".cmplz-deny",
    ".cky-btn-reject",
    "[data-cookie-refuse]",
    "#tarteaucitronAllDenied2",
    "#axeptio_btn_dismiss",
    "#cmpwelcomebtnno a",
    '[data-tid="banner-decline"]',
    "#ccc-reject-settings",
    ".moove-gdpr-infobar-reject-btn",
    '#cc-main button[data-role="necessary"]',
    ".fc-cta-do-not-consent",
    "#wt-cli-reject-btn",
    ".cc-deny",
    ".js-cookie-consent-reject",
)
"""The button that refuses, in consent tools that name it."""
