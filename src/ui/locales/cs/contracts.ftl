### Zákazníci a jejich smlouvy, jak je vedou zaměstnanci.

customers-title = Zákazníci
customers-search = Název nebo IČO
customers-find = Hledat
customers-all = Všichni zákazníci
customer-requests-all = Požadavky
customer-requests = Požadavky: { $name }
customer-requests-none = Zákazník zatím nic neobjednal.
customer-requests-sent = Odesláno
customer-requests-of = dříve { $name }
customers-none = Nikoho takového tu nemáme.
customers-column-name = Zákazník
customers-column-contract = Smlouva
customers-column-tier = Rychlost
customers-column-left = Volných
customers-no-contract = bez smlouvy
customer-ico = IČO { $ico }
customer-no-contract = Zákazník nemá smlouvu.

pools-free = Volné minuty
pools-reserved = Kromě nich asi { $minutes } spotřebují domluvené termíny.
pool-left = { $left } z { $granted }
pool-reserved = Z toho { $minutes } asi spotřebují domluvené termíny.

contract-named = Smlouva { $number }
contract-new = Nová smlouva
contract-open = Otevřít smlouvu
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

field-contract-number = Napište číslo smlouvy
field-contract-number-used = Toto číslo už má jiná smlouva
field-contract-overlaps = V tuto dobu už platí jiná smlouva zákazníka
field-valid-until = Konec platnosti musí být po jejím začátku
field-date = Vyplňte datum, které v kalendáři je
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
customer-transfer = Platba převodem
customer-on-proforma = na zálohovou fakturu, minuty po zaplacení
customer-on-invoice = na fakturu, minuty hned
customer-trusted = Důvěryhodný zákazník: minuty hned, platba na fakturu
customer-trusted-hint = Platí pro objednávky převodem, které teprve přijdou.
customer-save-trusted = Uložit způsob platby

## Zákazník

blocked-title = Objednávání a nákupy máte pozastavené
blocked-help = Co je domluvené, platí a všechno si můžete přečíst. Zavolejte nám: { $phone }.
customer-new = Nový zákazník
customer-edit = Upravit údaje
customer-save = Uložit zákazníka
customer-name = Název
customer-ico-label = IČO
customer-ico-hint = Prázdné u osoby bez IČO a ze zahraničí.
customer-country = Země
customer-country-hint = Dvě písmena: CZ, SK, DE.
customer-region = Region
customer-region-hint = Podle něj dostane zákazník číslo, na které volá.
customer-region-by-postal-code = Podle PSČ
customer-phones = Telefony
customer-phones-hint = Každý na řádek. Za čárku můžete napsat, čí je: 601 234 567, účtárna
customer-emails = E-maily
customer-emails-hint = Každý na řádek, stejně.
customer-note = Poznámka pro nás
customer-note-hint = Uvidí ji každý u nás, kdo se zákazníkem pracuje. Zákazník ne.
customer-people = Lidé a spojení
customer-no-people = Zatím tu nikdo není.
customer-standing = Může objednávat?
customer-exposure = Nezaplaceno a domluveno
customer-exposure-of = { $used } z limitu { $limit }
customer-receivable = Pohledávky, limit a splátky
customer-blocked = Zákazník nemůže objednávat ani nakupovat
customer-block = Pozastavit objednávání
customer-block-help = Domluvené termíny zůstanou a všechno si dál přečte. Nic nového neobjedná ani nekoupí.
customer-block-but-urgent = Urgentní zásah objednat smí
customer-block-but-urgent-hint = O každé takové objednávce uvidíte v tom, co čeká v prodeji.
customer-block-spares = Urgentní zásah objednat smí.
customer-block-reason = Proč
customer-block-reason-hint = Zákazník si to přečte. Třeba: po splatnosti je faktura 2026100012.
customer-unblock = Povolit objednávání
customer-unblock-help = Zákazník zase bude moct objednávat a nakupovat.
customer-gone = Už to není zákazník
customer-gone-help = Jeho lidé se nepřihlásí. Co se domluvilo, udělalo a vyúčtovalo, zůstává.
customer-leave = Už není zákazník
customer-leave-help = Když spolupráce skončila: jeho lidé se odhlásí a nepřihlásí, historie zůstane.
customer-return = Je zase zákazník
customer-return-help = Jeho lidé se zase přihlásí svými hesly.

## Lidé zákazníka

member-new = Přidat osobu
member-add = Přidat
member-back = Zpět k zákazníkovi
member-facts = Osoba
member-phone = Telefon
member-email-hint = Kdo se přihlašuje, přihlašuje se s ním. Ostatním na něj píšeme.
member-signs-in = Bude se přihlašovat
member-signs-in-hint = Dostane odkaz, kterým si zvolí heslo. Ukážeme vám ho a můžete ho poslat.
member-contact-roles = K čemu je kontaktem
member-capabilities = Co smí po přihlášení
member-mailbox = Společná schránka
member-mailbox-hint = Čte ji víc lidí. U každé objednávky se zeptáme, kdo z nich je u počítače.
member-no-sign-in = bez přihlášení
member-gone = už tu není
member-leave = Už tu není
member-leave-hint = Odhlásí se všude, nepřihlásí se a nic mu nepošleme. Co udělal, zůstane.
member-return = Je tu zase
member-return-hint = Přihlásí se svým heslem a budeme mu zase psát.
member-last-manager = Je to poslední, kdo v organizaci může zvát kolegy. Potom to bude jen na nás.
member-knowingly = Organizace zůstane bez správce
member-knowingly-hint = Zaškrtněte, jen když bereme zvaní kolegů a jejich oprávnění na sebe.
contact-orders = objednává
contact-consents = rozhoduje o pokračování nad strop
contact-documents = dostává doklady

