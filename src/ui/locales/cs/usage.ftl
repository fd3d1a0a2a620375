### Minuty: co zbývá, kam šly, výpis, smlouva.

nav-usage = Minuty

## Grafy

chart-numbers = Čísla v tabulce
chart-prepaid = z předplacených minut
chart-over = nad rámec
chart-interventions = Zásahy
chart-minutes = Minuty
chart-amount = Bez DPH
chart-column = { $name }: { $minutes }, { $count ->
        [one] { $count } zásah
        [few] { $count } zásahy
       *[other] { $count } zásahů
    }
chart-column-empty = { $name }: žádný zásah
burn-down-title = Jak minuty ubývají
burn-down-summary = Zbývající minuty od { $from } do { $until }, dnes { $left }
burn-down-date = Den
burn-down-left = Zbývá
burn-down-credited = přibude { $minutes }
burn-down-expired = propadne asi { $minutes }
burn-down-agreed = domluvený termín, asi { $minutes }

## Co zbývá

usage-title-left = Zbývá { $left } z { $granted }
usage-title-left-until = Zbývá { $left } z { $granted } do { $date }
usage-title-over = { $minutes } nad rámec balíčku
usage-title-over-contract = { $minutes } nad rámec smlouvy
usage-title-one-off = { $minutes } za 12 měsíců
usage-title-none = Minuty
usage-lead-empty = Další minuta stojí { $rate } bez DPH.
usage-lead-over = Všech { $granted } je vyčerpaných. Další minuta stojí { $rate } bez DPH.
usage-lead-one-off = Platíte jednorázově, dohromady { $amount } bez DPH. Minuta stojí { $rate }.
usage-also = { $minutes } { $source }
usage-also-until = { $minutes } { $source } do { $date }
usage-of = {" "}z { $granted }
usage-until = do { $date }
usage-never-expires = bez omezení
pool-since = { $pool } od { $date }
usage-reserved = z toho asi { $minutes } pro domluvené termíny
usage-reserved-over = Domluvené termíny si asi vezmou ještě { $minutes } navíc.
usage-upcoming = Od { $date } přibude { $minutes } { $source }.
usage-buy = Koupit minuty
usage-none = Zatím žádné minuty ani zásahy.
usage-none-help = Až vám technik pomůže, uvidíte tady, kolik minut to zabralo a kdo je zaplatil. Bez předplacených minut stojí minuta { $rate } bez DPH.
usage-unused = Zatím jste nic nevyčerpali.

alert-used-80 = Minuty docházejí: z { $granted } zbývá { $left }.
alert-used-95 = Minuty skoro došly, zbývá { $left }. Každá další bude stát { $rate } bez DPH.
alert-used-100 = Všech { $granted } je vyčerpaných. Každá další minuta stojí { $rate } bez DPH.
alert-expiring = { $left } propadne, když je nevyužijete do { $date }.

forecast-runs-out = Při tomto tempu dojdou minuty { $date }.
forecast-lasts = Při tomto tempu minuty vystačí, { $date } zbude asi { $left }.
forecast-next = { $date } přibude { $minutes } ze smlouvy.
forecast-unknown = Na odhad, jak dlouho minuty vydrží, je zatím málo zásahů.
forecast-lost = Z toho pak propadne asi { $minutes }.

advice-buy = Vyplatí se vám balíček { $minutes }
advice-buy-why = Při vašem tempu z něj včas využijete asi { $useful }, které by vás po { $rate } za minutu stály o { $saved } víc. Ceny bez DPH.
advice-nothing = Teď nic nekupujte
advice-wait = { $date } přijde { $minutes } ze smlouvy.
advice-wait-over = Do té doby asi { $minutes } zaplatíte po { $rate } bez DPH, žádný balíček by nevyšel levněji.
advice-enough = Při vašem tempu vám minuty, které máte, vystačí.
advice-dearer = Při vašem tempu by žádný balíček nevyšel levněji než vaše sazba { $rate } za minutu bez DPH.

## Kam šly

usage-tabs = Kam minuty šly
usage-tab-month = Kdy
usage-tab-program = Program
usage-tab-work-type = Druh práce
usage-tab-member = Kdo objednal
usage-by-month = Po měsících
usage-by-program = Podle programu za 12 měsíců
usage-by-work-type = Podle druhu práce za 12 měsíců
usage-by-member = Podle toho, kdo objednal, za 12 měsíců
usage-month-heading = Měsíc
usage-program = Program
usage-work-type = Druh práce
usage-member = Kdo objednal
usage-latest = Poslední zásahy
usage-all = Všechny zásahy
usage-further = Výpis a smlouva
usage-bundles = Balíčky minut a jejich objednávky
usage-statement = Výpis minut
usage-contract = Co máte ve smlouvě
usage-terms = Co platí bez smlouvy
usage-export = Zásahy roku { $year } do tabulky:{" "}
usage-export-csv = CSV
usage-export-xlsx = Excel

usage-day = { $day }.{ -nbsp }{ $month }
usage-day-year = { $day }.{ -nbsp }{ $month } { $year }
usage-month =
    { $month ->
        [1] leden
        [2] únor
        [3] březen
        [4] duben
        [5] květen
        [6] červen
        [7] červenec
        [8] srpen
        [9] září
        [10] říjen
        [11] listopad
       *[12] prosinec
    } { $year }
