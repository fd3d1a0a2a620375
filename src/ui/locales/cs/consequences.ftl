### Co znamená, co chce dispečink udělat: říká se to předtím, než se to potvrdí.

case-move-choose = Přesunout na tento čas
case-agree-choose = Domluvit tento čas
means-look = Ukázat, co to znamená
means-choose-again = Vybrat něco jiného
means-title = Co se stane
means-changed = Mezitím se něco změnilo. Tady je, co to znamená teď. Jestli to tak chcete, potvrďte to znovu.
means-now = Teď
means-then = Potom
means-stays = Termín zůstává
means-target = Slíbený začátek
means-kept = { $until }: dodrženo, { $minutes ->
        [0] přesně včas
        [one] o { $minutes } pracovní minutu dřív
        [few] o { $minutes } pracovní minuty dřív
       *[other] o { $minutes } pracovních minut dřív
    }
means-broken = { $until }: nedodrženo, { $minutes ->
        [one] o { $minutes } pracovní minutu později
        [few] o { $minutes } pracovní minuty později
       *[other] o { $minutes } pracovních minut později
    }
means-delays = Zpoždění
means-late = začne o { $minutes } min později
means-late-no-more = začne včas, jinak by to bylo o { $minutes } min později
means-late-anyway = začne o { $minutes } min později, ať to uděláte, nebo ne
means-late-otherwise = začne o { $minutes } min později, jinak o { $before } min
means-beside = Další otevřené požadavky zákazníka
means-at-once = ve stejnou dobu
means-event = Kalendář zákazníka
means-event-new = dostane událost (SEQUENCE { $sequence })
means-event-changed = událost se přepíše (SEQUENCE { $from } → { $to })
means-event-off = událost se zruší (SEQUENCE { $sequence })
means-event-same = beze změny
means-mails = Kdo dostane e-mail
means-no-mails = Nikdo.
means-to-call = Nikdo od zákazníka nedostane e-mail. Řekněte to po telefonu:
means-to-customer = Zákazník, { $name }:
means-to-technician = Technik, { $name }:
means-changes-nothing = Takhle to už je
means-impossible = Tady to nejde
means-refused = Nic se nezměnilo. Vyberte něco jiného.
means-in-the-way = { $slot } { $customer }
means-absent = Technik má nepřítomnost.
means-not-planned = Technik v tu dobu nepracuje.
means-unskilled = Technik tuto práci neumí.
means-beside-more = { $count ->
        [one] a { $count } další
        [few] a { $count } další
       *[other] a { $count } dalších
    }