field-ico-used = Toto IČO už má jiný zákazník
field-country = Napište dvě písmena země, třeba CZ
field-phones = Některému řádku nerozumíme jako telefonnímu číslu
field-emails = Některý řádek není e-mailová adresa
field-contacts-many = Je jich příliš mnoho, nebo je některý popis moc dlouhý
field-knowingly = Potvrďte, že organizace může zůstat bez správce

## Smlouva od kdy a do kdy

contract-amend = Napsat dodatek
contract-amend-title = Dodatek ke smlouvě { $number }
contract-now = Co platí
contract-to-come = Od { $date }
contract-since = Platí od { $date }
contract-withdraw = Vzít dodatek zpět
contract-withdrawn = Dodatek od { $date } vzatý zpět
contract-amendment-replaced = Nahrazeno pozdějším dodatkem od stejného dne
contract-withdrawn-some = Dodatek vzatý zpět
contract-amend-goes-on = Vyplněné je znění, které platí { $date }.
contract-amend-show = Vyplnit znění k tomuto dni
contract-amend-save = Uložit dodatek od { $date }
contract-from-day = Od kdy dodatek platí
contract-from-day-hint = Nejdřív dnes. Do té doby se nezmění nic; co se už připsalo, objednalo a vyúčtovalo, zůstane.
contract-validity = Prodloužit nebo ukončit
contract-valid-until-hint = Poslední den smlouvy. Prázdné: na dobu neurčitou. Připsané minuty zůstanou, než propadnou.
contract-validity-reason-hint = Zůstane v historii. Třeba: výpověď z 15. 11.
contract-save-validity = Uložit platnost
contract-fee = Pravidelný poplatek
contract-fee-is = { $amount } bez DPH { $period ->
        [month] za měsíc
        [quarter] za čtvrtletí
       *[year] za rok
    }
contract-no-fee = žádný
contract-fee-hint = Bez DPH. Prázdné, když se za smlouvu samu neplatí.
contract-fee-period = Poplatek za
contract-fee-day = Fakturuje se v měsíci, kterým období začíná
contract-fee-day-of = { $day }. den
contract-fee-day-last = poslední den
contract-fee-on = { $fee }, fakturuje se { $day } měsíce, kterým období začíná
contract-files = Podepsané dokumenty
contract-file = Přidat PDF
contract-file-hint = Nejvýš { $megabytes } MB. Stáhnout si ho může i zákazník, kdo vidí minuty a doklady.
contract-file-change = Nahradit nebo odebrat
contract-file-chosen = Dokument { $name }
contract-file-instead = Nové PDF místo něj
contract-file-replace = Nahradit dokument
contract-file-remove-hint = Přestane být ke stažení i zákazníkovi a už ho nikdo neobnoví. Kdo ho odebral, zůstane v přehledu změn.
contract-file-remove = Odebrat dokument
contract-attach = Přidat dokument
customers-ending = Brzy končí smlouvy
customers-ending-one = smlouva { $number } do { $date }

field-amends-nothing = Od tohoto dne by smlouva říkala totéž co předtím. Změňte něco, nebo dodatek nepište.
field-from-day = Vyberte den od dneška, ve kterém smlouva platí
field-file-large = Soubor je větší, než přijmeme
field-file-pdf = Toto není PDF

## Programy a počítače

tokens-title = Programy, které objednávají samy
tokens-lead = { $customer } · Program se nepřihlašuje, prokáže se tokenem.
tokens-how = Jak program objednává
tokens-none = Zatím nemá token žádný program.
tokens-former = Odebrané
tokens-address = Programy se ptají na adrese
tokens-make = Vytvořit token
tokens-secret = Token pro { $program }
tokens-secret-lead = Vložte ho hned do nastavení programu. Deset minut ho tady uvidíte, potom už nikdy.
tokens-secret-hidden = Token čeká na přečtení
tokens-secret-show = Ukázat ho po zadání hesla
tokens-refused = Teď ho odmítáme: kdo ho vytvořil, tu už není, a nikdo tu nespravuje osoby.
tokens-revoked = Vytvořen { $made }, odebrán { $when }
tokens-used = Vytvořen { $made }, naposledy použit { $when }
tokens-never-used = Vytvořen { $made }, zatím nepoužit
tokens-revoke = Odebrat
tokens-no-program = Není tu žádný program, pro který by šel token vytvořit.
tokens-program = Který program?
tokens-scopes = Co smí?
tokens-vouches = Program smí přihlašovat své uživatele
tokens-vouches-hint = Odkaz z programu bez hesla přihlásí toho, kdo smí jen objednávat. Program ho pojmenuje e-mailem, kterým se tady přihlašuje.
scope-read = Číst požadavky a volné termíny
scope-order = Objednávat, přesouvat, rušit a psát
scope-billing = Číst minuty a doklady
licences-title = Programy a počítače
licences-programs = Programy
licences-computers = Počítače
licences-none = Zatím žádný program, nic tedy zákazník neobjedná.
licences-program = Program
licences-number = Číslo nebo klíč licence
licences-number-hint = U programu, který už tu je, se přepíše.
licences-save = Uložit program
licences-change = Změnit
licences-remove = Odebrat
licences-runs = Které programy na něm běží
licences-computer = Název počítače
licences-computer-hint = Třeba: kancelář vedoucí.
licences-teamviewer = ID v TeamVieweru
licences-teamviewer-hint = Devět nebo deset číslic, třeba 123 456 789. Stejné ID se přepíše.
licences-save-computer = Uložit počítač

field-teamviewer = ID v TeamVieweru má devět nebo deset číslic
