# Měsíc účetní.

accounting-title = Účetnictví
accounting-lead = Vystavené doklady za období, DPH podle dne plnění a soubory pro účetní program.
accounting-from = Od
accounting-until = Do
accounting-by = Podle dne
accounting-day =
    { $day ->
        [tax] zdanitelného plnění
       *[issue] vystavení
    }
accounting-kind-label = Druh dokladu
accounting-kind-all = všechny
accounting-kind =
    { $kind ->
        [proforma] Zálohová faktura
        [payment] Daňový doklad k přijaté platbě
        [invoice] Faktura
       *[credit_note] Opravný daňový doklad
    }
accounting-paid-label = Zaplacení
accounting-paid-all = všechny
accounting-paid =
    { $paid ->
        [open] zbývá zaplatit
       *[paid] nic nezbývá
    }
accounting-search = Zákazník, IČO nebo číslo dokladu
accounting-show = Zobrazit
accounting-documents = Doklady
accounting-none = Za toto období tu žádný takový doklad není.
accounting-vat = DPH
accounting-vat-days = DPH po dnech
accounting-vat-none = V tomto období není nic zdaněno.
accounting-payments = Platby
accounting-received = V období přišlo { $amount } a vrátilo se { $returned }. Kdo co zaplatil, je v sešitu na listu Platby.
accounting-column-number = Číslo
accounting-column-kind = Druh
accounting-column-customer = Zákazník
accounting-column-ico = IČO
accounting-customer = { $name }, IČO { $ico }
accounting-column-dic = DIČ
accounting-column-issued = Vystaveno
accounting-column-tax-day = Den plnění
accounting-column-due = Splatnost
accounting-column-rate = Sazba
accounting-column-base = Základ
accounting-column-tax = Daň
accounting-column-total = Celkem
accounting-column-open = Zbývá zaplatit
accounting-column-day = Den
accounting-column-pays = Za co
accounting-column-way = Jak
accounting-column-amount = Částka
accounting-files = Soubory za období
accounting-file-xlsx = Sešit XLSX: doklady, DPH, platby
accounting-file-csv = Tabulka CSV: doklady
accounting-file-pohoda = POHODA XML
accounting-file-money = Money S3 XML
accounting-file-isdoc = ISDOC, všechny doklady v jednom ZIPu
accounting-files-note = POHODA a Money S3 dostanou jen daňové doklady. Zálohové faktury jsou v sešitu a v ISDOC, když období vyberete podle dne vystavení.
accounting-months = Uzavřené měsíce
accounting-months-what = Do uzavřeného měsíce už nepřibude žádný doklad. Opravy a platby, které vyjdou najevo později, dostanou první den dalšího otevřeného měsíce.
accounting-column-month = Měsíc
accounting-column-state = Stav
accounting-column-action = Co s ním
accounting-locked = Uzavřený
accounting-open = Otevřený
accounting-reopened = Znovu otevřený: { $reason }
accounting-lock = Uzavřít
accounting-unlock = Znovu otevřít
accounting-unlock-title = Otevřít uzavřený měsíc
accounting-unlock-month = Který měsíc
accounting-reason = Proč
accounting-reason-hint = Zůstane u měsíce i v přehledu změn.
file-accounting = ucetnictvi-{ $from }-{ $until }

receivables-title =
    { $count ->
        [0] Nikdo není po splatnosti
       *[other] Po splatnosti je { $amount }
    }
receivables-lead = Faktury, které nejsou zaplacené, po zákaznících a podle toho, jak dlouho jsou po splatnosti.
receivables-none = Všechny faktury, jejichž splatnost minula, jsou zaplacené.
receivables-column-customer = Zákazník
receivables-age =
    { $age ->
        [to_14] do 14 dnů
        [to_30] 15–30 dnů
        [to_60] 31–60 dnů
       *[more] přes 60 dnů
    }
receivables-column-overdue = Po splatnosti
receivables-column-owed = Dluží celkem
receivables-all = Celkem
receivables-shown = Ukázáno { $shown } z { $total } zákazníků, nejdéle po splatnosti první.

fees-title = Poplatky podle smluv
fees-lead = Pravidelné poplatky, které platí smlouvy samy. Zatím se odsud nefakturují: podívejte se, co to bude, a začněte.
fees-lead-begun = Období, která začínají { $date } nebo později, se fakturují sama, první den období nebo ten, který říká smlouva.
fees-due = Co se bude fakturovat
fees-due-until = Faktury do { $date }. Ceny jsou bez DPH.
fees-due-none = Do té doby se nebude nic fakturovat.
fees-due-more =
    { $count ->
        [one] A ještě { $count } další.
        [few] A ještě { $count } další.
       *[other] A ještě { $count } dalších.
    }
fees-column-period = Období
fees-column-customer = Zákazník
fees-column-contract = Smlouva
fees-column-amount = Bez DPH
fees-column-state = Kdy
fees-column-invoice = Faktura
fees-waits = Čeká na adresu zákazníka
fees-at-once = Hned
fees-later = { $date }
fees-begin-title = Začít fakturovat
fees-begin-what = Vyfakturují se období, která začínají zvoleným dnem nebo později; co začalo dřív, vyfakturoval někdo jiný. Den se pak už nedá změnit.
fees-from = Od kdy
fees-try = Ukázat, co to bude
fees-begin = Fakturovat období od { $date }
fees-invoiced = Naposledy vyfakturováno
fees-credited = opravný daňový doklad vystaven
fees-credit-title = Opravit fakturu za poplatek
fees-credit-what = Celá faktura, když smlouva v tu dobu neplatila nebo byla zapsaná špatně. Období se znovu nefakturuje.
fees-credit = Vystavit opravný daňový doklad
