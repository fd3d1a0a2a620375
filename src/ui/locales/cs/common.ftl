### Společné texty: rámec stránky, pole formulářů, termíny, data a čísla.

# Nedělitelná mezera: mezi číslem a tím, co k němu patří.
-nbsp = {"\u00A0"}
-joiner = {"\u2060"}

brand = Linka
page-title = { $title } – Linka
page-title-error = Chyba: { $title } – Linka
page-title-done = { $done } { $title } – Linka
done-saved = Uloženo.
done-added = Přidáno.
done-removed = Odebráno.
done-withdrawn = Vzato zpět.
done-reordered = Pořadí je změněné.
done-carried-out = Provedeno.
done-sent = Odesláno.
done-will-be-sent = Pošleme to znovu.
done-signed-out = Odhlášeno.
done-unlocked = Neúspěšné pokusy jsou zapomenuté, přihlásit se jde hned.
done-link-asked = Jestli se s touto adresou někdo přihlašuje, poslali jsme na ni odkaz. Platí hodinu. Když nepřijde, zkuste to znovu za 5 minut.
done-address-asked = Napsali jsme na obě adresy. Nová platí, až to z obou potvrdíte.
done-address-agreed = Potvrzeno.
done-password-changed = Heslo je změněné. Všude jinde jste odhlášeni.
done-password-chosen = Heslo je nastavené. Teď se s ním přihlaste.
done-erased = Smazáno.
skip-to-content = Přejít k obsahu
language-name = Česky

nav-label = Hlavní
nav-bundles = Balíčky minut
nav-sign-in = Přihlásit se
nav-home = Přehled
nav-requests = Požadavky
nav-account = Účet
nav-order = Objednat zásah
nav-my-day = Můj den
nav-appointments = Termíny

live-changed = Stránka se změnila.
live-waits = Něco se změnilo.
live-show = Zobrazit

footer-line = Zákaznická linka: čísla, doba, ceník

field-optional = (nepovinné)
field-error-prefix = Chyba:
summary-change = Změnit

steps-count = Krok { $number } z { $total }
steps-back = Zpět

## Stavy

state-draft = Rozepsaný
state-waiting = Čeká na termín
state-scheduled = Domluveno
state-in-progress = Právě probíhá
state-awaits-consent = Čeká na váš souhlas
state-closed = Vyřízeno
state-worked = Proběhlo
state-cancelled = Zrušeno
urgency-urgent = Urgentní
urgency-normal = Běžná

timeline-ordered = Požadavek odeslán
timeline-confirmed = Termín domluven
timeline-waiting = Čeká, až dispečer nabídne termíny
timeline-moved = Termín přesunut
timeline-cancelled = Zrušeno
timeline-reclassified = Opraven druh práce nebo naléhavost

## Termíny

slots-first = Nejbližší volný termín
slots-held = Držíme pro vás
slots-held-for-you = držíme pro vás
slots-morning = dopoledne
slots-afternoon = odpoledne
slots-count =
    { $count ->
        [one] { $count } termín
        [few] { $count } termíny
        [many] { $count } termínu
       *[other] { $count } termínů
    }
slots-days = Dny s volnými termíny
slots-week-before = ‹ předchozí týden
slots-week-after = další týden ›
slots-more = Další časy ({ $count })
slots-late = později, než slibujeme
slots-colleague = v tu dobu už máte domluvený jiný termín
slots-beside = Jsou mezi nimi i časy, kdy už máte domluvený jiný termín; ty jsou čárkovaně.
slots-none = V nejbližších dnech není žádný volný termín.
slots-none-call = Zavolejte nám na { $phone }, něco spolu najdeme. Co jste vyplnili, zůstává uložené.
slots-reason-target = S Rychlostí „{ $tier }“ urgentní zásah do { $target }, tedy nejpozději { $deadline }.
slots-reason-after-target = Později, než slibuje Rychlost „{ $tier }“ ({ $deadline }).
slots-reason-lead = Běžný požadavek s Rychlostí „{ $tier }“: nejdříve { $earliest }.
slots-reason-missed = Za termín, který jsme nedodrželi, vám nabízíme každý volný čas od této chvíle.
slots-reason-dispatch = Tyto termíny pro vás vybral dispečer.

