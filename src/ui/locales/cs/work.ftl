### Den technika a pracovní stůl jednoho požadavku.

work-free = neúčtuje se
work-since = { $kind } od { $time }

## Den

work-day-next = { $when }: { $customer }
work-day-due = { $customer } čeká od { $time }
work-day-missed = Zmeškaný termín: { $customer }
work-day-running = Hodiny běží: { $customer }
work-day-paused = Neuzavřeno: { $customer }
work-day-over = Na dnešek hotovo
work-day-none = Dnes nemáte žádný termín
work-day-empty = Na tento den nemáte žádný termín.
work-day-next-one = Další termíny: { $date }
work-day-appointments = Termíny dne
work-days = Dny v týdnu
work-running = Běžící hodiny
work-to-clock = K hodinám
work-forgotten = Hodiny zůstaly zapomenuté
work-forgotten-help = Spuštěné byly { $since }. Zadejte u nich, kdy práce opravdu skončila.
work-left-open = Neuzavřené z dřívějška
work-left-open-help = Uzavřete je, dokud si pamatujete, co se dělalo.
work-missed-visits = Zmeškané termíny
work-missed-visits-help = Zákazníkům jsme se omluvili a vybírají si nový termín. Dokud si nevyberou, můžete začít opožděně.
work-not-ready = spuštění nepotvrzeno
work-day-now = teď { $time }
work-day-free = volno
work-day-free-until = volno do { $time }
work-day-held = právě si vybírá zákazník
work-day-break = přestávka
work-day-absent = nepřítomnost
work-day-goes-on = přetahuje o { $minutes }
work-day-should-have-begun = měl začít před { $minutes }
work-day-pushed = začne asi o { $minutes } později
work-day-late = Zpoždění posouvá další termíny
work-day-late-one = { $time } { $customer }: nejméně o { $minutes } později.
work-day-late-help = Dejte jim vědět, nebo se domluvte s dispečinkem.
work-day-planned = V plánu
work-day-agreed = Domluveno
work-day-done = Odpracováno
work-day-billed = Zákazníkům účtováno
work-day-hours = { $time } h
work-day-first = první v { $time }
work-week-before = Týden předtím
work-week-after = Týden potom

## Pracovní stůl

work-title-running = Hodiny běží
work-title-paused = Hodiny stojí
work-title-consent = Čeká se na souhlas zákazníka
work-title-agreed = Zákazník souhlasil, pokračujte
work-title-done = Uzavřeno
work-title-no-show = Zákazník nebyl k zastižení
work-title-called-off = Termín jsme předem odvolali
work-called-off = K tomuto termínu se nikdo nepřipojuje
work-called-off-help = Zákazníkovi jsme se omluvili. Až bude domluvený nový termín, uvidíte ho tady.
work-title-missed-by-us = Zmeškaný termín
work-title-cancelled = Termín je zrušený
work-title-closed-ahead = Uzavřeno před domluveným termínem
work-looking-on = Hodiny ovládá jen technik, kterému termín patří.
work-missed = Zákazníkovi jsme se omluvili, vybírá si nový termín
work-missed-help = Dokud si nevybere, můžete začít opožděně. Nejdřív se s ním spojte po telefonu.
work-elsewhere = Hodiny vám běží jinde: { $customer }
work-elsewhere-help = Spustili jste je { $since }. Nejdřív je tam zastavte.
work-customer = U počítače
work-what-happened = Co zákazník napsal
work-urgency = Proč je to urgentní
work-tier = Rychlost
work-tier-urgent = { $tier }: urgentně do { $target }
work-estimate = Odhad a strop
work-estimate-none = bez odhadu
work-estimate-ceiling = { $estimate }, strop { $ceiling }
work-estimate-no-ceiling = { $estimate }, bez stropu
work-customer-free = Zákazník má { $minutes } volných
work-customer-free-reserved = Zákazník má { $minutes } volných, dalších { $reserved } je pro jeho domluvené termíny
work-pool-left = zákazníkovi zbude { $minutes }
work-pool-none = bez předplacených minut
work-computers-others = Další počítače zákazníka
work-copy = Zkopírovat číslo
work-copied = Zkopírováno
work-done-here = Co se tu dělalo naposledy
work-done-here-none = Zatím se tu nic nedělalo.
work-done-here-billed = účtováno { $minutes }
work-next = Pak { $when }:
work-next-late = teď už nejméně o { $minutes } později
work-to-close = Uzavřít zásah
work-to-heard = Zapsat souhlas
work-said-ready = Zákazník hlásí, že je všechno připravené.
work-said-call = Zákazník chce, abyste mu nejdřív zavolali.
ready-title = Technik se připojí { $when }
ready-running = Technik už pracuje
ready-over = Tady už není co potvrdit
ready-yes = Je připraveno
ready-later = Začít o 15 minut později
ready-no-later = Začít o čtvrt hodiny později už nejde. Potřebujete-li čas navíc, domluvte se s technikem po telefonu.
ready-move = Jiný termín
ready-call = Ať mi technik zavolá
ready-said = Děkujeme, technik ví, že je všechno připravené.
ready-said-call = Technik ví, že s vámi má nejdřív mluvit po telefonu.
ready-line = Linka:
ready-request = Celý požadavek
ready-call-message = Prosím o zavolání před domluveným termínem na { $phone }.
work-ready-term = Připraveno
work-ready = Bude spuštěný TeamViewer a program { $program }.
work-unready = Spuštění nikdo nepotvrdil. Ověřte TeamViewer a program { $program } po telefonu.

