### Doklad o zásahu, výpis a vývozy: slova, která mají společná stránka, PDF, e-mail a tabulky.

## Odkud jsou minuty

pool =
    { $kind ->
        [contract] smlouva
        [bundle] balíček
        [apology] omluva
       *[correction] vrácené minuty
    }
pool-from =
    { $kind ->
        [contract] ze smlouvy
        [bundle] z balíčku
        [apology] z omluvy
       *[correction] z vrácených minut
    }
pool-until = { $pool } do { $date }

## Druhy úseků

segment-kind =
    { $kind ->
        [preparation] Příprava
        [communication] Komunikace
        [work] Práce
        [waiting] Čekání
       *[our_fault] Naše chyba
    }
segment-corrected = Opraveno: { $reason }
segment-added = Doplněno: { $reason }
segment-by-contest = uznaná námitka
receipt-by-contest = Uznaná námitka

## Doklad jednou větou

receipt-nothing = Nic se neúčtuje: čekání a opravy našich chyb jsou zdarma.
receipt-worked = { $minutes } práce
receipt-worked-lifted = { $minutes } práce, bez minima: hromadný výpadek „{ $outage }“
receipt-worked-minimum = { $minutes } práce + { $top_up } do minima { $minimum } = { $billed }
receipt-paid-from-one = { $minutes }, vše { $pool }
receipt-paid-from = { $minutes }: { $pools }
receipt-paid-and-over = { $minutes }: { $pools } a { $over } nad rámec, { $price }
receipt-paid = { $minutes }, { $price }
receipt-draw = { $minutes } { $pool }
receipt-price = { $rate } za minutu bez DPH, celkem { $price } s DPH
receipt-consents = Souhlas s pokračováním
receipt-consent = Po { $minutes } jsme se zeptali, jestli pokračovat ({ $at })
receipt-consent-silence = Odpověď nepřišla, další čas jsme neúčtovali.
receipt-consent-portal = { $by } na portálu, { $at }: { $said }.
receipt-consent-phone = { $by } telefonicky, { $at }: { $said }. Řečeno: „{ $words }“
receipt-consent-up-to = ano, do { $minutes }
receipt-consent-no-limit = ano, bez omezení
receipt-consent-refused = ne

## Doklad na papíře

document-page = strana { $page } z { $pages }
paper-title = Vyúčtování zásahu { $number }
paper-issued = Vydáno { $at }
paper-foot = { $title }, verze { $version }, pravidla { $rules }. Není daňový doklad.
paper-figure = { $minutes } · { $price } s DPH
paper-replaced = Tuto verzi nahradila verze { $version }.
paper-resumed = Vyúčtování doplněné o další práci, verze { $version }
paper-corrected = Opravené vyúčtování, verze { $version }
paper-customer = Zákazník
paper-name = Název
paper-ico = IČO
paper-ordered-by = Kdo objednal
paper-intervention = Zásah
paper-request = Požadavek
paper-program = Program
paper-work-type = Druh práce
paper-urgency = Naléhavost
paper-report = Co jsme udělali
paper-time = Čas technika
paper-span = Od–do
paper-kind = Co
paper-technician = Technik
paper-duration = Trvání
paper-billed = Účtuje se
paper-free = zdarma
paper-sum = Účtovaný čas dohromady
paper-rounded = Zaokrouhleno nahoru na celé minuty
paper-minimum = Doplněno do minima { $minimum }
paper-lifted = Bez minima { $minimum }: hromadný výpadek „{ $outage }“
paper-lifted-value = neúčtuje se
paper-added = + { $minutes }
paper-total-minutes = Účtováno
paper-payment = Z čeho se platí
paper-minutes-at = { $minutes } × { $rate } bez DPH
paper-over-at = Nad rámec { $minutes } × { $rate } bez DPH
paper-vat = DPH { $percent }
paper-total-price = Celkem s DPH
paper-contests = Námitky
paper-contest = { $segment }: { $state }
paper-contest-state =
    { $state ->
        [accepted] uznáno, minuty jsme vrátili
        [rejected] neuznáno
       *[open] čeká na rozhodnutí
    }
paper-contest-said = { $by }, { $at }: { $reason }
paper-contest-answered = Odpověď: { $answer }
percent = { $number }{ -nbsp }%

## Tabulky

table-interventions = Zásahy
table-statement = Výpis
table-title = { $customer }: minuty { $year }
column-intervention = Zásah
column-date = Datum
column-time = Čas
column-program = Program
column-work-type = Druh práce
column-member = Kdo objednal
column-minutes = Účtováno (min)
column-pool =
    { $kind ->
        [contract] Ze smlouvy (min)
        [bundle] Z balíčků (min)
        [apology] Z omluv (min)
       *[correction] Z vrácených minut (min)
    }
column-over = Nad rámec (min)
column-amount = Cena bez DPH (Kč)
column-seq = Č.
column-entry = Pohyb
column-source = Zdroj
column-expires = Platí do
column-change = Změna (min)
column-balance = Zůstatek (min)
column-reason = Důvod
entry-kind =
    { $kind ->
        [grant] Připsáno
        [draw] Čerpáno
        [return] Vráceno
        [expiry] Propadlo
        [freeze] Pozastaveno
        [thaw] Uvolněno
        [refund] Vráceno za peníze
        [correction] Využito dříve jinde
        [charge] Nad rámec
       *[waive] Nad rámec zrušeno
    }

## Jména stažených souborů

file-receipt = vyúčtování-{ $number }
file-usage = minuty-{ $year }
file-statement = výpis-minut-{ $from }
