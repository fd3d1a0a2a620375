### Katalog a nastavení linky, jak je vedou vedoucí.

catalogue-nav-label = Katalog a linka
catalogue-nav-programs = Programy
catalogue-nav-work-types = Druhy práce

catalogue-name = Název
catalogue-name-en = Název anglicky
catalogue-en-hint = Bez něj uvidí i angličtí zákazníci český.
catalogue-english = Anglicky
catalogue-minutes = minut
catalogue-add = Přidat
catalogue-save = Uložit
catalogue-back = Zpět
catalogue-retired = už se nenabízí

programs-title = Programy
programs-lead = Pro které programy se dá objednat zásah.
programs-none = Zatím žádný program. Bez něj si zákazníci nic neobjednají.
programs-add = Přidat program
programs-column-customers = Zákazníků
programs-run-by = { $count ->
    [0] Zatím ho nikdo nepoužívá.
    [one] Používá ho { $count } zákazník.
    [few] Používají ho { $count } zákazníci.
   *[other] Používá ho { $count } zákazníků.
}
programs-active = Dá se pro něj objednat zásah
programs-active-hint = Když to vypnete, nové zásahy se pro něj neobjednají. Co je objednané, zůstane.

program-version = verze { $version }
programs-versions = Verze
programs-version = Verze
programs-released-on = Vyšla
programs-no-versions = Zatím žádná. Podle verze technik ví, co ho čeká.
licences-version-hint = Vyberte ze seznamu, nebo napište jinou.
programs-version-remove-hint =
    { $count ->
        [one] Má ji { $count } zákazník. Zůstane u něj napsaná, v seznamu už nebude.
        [few] Mají ji { $count } zákazníci. Zůstane u nich napsaná, v seznamu už nebude.
       *[other] Má ji { $count } zákazníků. Zůstane u nich napsaná, v seznamu už nebude.
    }
programs-version-note = vyšla { $day }, { $count ->
    [0] nikdo ji nemá
    [one] { $count } zákazník
    [few] { $count } zákazníci
   *[other] { $count } zákazníků
}

work-types-title = Druhy práce
work-types-lead = Z čeho zákazníci vybírají, když objednávají zásah.
work-types-none = Zatím žádný druh práce. Bez něj si zákazníci nic neobjednají.
work-types-add = Přidat druh práce
work-types-new = Nový druh práce
work-types-column-minutes = Obvykle trvá
work-types-column-slot = Termín
work-types-plannable-note = plánuje se předem
work-types-dispatch-note = termín nabízí dispečer
work-types-description = Popis
work-types-description-hint = Jedna nebo dvě věty, které pomohou vybrat.
work-types-description-en = Popis anglicky
work-types-from = Obvykle od
work-types-to = Obvykle do
work-types-slot = Délka termínu
work-types-slot-hint = Po čtvrthodinách, od { $least } do { $most } minut.
work-types-plannable = Dá se naplánovat předem
work-types-plannable-hint = Taková práce se nedá objednat jako urgentní.
work-types-skill = Co musí technik umět
work-types-choice = Kdo vybírá termín
work-types-choice-customer = Zákazník z volných termínů
work-types-choice-dispatch = Dispečer nabídne termíny
work-types-active = Dá se objednat
work-types-active-hint = Když to vypnete, v nových objednávkách se neukáže. Co je objednané, zůstane.

skills-title = Co technici umějí
skills-none = Zatím nic. Každý druh práce potřebuje technika, který ji umí.
skills-add = Přidat
skills-used = { $work_types ->
    [0] žádný druh práce
    [one] { $work_types } druh práce
    [few] { $work_types } druhy práce
   *[other] { $work_types } druhů práce
}, { $technicians ->
    [0] žádný technik
    [one] { $technicians } technik
    [few] { $technicians } technici
   *[other] { $technicians } techniků
}
skills-delete = Odebrat
skills-needed = Odebrat půjde, až ho nebude potřebovat žádný druh práce ani ho nebude mít žádný technik.

catalogue-nav-line = Provoz
catalogue-nav-prices = Ceny

