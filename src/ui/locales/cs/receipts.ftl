### Doklad o zásahu, námitka, průběh práce a souhlas.

receipt-page-title = Účtujeme { $minutes }
receipt-page-title-nothing = Neúčtujeme nic
receipt-page-back = Požadavek { $number }
receipt-page-number = Zásah
receipt-page-when = Kdy
receipt-page-what = Co
receipt-page-what-words = { $program } · { $work_type } · { $urgency }
receipt-page-customer = Zákazník
receipt-page-ico = IČO
receipt-page-ordered-by = Kdo objednal
receipt-page-issued = Vystaveno
receipt-page-version = Opraveno { $day }
receipt-page-resumed = Doplněno o další práci
receipt-page-report = Co jsme udělali
receipt-no-show = Zákazník nebyl k zastižení.
receipt-called-off = Termín byl zrušen, příprava na něj se neúčtuje.
receipt-forgotten = Hodiny zůstaly zapomenuté, čas jsme opravili.
receipt-began-earlier = Technik začal o chvíli dřív, než spustil hodiny.
receipt-missed-by-us = Technik se v domluveném termínu nepřipojil.
receipt-page-segments = Z čeho se čas skládá
receipt-page-calculation = Jak jsme k tomu došli
receipt-page-sum = Účtovaný čas
receipt-page-rounded = Zaokrouhleno na celé minuty
receipt-page-top-up = Do minima { $minimum } minut
receipt-page-lifted = Bez minima { $minimum } minut: hromadný výpadek „{ $outage }“
receipt-page-lifted-value = neúčtuje se
receipt-page-billed = Účtujeme
receipt-page-over = Nad rámec
receipt-page-in-money = K zaplacení
receipt-page-product = { $minutes } × { $rate }
receipt-page-with-vat = S DPH { $percent } %
receipt-page-former = Co stálo na dokladu dřív
receipt-page-former-version = Vystaveno { $when }
receipt-page-pdf = Stáhnout PDF
receipt-page-contest-note = Nesouhlasit s některým úsekem můžete { $until }.

segments-column-what = Úsek
segments-column-when = Od–do
segments-column-who = Kdo
segments-column-length = Délka
segments-total = Účtovaný čas celkem
segments-free = neúčtuje se
segments-contest = Nesouhlasím

contest-title = S čím nesouhlasíte?
contest-lead = Podíváme se na to a odpovíme vám na stránce zásahu. Když námitku uznáme, minuty vrátíme.
contest-segment = Úsek
contest-reason = Proč
contest-reason-hint = Stačí věta: co se dělo jinak.
contest-submit = Odeslat námitku
contest-keep = Zpět na zásah
contest-open = Námitka čeká na odpověď
contest-accepted = Námitka uznána
contest-partly-accepted = Námitka uznána zčásti: { $minutes } min neúčtujeme
contest-rejected = Námitka neuznána
contest-said = { $by }, { $when }: { $reason }
contest-answer = Odpověď, { $when }: { $answer }

## Průběh práce

requests-title-asked = Technik čeká na váš souhlas
requests-title-closed-billed = Hotovo, účtujeme { $minutes }
requests-title-closed-free = Hotovo, neúčtujeme nic
requests-agreed-time = Domluvený termín
requests-receipts = Co jsme udělali
requests-receipt = Účtujeme { $minutes }: podrobný rozpis ({ $day })

progress-running = Teď se počítá: { $kind }.
progress-free = Teď: { $kind }. Tento čas nic nestojí.
progress-put-right = Zásah je hotový a nic se nepočítá. Znovu jsme ho otevřeli, abychom opravili vyúčtování:
progress-paused = Teď se čas nepočítá.
progress-began = Technik začal v { $time }.
progress-began-on = Technik začal { $when }.
progress-reload = Novější minuty uvidíte po obnovení stránky.
progress-ceiling = Nad { $minutes } se vás nejdřív zeptáme.

consent-question = Práce trvá už { $minutes }. Má technik pokračovat?
consent-paused = Než odpovíte, čas se neúčtuje.
consent-by-others = Odpovědět může ten, kdo u vás smí kupovat minuty. Zatím se čas neúčtuje.
consent-legend = Má technik pokračovat?
consent-yes = Ano, pokračujte
consent-yes-note = Další čas se bude účtovat.
consent-no = Ne, skončete
consent-no-note = Účtovat budeme jen to, co je hotové.
consent-ceiling = Když pokračovat, zeptat se znovu nad
consent-ceiling-hint = Celkem minut, i s těmi, které už uběhly. Prázdné pole znamená bez omezení.
consent-submit = Odeslat odpověď
consent-given-up-to = { $by } souhlasí s pokračováním do { $minutes }.
consent-given = { $by } souhlasí s pokračováním bez omezení.
consent-refused = { $by } si pokračování nepřeje.

field-segment = Vyberte úsek, se kterým nesouhlasíte
field-agreed = Vyberte, jestli má technik pokračovat
field-new-ceiling = Napište počet minut vyšší, než kolik už práce trvá, nejvýš 480, nebo pole nechte prázdné

## Hodnocení

rating-title = Jak jsme vám pomohli?
rating-over = Odkaz už neplatí, hodnotit jde 60 dní. Když chcete něco dodat, napište nám k požadavku.
rating-thanks = Děkujeme, ohodnotili jste nás { $score } z { $most }.
rating-question = Jak jste byli spokojeni?
rating-score =
    { $score ->
        [1] 1 – vůbec
        [2] 2 – spíš ne
        [3] 3 – tak napůl
        [4] 4 – spíš ano
       *[5] 5 – úplně
    }
rating-words = Chcete něco dodat?
rating-words-hint = Nejvýš { $max } znaků
rating-submit = Odeslat hodnocení
rating-bill = Účtujeme { $minutes }
rating-agree = S vyúčtováním souhlasím
rating-contest = Nesouhlasím
rating-agreed = S vyúčtováním jste souhlasili { $at }.