## Odhad

estimate-title = Odhad
estimate-left = zbude { $minutes } volných
estimate-at-rate = { $minutes } po { $rate } bez DPH
estimate-remainder = nad rámec
estimate-paid = jednorázový zásah
estimate-price = { $price } s DPH
estimate-minimum = Účtuje se skutečný čas, nejméně { $minimum } { $minimum ->
        [one] minuta
        [few] minuty
       *[other] minut
    }.
estimate-ceiling = Nad { $minutes } min se vás nejdřív zeptáme.
estimate-ceiling-of-customer = Nad { $minutes } min se zákazníka nejdřív zeptáme.

minutes-free = Volných { $minutes }
minutes-reserved = { $minutes } pro domluvené termíny

## Data, časy, čísla

today = dnes
tomorrow = zítra
yesterday = včera
date-day = { $weekday } { $day }.{ -nbsp }{ $month }
date-long = { $date } { $year }
date-short = { $weekday }{ -nbsp }{ $date }
date-numeric = { $day }.{ -nbsp }{ $month }.
date-numeric-year = { $date }{ -nbsp }{ $year }
moment = { $weekday }{ -nbsp }{ $date }, { $time }
until = do { $weekday } { $date }{ -nbsp }{ $time }
until-relative = { $day } do { $time }
since = od { $weekday } { $date }{ -nbsp }{ $time }
since-relative = { $day } od { $time }
by-day = do { $weekday } { $date }
by-day-relative = nejpozději { $day }
on = { $weekday } { $day }.{ -nbsp }{ $month } { $time }
in-minutes = za{ -nbsp }{ $count }{ -nbsp }{ $count ->
        [one] minutu
        [few] minuty
       *[other] minut
    }
on-relative = { $day } { $time }
# "ve" před hodinami, které začínají na dvě souhlásky: ve dvě, ve tři, ve čtyři, ve dvanáct …
at-time =
    { $hour ->
        [2] ve{ -nbsp }{ $time }
        [3] ve{ -nbsp }{ $time }
        [4] ve{ -nbsp }{ $time }
        [12] ve{ -nbsp }{ $time }
        [13] ve{ -nbsp }{ $time }
        [14] ve{ -nbsp }{ $time }
        [20] ve{ -nbsp }{ $time }
        [22] ve{ -nbsp }{ $time }
        [23] ve{ -nbsp }{ $time }
       *[other] v{ -nbsp }{ $time }
    }
money = { $amount }{ -nbsp }Kč
minutes = { $minutes }{ -nbsp }min
hours = { $hours }{ -nbsp }h
working-days =
    { $count ->
        [one] { $count } pracovní den
        [few] { $count } pracovní dny
        [many] { $count } pracovního dne
       *[other] { $count } pracovních dnů
    }
working-hours =
    { $count ->
        [one] { $count } hodina
        [few] { $count } hodiny
        [many] { $count } hodiny
       *[other] { $count } hodin
    }
working-minutes =
    { $count ->
        [one] { $count } minuta
        [few] { $count } minuty
        [many] { $count } minuty
       *[other] { $count } minut
    }
within-working-hours =
    { $count ->
        [one] { $count } pracovní hodiny
        [many] { $count } pracovní hodiny
       *[other] { $count } pracovních hodin
    }
within-working-minutes =
    { $count ->
        [one] { $count } pracovní minuty
        [many] { $count } pracovní minuty
       *[other] { $count } pracovních minut
    }
weekday =
    { $form ->
        [short]
            { $day ->
                [1] po
                [2] út
                [3] st
                [4] čt
                [5] pá
                [6] so
               *[7] ne
            }
        [genitive]
            { $day ->
                [1] pondělí
                [2] úterý
                [3] středy
                [4] čtvrtka
                [5] pátku
                [6] soboty
               *[7] neděle
            }
        [accusative]
            { $day ->
                [1] v pondělí
                [2] v úterý
                [3] ve středu
                [4] ve čtvrtek
                [5] v pátek
                [6] v sobotu
               *[7] v neděli
            }
       *[nominative]
            { $day ->
                [1] pondělí
                [2] úterý
                [3] středa
                [4] čtvrtek
                [5] pátek
                [6] sobota
               *[7] neděle
            }
    }