line-settings-title = Provoz linky
line-settings-lead = Změna platí ode dne, který zvolíte. Co je nabídnuté, objednané a vyúčtované, zůstane, jak bylo.
price-settings-title = Ceny zásahů
price-settings-lead = Kolik platí ti, kdo nemají smlouvu, kolik minut se účtuje nejméně a do kdy se platí. Vystavené doklady mají splatnost, s jakou vznikly.
line-settings-hours = Kdy pracujeme
line-settings-reserve = Kapacita pro urgentní zásahy
line-settings-ahead = Nabídka termínů
line-settings-changes = Přesuny a zrušení
line-settings-after = Po zásahu
line-settings-price = Ceník
line-settings-minimums = Nejmenší účtovaný čas
line-settings-payment = Splatnost
line-settings-from = Platí od
line-settings-from-hint = Dnešní den znamená hned; jiný den od půlnoci.
line-settings-preview = Ukázat, co se změní
line-settings-days = dní
line-settings-times = krát
line-settings-crowns = Kč bez DPH
line-settings-crowns-vat = Kč s DPH
line-settings-days-count = { $count ->
    [one] { $count } den
    [few] { $count } dny
   *[other] { $count } dní
}
line-settings-times-count = { $count } krát
line-settings-history = Změny
line-settings-no-changes = Zatím se nic neměnilo.
line-settings-since = Od { $when }
line-settings-coming = teprve začne platit
line-settings-made = platí od té doby
line-settings-withdrawn = odvoláno
line-settings-by = { $name }, { $when }
line-settings-taken-over = převzato z tabulek, { $when }
line-settings-withdraw = Odvolat
line-setting = { $setting ->
    [opens] Otevíráme v
    [closes] Zavíráme v
    [urgent_reserve_percent] Díl dne pro urgentní
    [reserve_released_at] Uvolní se v ten den v
    [urgent_first_minutes] Urgentní nejdřív za
    [normal_horizon_days] Běžné nejdál za pracovních dní
    [urgent_horizon_days] Urgentní nejdál za pracovních dní
    [hold_minutes] Vybraný termín držíme
    [cutoff_normal_minutes] Běžný jde změnit do
    [cutoff_urgent_minutes] Urgentní jde změnit do
    [max_moves] Přesunout jde
    [contest_days] Námitka jde podat do
    [returned_minutes_days] Vrácené minuty platí
    [missed_credit_minutes] Za zmeškání naší vinou připsat
    [minimum_with_contract] Se smlouvou nebo balíčkem
    [minimum_one_off] Bez smlouvy a balíčku
    [proforma_days] Zálohu zaplatit do
    [invoice_days] Fakturu zaplatit do
    [write_off_limit] Odepsat jde rozdíl do
   *[list_rate_per_minute] Minuta bez smlouvy
}

line-change-title = Co se změní
line-change-lead = Platí od: { $when }
line-change-at-once = hned
line-change-what = Nastavení
line-change-old = Dosud
line-change-new = Nově
line-change-later-title = Na později je už naplánováno něco jiného
line-change-later = Od { $when } platí, co je naplánováno na ten den.
line-change-outside = { $count ->
    [one] { $count } domluvený termín leží mimo tyto hodiny
    [few] { $count } domluvené termíny leží mimo tyto hodiny
   *[other] { $count } domluvených termínů leží mimo tyto hodiny
}
line-change-outside-body = Zůstanou, jak jsou domluvené.
line-change-meanwhile = { $term }: mezitím změněno z { $was } na { $is }.
line-change-promise = Co je do té doby nabídnuté, objednané a vyúčtované, zůstane, jak bylo.
line-change-nothing = Nic by se nezměnilo.
line-change-make = Změnit

catalogue-words-lead = Název a popis se změní hned a všude, kde se ukazují.
catalogue-change-open = { $count ->
    [one] { $count } rozpracovaný požadavek zůstane tak, jak byl objednaný.
    [few] { $count } rozpracované požadavky zůstanou tak, jak byly objednané.
   *[other] { $count } rozpracovaných požadavků zůstane tak, jak byly objednané.
}
catalogue-term = { $term ->
    [minutes] Obvykle trvá
    [slot_minutes] Délka termínu
    [plannable] Dá se naplánovat předem
    [skill] Co musí technik umět
    [choice] Kdo vybírá termín
    [urgent_target_minutes] Urgentní převezmeme do (pracovní doby)
    [normal_lead_minutes] Běžný nabídneme nejdřív za (pracovní doby)
    [active] Nabízí se
   *[phone] Telefon
}

