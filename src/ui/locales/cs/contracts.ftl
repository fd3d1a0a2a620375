### Zákazníci a jejich smlouvy, jak je vedou zaměstnanci.

customers-title = Zákazníci
customers-search = Název nebo IČO
customers-find = Hledat
customers-all = Všichni zákazníci
customers-none = Nikoho takového tu nemáme.
customers-column-name = Zákazník
customers-column-contract = Smlouva
customers-column-tier = Rychlost
customers-column-left = Zbývá
customers-no-contract = bez smlouvy
customer-ico = IČO { $ico }
customer-no-contract = Zákazník nemá smlouvu.

pools-left = Zbývá
pool-left = { $left } z { $granted }
pool-reserved = Z toho { $minutes } asi spotřebují domluvené termíny.

terms-named = Smlouva { $number }
terms-new = Nová smlouva
terms-edit = Upravit smlouvu
terms-edit-title = Smlouva { $number }
terms-history = Historie
terms-first-version = První znění
terms-change = { $label }: { $from } → { $to }

## Co ve smlouvě stojí

terms-number = Číslo smlouvy
terms-valid-from = Platí od
terms-valid-until = Platí do
terms-indefinite = na dobu neurčitou
terms-tier = Rychlost
terms-tier-target = urgentní do { $target }
terms-allowance = Předplacené minuty
terms-allowance-is = { $minutes } { $period ->
        [month] za měsíc
        [quarter] za čtvrtletí
       *[year] za rok
    }
terms-period = Období
terms-month = Měsíc
terms-quarter = Čtvrtletí
terms-year = Rok
terms-rollover = Nevyčerpané minuty
terms-rollover-none = propadají s koncem období
terms-rollover-one = převádějí se do dalšího období
terms-rate = Minuta nad rámec
terms-urgent-rate = Minuta nad rámec, urgentní
terms-rate-is = { $rate } bez DPH
terms-minimum = Nejméně za zásah
terms-ceiling = Strop
terms-no-ceiling = bez stropu

## Formulář

terms-minutes = minut
terms-crowns = Kč
terms-rate-hint = Bez DPH. 22 Kč za minutu je 1 320 Kč za hodinu.
terms-rate-hint-now = Bez DPH. Teď { $hour } za hodinu.
terms-minimum-hint = Kratší zásah se účtuje jako tento.
terms-ceiling-hint = Nad něj se zákazníka nejdřív zeptáme. Prázdné: bez stropu.
terms-reason = Proč se smlouva mění
terms-reason-hint = Zůstane v historii. Třeba: dodatek č. 2 z 1. 12.
terms-reason-hint-new = Zůstane v historii. Třeba: podepsáno 1. 12.
terms-save = Uložit smlouvu
terms-keep = Nechat, jak je

field-contract-number = Napište číslo smlouvy
field-contract-number-used = Toto číslo už má jiná smlouva
field-contract-overlaps = V tuto dobu už platí jiná smlouva zákazníka
field-valid-until = Konec platnosti musí být po jejím začátku
field-date = Vyplňte datum
field-money = Napište částku v korunách, třeba 22 nebo 22,50
