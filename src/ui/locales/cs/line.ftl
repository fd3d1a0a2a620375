### Zákaznická linka, ceník a balíčky.

line-title = Pomůžeme vám na dálku
line-description = Objednejte vzdálený zásah technika, vyberte si termín a předem uvidíte, kolik bude stát.
line-lead = Technik se v domluveném termínu připojí k vašemu počítači a vyřeší potíž s programem. Vy u toho zůstanete.
line-open = Linka je otevřená dnes do { $time }.
line-closed-yet = Ještě je zavřeno.
line-closed-already = Dnes už je zavřeno.
line-closed-weekend = O víkendu je zavřeno.
line-closed-holiday = Dnes je svátek ({ $holiday }), linka je zavřená.
line-closed-because = Dnes je zavřeno: { $reason }.
line-reopens = Otevíráme { $when }.
embed-title = Zákaznická linka: volné termíny
embed-open = otevřeno do { $time }
embed-closed = zavřeno
embed-closed-until = zavřeno, otevíráme { $when }
embed-urgent = urgentní termín nejdřív { $when }
embed-urgent-sentence = Urgentní termín nejdřív { $when }.
embed-outage = řešíme hromadný výpadek
embed-outage-named = Řešíme: { $name }
embed-free = Volné termíny: { $work }
embed-none = Teď žádný volný termín nenabízíme. Požadavek můžete poslat kdykoli.
embed-more = a další { $count }
embed-order = Objednat vzdálený zásah
line-send-anytime = Požadavek můžete poslat kdykoli.
line-order = Objednat vzdálený zásah
line-first-time = Jsem tu poprvé
line-buy = Koupit minuty
line-last-known = Objednávky teď na chvíli nepřijímáme
line-last-known-note = Na naší straně něco nefunguje a pracujeme na tom. Čísla a pracovní dobu níže ukazujeme podle posledního známého stavu. Po telefonu jsme k zastižení, jinak to zkuste za chvíli znovu.
line-numbers = Čísla linky
line-hours = Pracovní dny { $opens }–{ $closes }. Požadavky přes portál přijímáme 24 hodin denně.
line-days-off = Kdy bude zavřeno

how-title = Jak to funguje
how-describe = Popíšete potíž
how-describe-note = Vyberete program a druh práce a napíšete, co se stalo.
how-pick = Vyberete termín
how-pick-note = Nabídneme volné časy. Předem uvidíte, kolik minut to asi zabere a kdo je zaplatí.
how-connect = Technik se připojí
how-connect-note = V domluveném termínu mějte spuštěný TeamViewer a program. TeamViewer platíme my.
how-receipt = Dostanete rozpis
how-receipt-note = U každého zásahu vidíte, co se dělalo, kolik minut se účtuje a proč.

urgency-title = Urgentní, nebo běžné?
urgency-urgent-title = Urgentní
urgency-urgent-note = Něco přestalo fungovat, nedalo se to předvídat a práce stojí. Technik se připojí co nejdřív.
urgency-normal-title = Běžné
urgency-normal-note = Všechno ostatní. Co se dá naplánovat předem, urgentní být nemůže.
urgency-planned = Předem se plánuje: { $planned }.
tiers-caption = Jak rychle se připojíme, určuje Rychlost ve vaší smlouvě
tiers-name = Rychlost
tiers-urgent = Urgentní: nejpozději za
tiers-normal = Běžné: nejdříve za
tiers-note = Počítá se jen pracovní doba: požadavek poslaný ve 22:00 se počítá od { $opens } dalšího pracovního dne. Bez smlouvy platí nejpomalejší Rychlost.

charges-title = Co se účtuje
charges-lead = Účtujeme skutečný čas technika, po minutách:
charges-communication = hovory a zprávy s vámi,
charges-preparation = přípravu technika,
charges-work = samotný zásah.
charges-free = Čekání a naše chyby v rozpisu uvidíte, ale nic nestojí. TeamViewer platíme my.
charges-minimum = Za jeden zásah se účtuje nejméně:
charges-minimum-contract = se smlouvou nebo balíčkem
charges-minimum-one-off = jednorázově

prices-title = Ceník
prices-item = Položka
prices-with-vat = s DPH { $percent } %
prices-minute = 1 minuta zásahu
prices-minute-note = bez balíčku, nebo nad rámec smlouvy
prices-bundle = Balíček { $minutes }
prices-bundle-note = { $price } za minutu, platí { $months ->
        [one] { $months } měsíc
        [few] { $months } měsíce
       *[other] { $months } měsíců
    }
price-without-vat = bez DPH
price-with-vat = { $price } s DPH
price-per-minute = { $price } za minutu

bundles-title = Balíčky minut
bundles-lead = Minuty koupené předem jsou levnější. A za jeden zásah se účtuje nejméně { $minimum } minut místo { $one_off }.
bundles-lead-contract = Minuty navíc k těm ze smlouvy. Nejméně se za zásah účtuje { $minimum } minut jako vždy.
bundles-lead-terms = Minuty koupené předem. Co platíte bez nich, vidí u vás ti, kdo vidí vyúčtování.
bundles-own-rate = Bez balíčku platíte nad rámec smlouvy { $price } za minutu bez DPH.
bundles-saving = ušetříte { $amount }
bundles-validity = platí { $months ->
        [one] { $months } měsíc
        [few] { $months } měsíce
       *[other] { $months } měsíců
    } od zaplacení
bundles-list-price = Bez balíčku stojí minuta { $price } bez DPH.
line-needs-manager = Linka ještě nemá vedoucího
line-needs-manager-note = Na serveru spusťte:

### Bez spojení.

offline-title = Nejste připojeni k internetu
offline-lead = Až budete, pokračujte, kde jste skončili. Telefony na linku platí i teď.
offline-next = Váš nejbližší termín
offline-next-note = Tak to bylo { $time }.
offline-again = Zkusit to znovu