catalogue-nav-tiers = Rychlosti
catalogue-nav-bundles = Balíčky
catalogue-nav-regions = Regiony
catalogue-order = Pořadí
catalogue-up = Výš

tiers-settings-title = Rychlosti
tiers-settings-lead = Jak rychle se podle smlouvy připojíme. Kdo smlouvu nemá, má základní.
tiers-add = Přidat Rychlost
tiers-lead = Běžný nejdřív za
tiers-target = Urgentní do
tiers-target-field = Urgentní převezmeme do
tiers-lead-field = Běžný nabídneme nejdřív za
tiers-working = Pracovní minuty: celý den linky jich má tolik, kolik trvá její pracovní doba.
tiers-contracts = { $count ->
    [0] není v žádné smlouvě
    [one] v { $count } smlouvě
   *[other] ve { $count } smlouvách
}
tiers-active = Dá se sjednat ve smlouvě
tiers-active-hint = Když to vypnete, nové smlouvy ji nedostanou. Kdo ji má, tomu zůstane.
tiers-basic = Tuto Rychlost má každý, kdo nemá smlouvu, proto zůstává.

price-list-title = Balíčky minut
price-list-lead = Co se prodává předem. Koupené balíčky si svou cenu i platnost ponechají.
price-list-on-sale = V prodeji
price-list-none = Zatím se žádný balíček neprodává.
price-list-none-help = Bez balíčků platí zákazníci podle smlouvy, nebo podle ceníku.
price-list-retired = Už se neprodávají
price-list-add = Přidat balíček
price-list-bundle = Balíček
price-list-sold = Prodává se
price-list-from = od { $from }
price-list-from-until = od { $from } do { $until }
price-list-months = { $count ->
    [one] platí { $count } měsíc
    [few] platí { $count } měsíce
   *[other] platí { $count } měsíců
}
price-list-purchases = { $count ->
    [0] nikdo ho nekoupil
    [one] { $count } nákup
    [few] { $count } nákupy
   *[other] { $count } nákupů
}
price-list-minutes = Minut v balíčku
price-list-price = Cena bez DPH
price-list-validity = Jak dlouho platí
price-list-months-suffix = měsíců
price-list-since = Prodává se od
price-list-comes = Jak často přijdou
price-list-comes-one =
    { $comes ->
        [month] Každý měsíc, nevyčerpané propadne
        [month_rolls] Každý měsíc, nevyčerpané se převádí o období
        [quarter] Každé čtvrtletí, nevyčerpané propadne
        [quarter_rolls] Každé čtvrtletí, nevyčerpané se převádí o období
       *[once] Koupí se jednou
    }
price-list-one = Balíček { $minutes }
price-list-change = Prodávat jinak
price-list-change-hint = Od zvoleného dne se v obchodě prodává s novými údaji, do té doby s dosavadními.
price-list-ends = Prodává se do { $until }, potom ho vystřídá jiný nebo prodej končí.
price-list-retire = Přestat prodávat
price-list-retire-from = Neprodává se od
price-list-retire-submit = Ukončit prodej

regions-title = Regiony a čísla
regions-lead = Kam zákazníci volají. Komu nepatří žádný region, uvidí číslo prvního.
regions-none = Zatím žádný region. Bez něj zákazníci nevidí žádné číslo linky.
regions-add = Přidat region
regions-phone = Telefon
regions-prefixes = Začátky PSČ
regions-prefixes-hint = Oddělené čárkou, třeba 3, 46. Podle nich zákazník uvidí své číslo.
regions-delete = Odebrat
regions-delete-hint =
    { $count ->
        [0] Jeho číslo teď nevidí žádný zákazník.
        [one] Jeho číslo teď vidí { $count } zákazník. Pak uvidí číslo jiného regionu.
        [few] Jeho číslo teď vidí { $count } zákazníci. Pak uvidí číslo jiného regionu.
       *[other] Jeho číslo teď vidí { $count } zákazníků. Pak uvidí číslo jiného regionu.
    }
regions-delete-really = Odebrat region
regions-delete-not = Nechat ho být