## Hodiny

work-clock-panel = Hodiny
work-clock-label = Efektivní čas
work-clock-stands = Hodiny stojí
work-clock-changed = Hodiny mezitím běží jinak, než je tu vidět.
work-ceiling-just-reached = Strop je vyčerpaný, účtovaný čas se zastavil.
work-reload = Načíst stránku
work-start = Spustit hodiny
work-start-late = Začít opožděně
work-start-with = Začne se počítat: { $kind }.
work-start-other = Nebo začít jinak
work-stop = Zastavit
work-switch = Přepnout na
work-resume = Pokračovat

## Zapomenuté hodiny

work-title-forgotten = Kdy práce opravdu skončila?
work-forgotten-stands = { $kind }, spuštěno { $time }, počítá se { $until }
work-true-end = Konec práce
work-true-end-hint = Hodiny byly spuštěné { $since } a nikdo je nezastavil. Bez odpovědi se zákazníkovi účtuje jen { $until }.
work-true-end-agreed = Na konci domluveného termínu
work-true-end-closed = Když se zavřela linka
work-true-end-activity = Při vašem posledním zápisu
work-true-end-now = Teď, opravdu se pracovalo až dosud
work-true-end-now-note = Napište k tomu důvod. Víc než { $most } min navíc potvrzuje vedoucí.
work-true-end-by-manager = Víc než { $most } min navíc potvrzuje vedoucí.
work-true-end-other = Jindy
work-true-end-at = Kdy jindy
work-true-end-reason = Důvod
work-true-end-reason-hint = Nutný, má-li se účtovat déle. Uvidí ho i zákazník v rozpisu.
work-true-end-submit = Zastavit hodiny

## Minuty

work-billed = Zákazníkovi se účtuje
work-billed-now = Zákazníkovi by se teď účtovalo
work-sum-nothing = Zatím žádný účtovaný čas.
work-sum = { $effective } práce, zaokrouhleno nahoru
work-sum-minimum = { $effective }{ -nbsp }min práce + { $top_up }{ -nbsp }min do minima { $minimum }
work-resumed = Navazuje na dřívější zásah, minimum se zákazníkovi znovu nepočítá.
work-receipt = Rozpis, jak ho vidí zákazník
work-no-ceiling = Zákazník si neurčil strop.
work-ceiling = Strop { $minutes }
work-ceiling-left = zbývá { $minutes } min
work-ceiling-reached = vyčerpaný
work-over = zaplatí zákazník penězi
work-consent-asked = Zákazníka se ptáme, zda pokračovat nad { $minutes } min
work-consent-asked-help = Od { $time } se účtovaný čas nepočítá. Odpoví ten, kdo u zákazníka smí kupovat minuty.
work-consent-came = Zákazník odpověděl, jestli pokračovat.
work-consent-by = { $name }, { $time }
work-consent-up-to = Souhlas: pokračovat do { $minutes } min
work-consent-no-limit = Souhlas: pokračovat bez stropu
work-consent-refused = Zákazník si nepřeje pokračovat
work-consent-heard = { $who } po telefonu: „{ $words }“ Zapsal: { $heard_by }.
work-consent-go-on = Přepněte hodiny zpět na práci.
work-consent-stop = Zákazníkovi se účtuje jen to, co je hotové. Uzavřete zásah.
work-heard = Souhlas po telefonu
work-heard-answer = Co zákazník odpověděl na otázku, jestli pokračovat nad { $minutes }?
work-heard-yes = Ano, pokračovat
work-heard-no = Ne, skončit
work-heard-ceiling = Zeptat se znovu nad
work-heard-ceiling-hint = Celkem minut. Prázdné pole znamená bez omezení.
work-heard-by = Kdo to řekl
work-heard-at = Kdy
work-heard-words = Jeho slovy
work-heard-words-hint = Zákazník si to přečte v průběhu požadavku.
work-heard-submit = Zapsat odpověď

## Úseky