usage-month-short =
    { $month ->
        [1] led
        [2] úno
        [3] bře
        [4] dub
        [5] kvě
        [6] čvn
        [7] čvc
        [8] srp
        [9] zář
        [10] říj
        [11] lis
       *[12] pro
    }

## Zásahy

usage-back = Minuty
usage-list-title = Zásahy
usage-list-none = Zatím žádný zásah.
usage-list-empty = Tomuto výběru neodpovídá žádný zásah.
usage-filters = Vybráno
usage-filter-remove = zrušit výběr
usage-older = Starší zásahy
usage-newest = Zpět na nejnovější
usage-column-date = Kdy
usage-column-what = Co
usage-column-who = Kdo objednal
usage-column-minutes = Minuty
usage-column-paid = Z čeho
usage-over-amount = { $minutes }{ -nbsp }nad rámec za { $amount }

## Výpis

statement-title = Výpis minut, { $period }
statement-lead = Na začátku { $opening }, na konci { $closing }.
statement-empty = V tomto období se nic nezměnilo.
statement-csv = Stáhnout výpis jako CSV
statement-periods = Období
statement-month = Měsíc
statement-quarter = Čtvrtletí
statement-year = Rok
statement-period-quarter = { $quarter }.{ -nbsp }čtvrtletí { $year }
statement-period-year = rok { $year }
statement-column-date = Den
statement-column-what = Co
statement-column-change = Změna
statement-column-balance = Zůstatek
statement-opening = Počáteční zůstatek
statement-closing = Konečný zůstatek
entry-grant = Připsáno { $source }
entry-draw = Zásah { $intervention }
entry-return = Vráceno ze zásahu { $intervention }
entry-expiry = Propadlo { $source }
entry-charge = Zásah { $intervention }, nad rámec
entry-waive = Zásah { $intervention }, nad rámec se neplatí
entry-freeze = Pozastaveno { $source }, platba se prověřuje
entry-thaw = Uvolněno { $source }, platba platí
entry-refund = Vráceno za peníze { $source }
entry-correction = Využito { $source } dřív, než jsme přešli na portál
entry-handover = Převedeno { $source } k zákazníkovi, se kterým jste sloučeni
entry-money = { $minutes } za { $amount } bez DPH

## Smlouva

terms-title = Smlouva platí na dobu neurčitou
terms-title-until = Smlouva platí do { $date }
terms-title-from = Smlouva začne platit { $date }
terms-number = Číslo
terms-validity = Platnost
terms-from = od { $from } na dobu neurčitou
terms-from-until = od { $from } do { $until }
terms-speed = Jak rychle se připojíme
terms-speed-words = S Rychlostí „{ $tier }“ se připojíme urgentně do { $urgent }, běžně nejdříve za { $normal }.
terms-minutes = Minuty
terms-minutes-month = { $minutes } každý měsíc. Připíšou se prvního dne.
terms-minutes-quarter = { $minutes } každé čtvrtletí. Připíšou se prvního dne.
terms-minutes-year = { $minutes } každý rok. Připíšou se 1. ledna.
terms-no-minutes = Smlouva žádné minuty neobsahuje.
terms-unused = Co nevyužijete
terms-expire-month = Na konci měsíce propadne.
terms-expire-quarter = Na konci čtvrtletí propadne.
terms-expire-year = Na konci roku propadne.
terms-roll-month = Můžete dočerpat ještě další měsíc.
terms-roll-quarter = Můžete dočerpat ještě další čtvrtletí.
terms-roll-year = Můžete dočerpat ještě další rok.
terms-minimum = Nejméně za zásah
terms-minimum-minutes = { $minutes }, i když bude technik hotový dřív.
terms-ceiling-term = Dlouhé zásahy
terms-ceiling = Než zásah přesáhne { $minutes }, zeptáme se, jestli pokračovat.
terms-no-ceiling = Strop smlouva nemá. Můžete si ho určit u každé objednávky.
terms-rates = Minuta nad rámec
terms-per-minute = za minutu
terms-per-hour = za hodinu
terms-any = Každý zásah
terms-normal = Běžný zásah
terms-urgent = Urgentní zásah
terms-by-the-minute = Účtuje se po minutách.
terms-change = Chcete smlouvu změnit? Zavolejte nám: { $phone }.
terms-none-title = Smlouvu s námi nemáte
terms-none-lead = Každý zásah se platí zvlášť, podle ceníku.
terms-none-minutes = Předplatit si je můžete i bez smlouvy, v balíčku.
terms-none-minimum = { $minutes }, s balíčkem { $lower }.
terms-none-rates = Co stojí minuta
terms-bundles = Balíčky minut

## Vzorník

sample-customer = Školní jídelna Lípová
sample-stock = Sklad
sample-canteen = Stravné
sample-colleague = Petra Malá
sample-technician = Ondřej Žďárský
sample-report = Výdejky se netiskly, protože program hledal starou tiskárnu. Nastavili jsme novou a výdejky za dnešek vytiskli.
sample-correction = hodiny běžely přes přestávku
sample-objection = Při práci se čekalo na náš počítač, ale technik u toho mluvil s kolegou.
sample-words = Ano, dodělejte to.
sample-answer = Máte pravdu, tohle byla naše chyba.
sample-refusal = V té době technik opravoval nastavení tiskárny.
