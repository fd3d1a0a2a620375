### Plachta: den a týden techniků vedle toho, co čeká.

nav-board = Plachta
board-link = Plachta dne
board-free-in-all = volno { $time } h
board-reserved = pro urgentní zbývá { $time } h
board-weekend = o víkendu se nepracuje
board-holiday = státní svátek
board-closed = zavřeno: { $reason }
board-days = Jiné dny
board-before = Den předtím
board-after = Den potom
board-today = Dnes
board-week = Týden
board-all = Všechny termíny
board-waiting = { $count ->
        [0] Nic nečeká
        [one] Čeká { $count } věc
        [few] Čekají { $count } věci
       *[other] Čeká { $count } věcí
    }
board-nothing-waits = Co potřebuje dispečink, bude tady.
board-queue = Celá fronta
board-queue-rest = { $count ->
        [one] Celá fronta, ještě { $count } věc
        [few] Celá fronta, ještě { $count } věci
       *[other] Celá fronta, ještě { $count } věcí
    }
board-whole = Celý požadavek
board-close = Zavřít
board-technicians = Den techniků
board-nobody = Nikdo tady nepracuje jako technik.
board-free = volno
board-absent = nepřítomnost
board-not-planned = nepracuje
board-goes-on = přetahuje
board-week-title = Týden od { $date }
board-weeks = Jiné týdny
board-week-before = Týden předtím
board-week-after = Týden potom
board-day = Dnešní plachta
board-appointments = { $count ->
        [one] { $count } termín
        [few] { $count } termíny
       *[other] { $count } termínů
    }
board-free-time = volno { $time } h
board-nothing = nic

## Co komu píšeme

wishes-title = Upozornění
wishes-link = Nastavit upozornění
wishes-lead = O čem a kudy vám má Linka sama dát vědět. Každou věc řekne jen jednou.
wishes-back = Zpět na účet
wishes-kinds = Dát mi vědět, když
wishes-by-mail = E-mailem
wishes-mail-now = hned
wishes-mail-digest = jednou denně v souhrnu, když otevřeme
wishes-mail-off = ne
wishes-mail-always = E-mail o tom přijde vždy.
wishes-by-sms = SMS na { $phone }
wishes-by-push = V prohlížeči
wishes-urgent = přijde něco urgentního
wishes-urgent-hint = Urgentní požadavek, ať čeká, nebo už má termín.
wishes-waits = čeká cokoli dalšího
wishes-waits-hint = Nový požadavek, propadlá nabídka, pokračování, nezastižený zákazník.
wishes-trouble = se něco nedaří
wishes-trouble-hint = Nikdo nezačal, nikdo se nepřipojil, zásah přetahuje, zákazník má odpovědět.
wishes-objection = zákazník něco namítá
wishes-objection-hint = Námitka k vyúčtování čeká na rozhodnutí.
wishes-changes = zákazník změní domluvený termín
wishes-changes-hint = Přesune ho nebo zruší, ať je kohokoli.
wishes-plan = se změní můj plán nebo zásah
wishes-plan-hint = Termín přibude, přesune se nebo zruší, zákazník odpoví na dotaz nebo nesouhlasí s vaším úsekem. Když vás neupozorní žádný prohlížeč, přijde o tom, co udělá dispečink, vždy e-mail.
wishes-asked = se na vás čeká nebo měníme termín my
wishes-asked-hint = Otázka, jestli pokračovat, nabídnuté termíny, termín přesunutý nebo zrušený námi, hromadný výpadek.
wishes-agreed = se domluví, přesune nebo zruší termín
wishes-agreed-hint = Když to udělá někdo od vás. Co s termínem uděláme my, přijde e-mailem hned vždy.
wishes-reminder = se blíží termín
wishes-reminder-hint = Pracovní den předem, a půl hodiny předem s otázkou, jestli je všechno připravené.
wishes-course = se něco změní u požadavku
wishes-course-hint = Upřesníme ho, sloučíme s jiným nebo ho převezmete po kolegovi.
wishes-settled = je zásah hotový
wishes-settled-hint = Co se udělalo a kolik minut to stálo, a jak dopadla námitka.
wishes-messages = vám napíšeme
wishes-messages-hint = Zpráva k požadavku, kterou jste ještě nečetli.
wishes-minutes = docházejí minuty
wishes-minutes-hint = Vyčerpané nebo končící minuty a konec smlouvy.
wishes-always = Doklady a e-maily o přihlášení přicházejí vždy.
wishes-quiet = Kdy mě nerušit
wishes-quiet-hint = Co se stane v té době, se dozvíte po ní, pokud to ještě platí. O změnách, které udělá dispečink, přijde e-mail hned.
wishes-quiet-hint-member = Upozornění a SMS z té doby pošleme po ní, pokud ještě platí. E-maily chodí dál.
wishes-quiet-from = Od
wishes-quiet-until = Do
wishes-never = bez omezení
push-devices = Kde vás upozorníme
push-devices-none = Zatím v žádném prohlížeči.
push-devices-note = Upozornění je vidět i na zamčené obrazovce, proto je v něm jen číslo, druh a čas. Chodí, dokud ho nevypnete nebo se v tom prohlížeči neodhlásíte.
push-devices-full = Víc než { $most } jich být nemůže. Když přidáte další, vypne se nejstarší: { $name }.
push-device-since = od { $time }
push-device-remove = Vypnout
push-try = Poslat zkušební upozornění
push-add = Upozorňovat v tomto prohlížeči
push-add-hint = Prohlížeč se zeptá, jestli to dovolíte.
push-unsupported = Tento prohlížeč upozornění neumí. Na iPhonu a iPadu si nejdřív přidejte Linku na plochu.
push-denied = Prohlížeč upozornění nedovolil. Povolte je této stránce v jeho nastavení a zkuste to znovu.
push-failed = Upozornění se nepodařilo zapnout. Zkuste to za chvíli znovu.
push-no-script = Upozornění v prohlížeči se zapínají jen se zapnutým JavaScriptem. E-maily chodí i bez něj.
push-request = Požadavek { $number }
push-urgent = Urgentní: { $what }
push-several = { $count ->
        [one] { $count } nová věc
        [few] { $count } nové věci
       *[other] { $count } nových věcí
    }
push-several-text = Otevřete frontu.
push-agreed = Domluvený termín
push-agreed-urgent = Urgentní: domluvený termín
push-moved = Přesunutý termín
push-cancelled = Zrušený termín
push-planned = Termín ve vašem plánu
push-withdrawn = Termín už není váš
push-consent-given = Zákazník souhlasí, pokračujte
push-consent-refused = Zákazník nesouhlasí, nepokračujte
push-missed = Nezačatý termín
push-forgotten = Neběží hodiny zbytečně?
push-wrote = Zákazník napsal
push-contested = Námitka k vašemu úseku
push-reopened = Znovu otevřený zásah
push-asked = Čeká se na vás
push-time = Termín
push-reminder = Blíží se termín
push-course = Změna u požadavku
push-settled = Zásah je hotový
push-message = Nová zpráva
push-minutes = Docházejí minuty
sms-text = Linka: { $what }. { $link }
push-test = Upozornění funguje
push-test-text = Takhle vám dáme vědět.
board-ill = chybí
board-drag-free = volno
board-drag-past = už bylo
board-drag-taken = obsazeno
board-drag-dropped = Nic se nezměnilo.
board-drag-hint = Termín, nebo co čeká na termín, přetáhněte myší, nebo na něm použijte šipky a Enter. Nic se nezmění, dokud to nepotvrdíte.
board-release = Uvolnit čas držený pro urgentní
board-gaps = Nejbližší volno:
