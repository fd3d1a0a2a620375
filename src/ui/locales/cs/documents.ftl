### Doklad o zásahu, výpis a vývozy: slova, která mají společná stránka, PDF, e-mail a tabulky.

## Odkud jsou minuty

pool =
    { $kind ->
        [contract] smlouva
        [bundle] balíček
       *[correction] vrácené minuty
    }
pool-from =
    { $kind ->
        [contract] ze smlouvy
        [bundle] z balíčku
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

## Doklad jednou větou

receipt-nothing = Nic se neúčtuje: čekání a opravy našich chyb jsou zdarma.
receipt-worked = { $minutes } práce
receipt-worked-minimum = { $minutes } práce + { $top_up } do minima { $minimum } = { $billed }
receipt-paid-from-one = { $minutes }, vše { $pool }
receipt-paid-from = { $minutes }: { $pools }
receipt-paid-and-over = { $minutes }: { $pools } a { $over } nad rámec, { $price }
receipt-paid = { $minutes }, { $price }
receipt-draw = { $minutes } { $pool }
receipt-price = { $rate } za minutu bez DPH, celkem { $price } s DPH

## Doklad na papíře

document-page = strana { $page } z { $pages }
receipt-title = Vyúčtování zásahu { $number }
receipt-issued = Vydáno { $at }
receipt-foot = { $title }, verze { $version }, pravidla { $rules }. Není daňový doklad.
receipt-figure = { $minutes } · { $price } s DPH
receipt-replaced = Tuto verzi nahradila verze { $version }.
receipt-corrected = Opravené vyúčtování, verze { $version }
receipt-customer = Zákazník
receipt-name = Název
receipt-ico = IČO
receipt-ordered-by = Kdo objednal
receipt-intervention = Zásah
receipt-request = Požadavek
receipt-program = Program
receipt-work-type = Druh práce
receipt-urgency = Naléhavost
receipt-report = Co jsme udělali
receipt-time = Čas technika
receipt-span = Od–do
receipt-kind = Co
receipt-technician = Technik
receipt-duration = Trvání
receipt-billed = Účtuje se
receipt-free = zdarma
receipt-segment-corrected = Opraveno: { $reason }
receipt-sum = Účtovaný čas dohromady
receipt-rounded = Zaokrouhleno nahoru na celé minuty
receipt-minimum = Doplněno do minima { $minimum }
receipt-added = + { $minutes }
receipt-total-minutes = Účtováno
receipt-payment = Z čeho se platí
receipt-minutes-at = { $minutes } × { $rate } bez DPH
receipt-over-at = Nad rámec { $minutes } × { $rate } bez DPH
receipt-vat = DPH { $percent }
receipt-total-price = Celkem s DPH
receipt-contests = Námitky
receipt-contest = { $segment }: { $state }
receipt-contest-state =
    { $state ->
        [accepted] uznáno, minuty jsme vrátili
        [rejected] neuznáno
       *[open] čeká na rozhodnutí
    }
receipt-contest-said = { $by }, { $at }: { $reason }
receipt-contest-answered = Odpověď: { $answer }
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
        [charge] Nad rámec
       *[waive] Nad rámec zrušeno
    }

## Jména stažených souborů

file-receipt = vyúčtování-{ $number }
file-usage = minuty-{ $year }
file-statement = výpis-minut-{ $from }
