## Relace TeamVieweru

session-start = Spustit TeamViewer k domluvenému termínu
session-title = Relace TeamVieweru
session-none = Zatím žádná. Zákazník uvidí její odkaz u požadavku, než termín skončí.
session-former = Relace dřívějšího termínu skončila. Pro tento termín zatím žádná není; zákazník uvidí její odkaz u požadavku, než termín skončí.
session-give = Vložit odkaz nebo kód relace
session-address = Odkaz nebo kód relace
session-address-hint = Odkaz na get.teamviewer.com, nebo kód jako s12-345-678. Prázdné pole relaci odebere.
session-save = Uložit relaci
field-session-link = Vložte odkaz, který začíná https:// a vede na teamviewer.com, nebo kód relace jako s12-345-678

## Spojení vedle hodin

evidence-before = Spojení začalo { $length } před měřením ({ $span }).
evidence-between = Spojení běželo { $length }, když měření stálo ({ $span }).
evidence-after = Spojení trvalo ještě { $length } po konci měření ({ $span }).
evidence-unmeasured = Spojení trvalo { $length } a nic se neměřilo ({ $span }).
evidence-unconnected = Bez spojení se měřilo { $length }.
evidence-agrees = Spojení a měření se shodují.
work-evidence = Co říká TeamViewer
work-evidence-hint = Spojení samo žádnou minutu nezmění. Co doplníte, je oprava a zákazník ji uvidí v rozpisu.
work-evidence-fill = Doplnit práci { $span }
work-evidence-by-hand = Doplnit { $span } s důvodem
work-evidence-undecided = { $count ->
        [one] Jedno další spojení může patřit k této návštěvě i k jiné.
        [few] { $count } další spojení můžou patřit k této návštěvě i k jiné.
       *[other] { $count } dalších spojení může patřit k této návštěvě i k jiné.
    }
work-evidence-choose = Vybrat, ke které patří
work-evidence-stop = Zastavit podle TeamVieweru: { $time }
work-evidence-stop-by-manager = Podle TeamVieweru spojení skončilo { $time }. Tak dlouhý čas potvrdí vedoucí: technik přidá nejvýš { $most } min. Do té doby můžete hodiny zastavit dřív.
work-evidence-stop-believed = Zastavit hodiny a počítat { $until }
work-evidence-once-stopped = Úsek { $span } půjde doplnit, až zastavíte hodiny, které od té doby běží.
work-evidence-by-manager = Úsek { $span } doplní vedoucí: technik přidá nejvýš { $most } min.
work-true-end-disconnected = Když skončilo spojení TeamVieweru
work-connections = Spojení z TeamVieweru
receipt-by-connection = Čas podle spojení, které zaznamenal TeamViewer.
receipt-connections = Spojení podle TeamVieweru
receipt-connections-note = Spojení jsou doklad vedle hodin. Účtují se úseky, ne spojení.

## Seznam spojení

remote-loose-title = { $count ->
        [one] { $count } spojení nepatří k žádné návštěvě
       *[other] { $count } spojení nepatří k žádné návštěvě
    }
remote-loose-none = Každé spojení patří k některé návštěvě
remote-all-title = Všechna spojení z TeamVieweru
remote-lead = Spojení se samo přiřadí k návštěvě podle technika, počítače a času. Co se přiřadit nedá, zůstane tady.
remote-show-all = Ukázat všechna
remote-show-loose = Jen ta bez návštěvy
remote-list = Spojení
remote-empty = Žádné spojení tu není.
remote-column-when = Kdy
remote-column-who = Kdo
remote-column-computer = Počítač
remote-column-visit = Návštěva
remote-several = Vejde se k několika návštěvám. Ke které patří?
remote-several-others = Vejde se k několika návštěvám. Vybere technik, který se připojil, nebo vedoucí.
remote-choose = { $number }, { $start }
remote-no-technician = Takového technika neznáme
remote-no-computer = Počítač nepatří žádnému zákazníkovi, nebo jich patří víc
remote-no-visit = V tu dobu nebylo nic domluvené
remote-import = Nahrát výpis spojení
remote-file = Soubor z TeamViewer Management Console
remote-file-hint = CSV nebo XLSX se sloupci start_date a end_date, nejlépe i username, deviceid a id. Co už máme, nenahraje se podruhé.
remote-import-send = Nahrát spojení
remote-imports = Naposledy nahrané výpisy
remote-imported = { $file }, { $when }, { $by }
remote-result = { $taken } nových, { $known } už známých, { $wrong } nečitelných řádků.
remote-off = TeamVieweru se sami neptáme, výpisy nahráváte. Pro samočinné stahování spusťte Linku s tokenem (LINKA_TEAMVIEWER_TOKEN).
remote-soon = TeamVieweru se poprvé zeptáme během několika minut.
remote-known = Spojení známe do { $until }.
remote-failing = TeamViewer nám spojení neřekne { $since }
remote-failure = { $failure ->
        [refused] Odmítá náš token: přestal platit, nebo nemá práva ke zprávám o spojení.
        [busy] Teď odpovědět nemůže. Zkusíme to znovu.
        [unreachable] Nedá se k němu připojit. Zkusíme to znovu.
       *[unreadable] Odpovídá něčím, čemu nerozumíme. Ostatní spojení máme.
    }
field-connections-file = Nahrajte soubor CSV nebo XLSX
teamviewer-title = TeamViewer
teamviewer-lead = Podle jmen poznáme, který technik byl připojený.
teamviewer-names = Jak se technici jmenují v TeamVieweru
teamviewer-names-hint = Jméno nebo ID uživatele, jak stojí ve výpisu spojení. Koho TeamViewer nezná, nechte prázdného.
teamviewer-kept-days = Kolik dní spojení uchováme
teamviewer-kept-days-hint = Od { $least } do { $most } dní. Co je na vydaném rozpisu, na něm zůstane.
field-kept-days = Napište { $least } až { $most } dní
settings-teamviewer-note = Jména techniků a uchovávání spojení