work-segments = Úseky
work-no-segments = Zatím nic změřeno.
work-column-kind = Druh
work-column-span = Od–do
work-column-length = Délka
work-column-correct = Oprava
work-running-since = { $time }, běží
work-corrected = opraveno
work-segment-correct = Opravit
work-segment-add = Doplnit úsek ručně
work-corrections = Opravy
work-correction = Původně { $kind } { $span }
work-correction-added = Doplněno ručně
work-correct-title = Oprava úseku
work-add-title = Doplnění úseku
work-segment-kind = Co se dělalo
work-segment-from = Od
work-segment-until = Do
work-segment-reason = Důvod
work-segment-reason-hint = Uvidí ho i zákazník v rozpisu.
work-segment-save = Uložit
work-segment-confirmed = Opravdu to tak bylo
work-segment-confirmed-hint = Úsek je mimo domluvený termín { $slot } nebo mimo dobu linky. Důvod uvidí zákazník v rozpisu.

## Nezastižený zákazník

work-attempts = Pokusy o spojení
work-attempts-count = { $count ->
        [one] { $count } pokus
        [few] { $count } pokusy
       *[other] { $count } pokusů
    }
work-channel = Jak
work-channel-phone = Telefon
work-channel-teamviewer = TeamViewer
work-channel-email = E-mail
work-attempt-note = Jak to dopadlo
work-attempt-note-hint = Třeba: nezvedá, vyzvánělo dvě minuty.
work-attempt-submit = Zapsat pokus
work-no-show = Zákazník nebyl k zastižení
work-next-attempt = Další pokus se počítá { $time }.
work-no-show-from = Nezastižení půjde zapsat { $time }.
work-no-show-from-after = Nezastižení půjde zapsat { $time }, až { $count ->
        [one] přibude ještě { $count } pokus
       *[few] přibudou ještě { $count } pokusy
    }.
work-no-show-after = Nezastižení půjde zapsat, až { $count ->
        [one] přibude ještě { $count } pokus
       *[few] přibudou ještě { $count } pokusy
    }.

## Uzavření

work-close-title = Uzavřít zásah
work-close-bill = Zákazníkovi se vyúčtuje { $billed } min.
work-close-bill-minimum = Zákazníkovi se vyúčtuje { $billed } min: { $sum }.
work-report-label = Co se udělalo
work-report-hint = Slovy zákazníka: co nešlo, co jste udělali a co má dělat dál.
work-finished = Je to všechno?
work-finished-yes = Ano, hotovo
work-finished-yes-note = Požadavek se uzavře.
work-finished-no = Bude potřeba další termín
work-finished-no-note = Požadavek počká na nový termín.
work-finished-ahead = Je domluvený termín ještě potřeba?
work-finished-ahead-yes = Není, hotovo
work-finished-ahead-yes-note = Požadavek se uzavře a termín { $slot } se zruší, i v kalendáři zákazníka.
work-finished-ahead-no = Je potřeba
work-finished-ahead-no-note = Zásah nechte otevřený: uzavře se po termínu.
work-close-calls-off = Termín { $slot } se tím zruší, i v kalendáři zákazníka.
work-unusual = Než uzavřete, podívejte se
work-unusual-long = { $segment }: trvá { $minutes }.
work-unusual-before = { $segment }: začíná dávno před domluveným termínem.
work-unusual-after = { $segment }: končí dávno po domluveném termínu.
work-unusual-hours = { $segment }: je mimo dobu linky.
work-unusual-estimate = Efektivní čas je { $effective }, odhad byl nejvýš { $estimated }.
work-close-submit = Uzavřít a vyúčtovat

## Pole

field-segment-kind = Vyberte, co se dělalo
field-segment-future = Začátek nesmí být v budoucnosti ani před dnem, kdy požadavek přišel
field-segment-order = Konec musí být po začátku a ne v budoucnosti
field-date-time = Vyplňte datum a čas
field-reason = Napište důvod, aspoň { $min } znaky
field-true-end = Vyberte, kdy práce opravdu skončila
field-true-end-range = Konec musí být po začátku úseku a ne v budoucnosti
field-needs-manager = Víc než { $most } min navíc přidává vedoucí: zadejte méně, nebo ho požádejte
field-segment-confirmed = Úsek je mimo domluvený termín nebo mimo dobu linky: potvrďte, že to tak bylo, nebo časy opravte
field-finished-ahead = Domluvený termín teprve přijde: zásah nechte otevřený
field-report = Napište, co se udělalo
field-finished = Vyberte, jestli je to všechno
field-channel = Vyberte, jak jste to zkoušeli
field-said-by = Napište, kdo to řekl
field-said-at = Čas musí být od začátku práce do teď
field-words = Napište, co zákazník řekl, aspoň { $min } znaky