month =
    { $month ->
        [1] ledna
        [2] února
        [3] března
        [4] dubna
        [5] května
        [6] června
        [7] července
        [8] srpna
        [9] září
        [10] října
        [11] listopadu
       *[12] prosince
    }
holiday =
    { $holiday ->
        [new_year] Nový rok
        [good_friday] Velký pátek
        [easter_monday] Velikonoční pondělí
        [labour_day] Svátek práce
        [victory_day] Den vítězství
        [cyril_and_methodius] Den Cyrila a Metoděje
        [jan_hus] Den upálení mistra Jana Husa
        [czech_statehood] Den české státnosti
        [independent_czechoslovakia] Den vzniku Československa
        [freedom_and_democracy] Den boje za svobodu a demokracii
        [christmas_eve] Štědrý den
        [christmas_day] 1. svátek vánoční
        [saint_stephen] 2. svátek vánoční
       *[other] svátek
    }

# Událost v kalendáři
calendar-feed = Linka: domluvené termíny
calendar-busy = Obsazeno
calendar-line = Telefon na linku: { $phone }
calendar-visit = { $customer }: { $program }
calendar-contact = Telefon k počítači: { $phone }
calendar-computer = TeamViewer: { $computer }
calendar-summary = Vzdálený zásah: { $work }, { $program }
calendar-description = Požadavek { $number }. U počítače bude { $contact }. Mějte spuštěný TeamViewer a program { $program }.

## Práce technika

timeline-started = Technik začal pracovat
timeline-suspended = Práce přerušena, bude potřeba další termín
timeline-closed = Hotovo
timeline-no-show = U počítače nikdo nebyl
timeline-missed-by-us = Technik se v domluveném termínu nepřipojil
timeline-called-off-by-us = Domluvený termín jsme zrušili, omlouváme se
timeline-started-late = Technik začal pracovat, opožděně
timeline-consent-asked = Zeptali jsme se, jestli pokračovat
timeline-consent-given = Souhlas s pokračováním
timeline-consent-refused = Pokračování odmítnuto
timeline-by-program = program { $program }
timeline-by-phone = { $name } po telefonu, { $when }
timeline-contested = Námitka k účtovanému času
timeline-contest-decided = Námitka vyřízena
timeline-offered = Nabídli jsme termíny k výběru
timeline-reassigned = Připojí se jiný technik, termín zůstává
timeline-declined = Požadavek jsme odmítli
timeline-reopened = Zásah jsme znovu otevřeli, abychom opravili vyúčtování
timeline-merged = Sloučili jsme s jiným požadavkem
timeline-outage-joined = Patří k hromadnému výpadku, o kterém víme
timeline-outage-left = K hromadnému výpadku nepatří, řešíme ho zvlášť
timeline-outage-news = Zpráva k hromadnému výpadku
timeline-outage-over = Hromadný výpadek skončil
timeline-continued = Navazuje další požadavek
timeline-customer-wrote = Zpráva
timeline-vendor-wrote = Zpráva z linky
timeline-withdrawn = Objednávka vzatá zpět
timeline-details-changed = Upravený popis nebo kontakt
timeline-formerly = Dříve: { $text }

## Stránky seznamů

pages-label = Stránky seznamu: { $list }
pages-shown = Na této stránce { $shown } z { $total }.
pages-shown-of-more = Na této stránce { $shown } z více než { $most }.
pages-first = Od začátku
pages-next = Další
queue-shown = Zobrazeno prvních { $shown } z { $total }. Další se objeví, jakmile některé z nich vyřídíte.
nav-more = Více
nav-settings = Nastavení
nav-own-contests = Moje námitky

site-notice = Oznámení
person-erased = Smazaná osoba { $number }

## Odchod z formuláře bez odeslání

form-keep = Nechat, jak je
form-back = Zpět bez uložení
