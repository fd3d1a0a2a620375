receivables-back = Pohledávky
receivables-csv = Stáhnout tabulku (CSV)
receivables-ages = Jak dlouho po splatnosti
receivables-every-age = všechny
file-receivables = pohledavky-{ $day }

receivable-lead = Dluží { $owed }, z toho po splatnosti { $overdue }.
receivable-customer = Stránka zákazníka
receivable-kept = Zákazník teď objedná jen urgentní zásah
receivable-kept-help = Dluh je po splatnosti déle, než dovoluje pravidlo. Splátkový plán, který se plní, to zruší.
receivable-debts = Co je k zaplacení
receivable-nothing = Nedluží nic.
receivable-invoice = Faktura
receivable-due = Splatnost
receivable-age = Po splatnosti
receivable-owed = Zbývá
receivable-write-off-title = Odepsat pohledávku
receivable-write-off-help = Doklad zůstane nezaplacený a daň se nemění. Jen přestane být dluhem. Přijde-li platba později, spáruje se jako vždy.
receivable-reason = Proč
receivable-reason-hint = Zůstane u zákazníka i v přehledu změn.
receivable-write-off = Odepsat
receivable-given-up = Odepsáno
receivable-recovered = Z toho už přišlo nebo se opravným daňovým dokladem odečetlo { $amount }.
receivable-account = Účet za posledních 12 měsíců
receivable-credit = Nákup na fakturu
receivable-beyond = Nad limitem
receivable-not-trusted = platí předem
receivable-no-limit = bez limitu
receivable-limit = Limit
receivable-exposure = Využito
receivable-unpaid = nezaplacené faktury
receivable-not-invoiced = zatím nevyfakturováno
receivable-agreed = domluvené termíny, nejvýš
receivable-limit-crowns = Limit v Kč s DPH
receivable-limit-hint = Prázdné: bez limitu. Nad limit se platí předem; domluvené termíny platí.
receivable-limit-from = Od dne
receivable-limit-save = Nastavit limit
receivable-limit-since = Od { $from }: { $amount } ({ $by })
receivable-reminders = Odeslané upomínky
receivable-no-reader = Upomínku není komu poslat: nikdo s e-mailem tu nevidí doklady.
receivable-no-reminders = Zatím žádné.

plan-title = Splátky a odklad
plan-help = Dokud se plán plní, upomínky se neposílají a objednávky se nezastaví.
plan-note = Na čem jsme se domluvili
plan-note-hint = S kým, jak a proč. Zákazník to nevidí.
plan-parts = Splátky
plan-parts-hint = Každá na řádek, třeba 15. 12. 2026: 5 000. Bez splátek se jen do dne níže neupomíná.
plan-rests-until = Neupomínat do
plan-rests-until-hint = Jen bez splátek; s nimi se neupomíná do poslední.
plan-agree = Domluvit
plan-missed = Splátka nepřišla, chybí { $missing }
plan-missed-help = Upomínky se zase posílají.
plan-rests = Neupomíná se do { $until }.
plan-over = Plán skončil.
plan-came = Od domluvy dluh klesl o { $came }.
plan-end = Zrušit plán

reminders-open = Upomínky a pravidla
reminders-title = Upomínky posíláme
reminders-title-off = Upomínky neposíláme
reminders-lead = Při otevření linky píšeme těm, kdo vidí doklady. Jednou denně nejvýš, o každém dokladu v každém stupni jednou.
reminders-stages = Stupně
reminders-preview = Jak to bude vypadat
reminders-preview-help = Na dvou vymyšlených dokladech.
reminder-stage =
    { $stage ->
        [friendly] připomínka
        [second] druhá upomínka
       *[last] poslední upomínka
    }
reminder-days-after = Kolik dnů po splatnosti
reminder-days-after-hint = 0: neposílá se.
reminder-subject-cs = Předmět česky
reminder-subject-en = Předmět anglicky
reminder-text-cs = Text česky
reminder-text-en = Text anglicky
reminder-text-hint = Nejvýš { $max } znaků. Doklady, účet a QR kódy doplníme pod text.
reminder-placeholders = Ve složených závorkách může stát:
reminder-placeholder =
    { $placeholder ->
        [customer] jméno zákazníka
        [count] kolik dokladů
        [total] kolik celkem
        [oldest] splatnost nejstaršího
        [days] kolik dnů je nejstarší po splatnosti
       *[interest] úrok z prodlení podle sazby níže
    }
receivable-rule = Co následuje samo
receivable-rule-block = Zastavit běžné objednávky po kolika dnech
receivable-rule-block-hint = Po splatnosti. 0: nikdy. Urgentní zásah se neodmítne, jen o něm uvidíte v tom, co čeká.
receivable-rule-interest = Úrok z prodlení ročně
receivable-rule-interest-hint = 0: nepíšeme ho. Zákonná sazba je repo sazba ČNB k začátku pololetí plus 8 procentních bodů.

reminder-count =
    { $count ->
        [one] { $count } doklad
        [few] { $count } doklady
       *[other] { $count } dokladů
    }
reminder-days =
    { $count ->
        [one] { $count } den
        [few] { $count } dny
       *[other] { $count } dnů
    }
reminder-title = Po splatnosti je { $total }
reminder-debt = Faktura { $number }, splatná { $due }: { $owed }, variabilní symbol { $symbol }.
reminder-account = Na účet { $account } (IBAN { $iban }).
reminder-pay = QR platba faktury { $number }
