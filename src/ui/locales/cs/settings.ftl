### Nastavení linky, jak je vidí vedoucí.

settings-back = Nastavení
settings-save = Uložit

company-title-confirmed = Firma na dokladech
company-title-unconfirmed = Potvrďte údaje na dokladech
company-title-missing = Kdo prodává?
company-lead = Tyto údaje stojí na každém dokladu a v QR platbě.
company-confirmed = Potvrzeno { $date }. Změna platí od příštího dokladu, vydané doklady zůstanou, jak jsou.
company-unconfirmed = Dokud údaje nepotvrdíte, nikdo nemůže nic koupit a nevydá se žádný doklad.
company-open = Nastavit údaje firmy
company-who = Firma
company-name = Název
company-ico = IČO
company-dic = DIČ
company-dic-hint = Například CZ12345678.
company-register = Zápis v rejstříku
company-register-hint = Například Krajský soud v Plzni, oddíl C, vložka 1234.
company-street = Ulice a číslo
company-city = Obec
company-postal-code = PSČ
company-email = E-mail
company-email-hint = Sem zákazníci píšou kvůli dokladům.
company-where-paid = Účet, na který se platí
company-account = Číslo účtu
company-account-hint = Například 19-2000145399/0800. Může to být i český IBAN.
company-bank = Banka
company-bank-hint = U větších bank ji doplníme podle čísla účtu.
company-bic = BIC
company-confirm = Údaje souhlasí a smějí na doklady
company-confirm-hint = Zkontrolujte hlavně číslo účtu: peníze pošlou zákazníci na něj.

settings-ready = Linka je připravená přijímat objednávky
settings-ready-lead = Nic nechybí. Co tu změníte, platí pro nové objednávky; co je objednané a vyúčtované, zůstane.
settings-missing =
    { $count ->
        [one] Zbývá nastavit { $count } věc
        [few] Zbývá nastavit { $count } věci
       *[other] Zbývá nastavit { $count } věcí
    }
settings-missing-lead = Bez nich by první objednávka neprošla. Ostatní můžete nastavit kdykoli.
settings-money = Peníze a doklady
settings-line = Linka
settings-work = Práce a lidé
settings-outside = Spojení ven
settings-column-what = Co se nastavuje
settings-column-state = Stav
settings-state-missing = chybí
settings-state-done = nastaveno
settings-state-optional = podle potřeby

setup-company = Firma
setup-company-note = Název, IČO, DIČ, zápis v rejstříku a sídlo na dokladech.
setup-bank-account = Bankovní účet
setup-bank-account-note = Účet, na který zákazníci platí.
setup-vat = Sazba DPH
setup-vat-note = Sazby podle toho, od kdy platí.
setup-series = Číselné řady
setup-series-note = Od kterého čísla začínají doklady. Jinak od jedničky.
setup-prices = Ceník
setup-prices-note = Kolik stojí minuta nad rámec.
setup-bundles = Balíčky
setup-bundles-note = Minuty, které se prodávají předem.
setup-cards = Platba kartou
setup-cards-note = Bez ní zákazníci platí převodem.
setup-hours = Pracovní doba
setup-hours-note = Od kdy do kdy je linka otevřená.
setup-regions = Regiony a čísla
setup-regions-note = Kam zákazníci volají.
setup-closures = Dny, kdy je zavřeno
setup-closures-note = Svátky známe, sem patří vaše dny navíc.
setup-plans = Plány techniků
setup-plans-note = Bez nich není co nabídnout.
setup-tiers = Rychlosti
setup-tiers-note = Jak brzy se podle smlouvy připojíte.
setup-programs = Programy
setup-programs-note = Co prodáváte a k čemu pomáháte.
setup-work-types = Druhy práce
setup-work-types-note = Co si zákazník může objednat a jak dlouho to trvá.
setup-people = Lidé
setup-people-note = Každý druh práce potřebuje technika, který ho umí.
setup-mail = E-mail
setup-mail-note = Bez něj se zákazníci nedozvědí o termínech.
setup-address = Adresa portálu
setup-address-note = Kde ho lidé najdou. Patří na ni https.
setup-limits = Limity
setup-limits-note = Kolik toho jeden zákazník smí mít najednou.
setup-notice = Oznámení na stránkách
setup-notice-note = Když něco nefunguje a víte o tom.
