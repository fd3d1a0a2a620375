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
