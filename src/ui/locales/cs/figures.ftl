### Čísla linky: co se slíbilo a splnilo, jak je plán plný, co se odpracovalo a účtovalo.

nav-figures = Čísla
figures-title = Čísla linky
figures-lead = Co jsme slíbili a splnili, jak je plný plán a co se odpracovalo.
figures-of = Čísla linky { $days }
figures-days = { $first } – { $last }
figures-from = Od
figures-until = Do
figures-no-day = To není datum, ukazujeme obvyklé období.
figures-far-day = Tak daleký den neukazujeme, tohle je nejbližší.
figures-by = Po
figures-step =
    { $step ->
        [week] týdnech
       *[month] měsících
    }
figures-show = Zobrazit
figures-cut = Najednou ukazujeme nejvýš půl roku po týdnech a dva roky po měsících, proto čísla začínají { $from }.
figures-none = V těchto dnech se na lince nic nestalo.
figures-none-help = Zvolte jiné dny.
figures-nothing = V těchto dnech nic.
figures-meaning = Co čísla znamenají
figures-total = Celkem
figures-xlsx = Excel
figures-csv = CSV
figures-column-table = Tabulka
figures-column-line = Řádek
figures-column-figure = Ukazatel
figures-column-value = Hodnota
file-figures = cisla-linky-{ $from }-{ $until }
figures-table =
    { $table ->
        [promises] Co jsme slíbili
        [by_tier] Sliby podle Rychlosti
        [load] Jak je plný plán
        [by_technician] Plán podle techniků
        [minutes] Odpracováno a účtováno
        [by_work_type] Minuty podle druhu práce
       *[by_program] Minuty podle programu
    }
figures-line =
    { $table ->
        [by_tier] Rychlost
        [by_technician] Technik
        [by_work_type] Druh práce
        [by_program] Program
       *[period] Období
    }
figures-tier-urgent = { $tier }, urgentní
figures-tier-normal = { $tier }, běžné
figure =
    { $figure ->
        [requests] Požadavky
        [urgent] Urgentní
        [urgent_share] Podíl urgentních
        [kept] Splněno
        [broken] Nesplněno
        [kept_share] Podíl splněných
        [to_agreed] Do domluvení
        [to_started] Do připojení
        [interventions] Zásahy
        [billed] Účtováno
        [top_up] Doplněno do minima
        [rated] Ohodnocené zásahy
        [pleased_share] Podíl spokojených
        [our_fault] Naše chyby
        [corrections] Opravy času
        [added] Přidáno opravami
        [taken] Ubráno opravami
        [planned] Plán
        [agreed] Domluveno
        [agreed_share] Domluveno z plánu
        [worked] Odpracováno
        [worked_share] Odpracováno z plánu
        [no_shows] Zákazník nezastižen
       *[missed] Nepřipojili jsme se
    }
figure-meaning =
    { $figure ->
        [requests] Požadavky odeslané v těchto dnech, bez převzatých z jiného systému.
        [urgent] Kolik z nich bylo urgentních.
        [urgent_share] Kolik procent z nich bylo urgentních.
        [kept] Technik se ozval včas: u urgentního do cíle Rychlosti, u běžného do konce dne, do kterého se po předstihu zásah vejde. Když si zákazník z termínů nabídnutých včas vybral pozdější, platí ten. Do 10 minut po něm je to ještě včas.
        [broken] Technik se včas neozval, nebo jsme včas nic nenabídli. Co je ještě před námi, co zákazník předtím zrušil a u čeho nevíme, co jsme mu nabízeli, se nepočítá.
        [kept_share] Splněné ze splněných a nesplněných, zaokrouhleno dolů.
        [to_agreed] Pracovní minuty od odeslání do chvíle, kdy byl domluvený první termín; prostřední hodnota.
        [to_started] Pracovní minuty od odeslání do chvíle, kdy se technik ozval nebo začal; prostřední hodnota.
        [interventions] Zásahy, ke kterým v těchto dnech vzniklo první vyúčtování.
        [billed] Minuty účtované v těchto dnech. Co se vrátilo, se odečítá dnem, kdy se vrátilo, stejně jako ve výpisu minut.
        [top_up] Kolik z účtovaných minut přidalo jen minimum.
        [rated] Kolik z těchto zásahů zákazníci ohodnotili.
        [pleased_share] Kolik procent z ohodnocených zásahů má 4 nebo 5 z 5.
        [our_fault] Minuty, které technici strávili nad tím, co jsme způsobili sami.
        [corrections] Kolikrát někdo opravil nebo doplnil změřený čas. Uznané námitky mezi ně nepatří.
        [added] O kolik účtovatelných minut ho opravy prodloužily.
        [taken] O kolik účtovatelných minut ho opravy zkrátily.
        [planned] Minuty v plánech techniků v pracovní době linky, bez nepřítomnosti, svátků a zavřených dnů.
        [agreed] Délka domluvených termínů. Zrušené se nepočítají.
        [agreed_share] Kolik procent plánu je domluveno.
        [worked] Kolik minut technikům běžely hodiny, bez čekání na zákazníka.
        [worked_share] Kolik procent plánu je odpracováno. Práce mimo plán může být víc než celý plán.
        [no_shows] Domluvené termíny, na kterých jsme zákazníka nezastihli.
       *[missed] Domluvené termíny, na kterých do 10 minut nezačal žádný technik.
    }
figure-in-minutes = { $figure }, min
figure-in-working-minutes = { $figure }, pracovní min
figure-in-percent = { $figure }, %
figure-minutes = { $number }{ -nbsp }min
figure-percent = { $number }{ -nbsp }%
figure-none = –
