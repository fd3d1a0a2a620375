## Relace TeamVieweru

session-start = Spustit TeamViewer k domluvenému termínu
session-title = Relace TeamVieweru
session-none = Zatím žádná. Zákazník uvidí její odkaz u požadavku, než termín skončí.
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
work-evidence-stop = Zastavit podle TeamVieweru: { $time }
work-true-end-disconnected = Když skončilo spojení TeamVieweru
work-connections = Spojení z TeamVieweru
receipt-by-connection = Čas podle spojení, které zaznamenal TeamViewer.
receipt-connections = Spojení podle TeamVieweru
receipt-connections-note = Spojení jsou doklad vedle hodin. Účtují se úseky, ne spojení.

## Seznam spojení

connections-loose-title = { $count ->
        [one] { $count } spojení nepatří k žádné návštěvě
       *[other] { $count } spojení nepatří k žádné návštěvě
    }
connections-loose-none = Každé spojení patří k některé návštěvě
connections-all-title = Všechna spojení z TeamVieweru
connections-lead = Spojení se samo přiřadí k návštěvě podle technika, počítače a času. Co se přiřadit nedá, zůstane tady.
connections-show-all = Ukázat všechna
connections-show-loose = Jen ta bez návštěvy
connections-list = Spojení
connections-empty = Žádné spojení tu není.
connections-column-when = Kdy
connections-column-who = Kdo
connections-column-computer = Počítač
connections-column-visit = Návštěva
connections-no-technician = Takového technika neznáme
connections-no-computer = Počítač nepatří žádnému zákazníkovi, nebo jich patří víc
connections-no-visit = V tu dobu nebylo nic domluvené
connections-import = Nahrát výpis spojení
connections-file = Soubor z TeamViewer Management Console
connections-file-hint = CSV nebo XLSX se sloupci start_date a end_date, nejlépe i username, deviceid a id. Co už máme, nenahraje se podruhé.
connections-import-send = Nahrát spojení
connections-imports = Naposledy nahrané výpisy
connections-imported = { $file }, { $when }, { $by }
connections-result = { $taken } nových, { $known } už známých, { $wrong } nečitelných řádků.
connections-off = TeamVieweru se sami neptáme, výpisy nahráváte. Pro samočinné stahování spusťte Linku s tokenem (LINKA_TEAMVIEWER_TOKEN).
connections-soon = TeamVieweru se poprvé zeptáme během několika minut.
connections-known = Spojení známe do { $until }.
connections-failing = TeamViewer nám spojení neřekne { $since }
connections-failure = { $failure ->
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
