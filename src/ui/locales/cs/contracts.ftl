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

contract-named = Smlouva { $number }
contract-new = Nová smlouva
contract-edit = Upravit smlouvu
contract-edit-title = Smlouva { $number }
contract-history = Historie
contract-first-version = První znění
contract-change = { $label }: { $from } → { $to }

## Co ve smlouvě stojí

contract-number = Číslo smlouvy
contract-valid-from = Platí od
contract-valid-until = Platí do
contract-indefinite = na dobu neurčitou
contract-tier = Rychlost
contract-tier-target = urgentní do { $target }
contract-allowance = Předplacené minuty
contract-allowance-is = { $minutes } { $period ->
        [month] za měsíc
        [quarter] za čtvrtletí
       *[year] za rok
    }
contract-period = Období
contract-month = Měsíc
contract-quarter = Čtvrtletí
contract-year = Rok
contract-rollover = Nevyčerpané minuty
contract-rollover-none = propadají s koncem období
contract-rollover-one = převádějí se do dalšího období
contract-rate = Minuta nad rámec
contract-urgent-rate = Minuta nad rámec, urgentní
contract-rate-is = { $rate } bez DPH
contract-minimum = Nejméně za zásah
contract-ceiling = Strop
contract-no-ceiling = bez stropu

## Formulář

contract-minutes = minut
contract-crowns = Kč
contract-rate-hint = Bez DPH. 22 Kč za minutu je 1 320 Kč za hodinu.
contract-rate-hint-now = Bez DPH. Teď { $hour } za hodinu.
contract-minimum-hint = Kratší zásah se účtuje jako tento.
contract-ceiling-hint = Nad něj se zákazníka nejdřív zeptáme. Prázdné: bez stropu.
contract-reason = Proč se smlouva mění
contract-reason-hint = Zůstane v historii. Třeba: dodatek č. 2 z 1. 12.
contract-reason-hint-new = Zůstane v historii. Třeba: podepsáno 1. 12.
contract-save = Uložit smlouvu
contract-keep = Nechat, jak je

field-contract-number = Napište číslo smlouvy
field-contract-number-used = Toto číslo už má jiná smlouva
field-contract-overlaps = V tuto dobu už platí jiná smlouva zákazníka
field-valid-until = Konec platnosti musí být po jejím začátku
field-date = Vyplňte datum
field-money = Napište částku v korunách, třeba 22 nebo 22,50

## Údaje na doklady

customer-billing = Údaje na doklady
customer-address = Adresa
customer-address-missing = zatím chybí
customer-street = Ulice a číslo
customer-city = Obec
customer-postal-code = PSČ
customer-dic = DIČ
customer-dic-hint = Prázdné, když zákazník není plátcem DPH.
customer-no-dic = neplátce DPH
customer-save-address = Uložit údaje
customer-transfer = Platba převodem
customer-on-proforma = na zálohovou fakturu, minuty po zaplacení
customer-on-invoice = na fakturu, minuty hned
customer-trusted = Důvěryhodný zákazník: minuty hned, platba na fakturu
customer-trusted-hint = Platí pro objednávky převodem, které teprve přijdou.
customer-save-trusted = Uložit způsob platby
