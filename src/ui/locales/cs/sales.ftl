### Prodej: co vidí vedoucí a majitel.

nav-sales = Prodej
sales-nav-label = Prodej
sales-nav-overview = Přehled
sales-nav-bank = Banka
sales-nav-purchases = Objednávky
sales-nav-receivables = Po splatnosti
sales-nav-fees = Poplatky
sales-nav-accounting = Účetnictví

sales-title = Prodej
sales-lead =
    { $count ->
        [0] Za { $month } zatím žádný daňový doklad.
        [one] Za { $month }: { $count } daňový doklad, { $net } bez DPH.
        [few] Za { $month }: { $count } daňové doklady, { $net } bez DPH.
       *[other] Za { $month }: { $count } daňových dokladů, { $net } bez DPH.
    }
sales-waiting = Co čeká na vás
sales-waiting-none = Nic na vás nečeká.
sales-waiting-payments =
    { $count ->
        [one] { $count } platba čeká na rozhodnutí
        [few] { $count } platby čekají na rozhodnutí
       *[other] { $count } plateb čeká na rozhodnutí
    }
sales-given-up =
    { $what ->
        [events] { $count ->
            [one] { $count } zprávu od Stripe se nepodařilo zpracovat
            [few] { $count } zprávy od Stripe se nepodařilo zpracovat
           *[other] { $count } zpráv od Stripe se nepodařilo zpracovat
        }
       *[jobs] { $count ->
            [one] { $count } úloha na pozadí opakovaně selhala
            [few] { $count } úlohy na pozadí opakovaně selhaly
           *[other] { $count } úloh na pozadí opakovaně selhalo
        }
    }
sales-alert =
    { $kind ->
        [amount_differs] Zaplacená částka nesouhlasí s objednávkou
        [unreadable_event] Zprávě od Stripe nerozumíme
        [unknown_payment] Přišly peníze za objednávku, kterou neznáme
        [refund_failed] Peníze se zákazníkovi nepodařilo vrátit na kartu
        [foreign_refund] Peníze byly vráceny přímo ve Stripe
        [dispute] Banka zákazníka zpochybnila platbu
        [statement_refused] Výpis, který přišel sám, nejde přečíst celý
        [statements_fail] Výpisy přestaly samy přicházet
        [transfer_reversed] Peníze, které přišly převodem, z účtu zase odešly
        [plan_missed] Splátka podle plánu nepřišla
        [urgent_while_owing] Zákazník, který dlouho dluží, objednal urgentní zásah
        [checkout_refused] Stripe odmítá přijmout platbu kartou
       *[paid_after_close] Přišly peníze za ukončenou objednávku
    }
sales-alert-do =
    { $kind ->
        [amount_differs] Minuty jsme nepřipsali. Porovnejte částku ve Stripe a domluvte se se zákazníkem.
        [unreadable_event] Čeho se týkala, jsme si u Stripe ověřili sami. Dejte vědět dodavateli Linky.
        [unknown_payment] Zjistěte ve Stripe, kdo platil, a peníze vraťte nebo připište.
        [refund_failed] Pošlete je převodem a u objednávky je označte za vyplacené.
        [foreign_refund] U objednávky vraťte minuty, nebo na peníze vystavte opravný daňový doklad.
        [statement_refused] Stáhněte výpis z banky znovu a nahrajte ho na stránce Banka. Co z něj nejde přečíst, stojí tam u výpisu; u souboru ze složky leží důvod vedle něj.
        [statements_fail] Proč, stojí v nastavení u spojení ven.
        [transfer_reversed] U objednávky můžete zbylé minuty pozastavit, dokud se to nevyřeší. Objednávka zůstává zaplacená.
        [plan_missed] Najdete ho v pohledávkách. Domluvte se s ním znovu, nebo plán zrušte; upomínky se už zase posílají.
        [urgent_while_owing] Zásah jsme neodmítli. Rozhodněte, jestli mu zavoláte o dluhu.
        [dispute] Odpovězte bance ve Stripe do uvedeného dne. Zbylé minuty jsou pozastavené.
        [paid_after_close] Minuty jsme připsali. Ověřte se zákazníkem, jestli je chce.
       *[other] Podívejte se k objednávce, co se stalo.
    }
sales-alert-references = Označení ve Stripe nebo v bance
sales-nameless = { $customer } nemá adresu, doklad nejde vystavit
sales-nameless-do = Doplňte ulici a obec. Doklad se potom vystaví sám.
sales-waiting-refund =
    { $way ->
        [transfer] Vrátit { $amount } převodem
        [failed] Na kartu se nevrátilo { $amount }, pošlete je převodem
       *[card] { $amount } je na cestě na kartu
    }
sales-alert-done = Vyřízeno

sales-owed = Dlužíme { $minutes } min předplacené práce
sales-owed-sold = Prodáno
sales-owed-drawn = Vyčerpáno
sales-owed-expired = Propadlo
sales-owed-refunded = Vráceno za peníze
sales-owed-frozen = Pozastaveno

sales-unpaid = Na co čekáme
sales-unpaid-none = Všechny objednávky jsou zaplacené.
sales-unpaid-late = Po splatnosti
sales-months = Po měsících
sales-months-by = Podle dne, ke kterému patří DPH: den přijetí platby, plnění nebo opravy.
sales-export = Stáhnout rok { $year } (CSV)

sales-column-month = Měsíc
sales-column-documents = Daňové doklady
sales-column-credited = Z toho opraveno
sales-column-minutes = Minuty
sales-column-net = Bez DPH
sales-column-vat = DPH
sales-column-refunded = Vráceno
sales-column-document = Doklad
sales-column-customer = Zákazník
sales-column-ico = IČO
sales-column-purchase = Objednávka
sales-column-due = Splatnost
sales-column-left = Zbývá zaplatit
sales-column-placed = Objednáno
sales-column-total = S DPH
sales-column-method = Způsob platby
sales-column-state = Stav

sales-purchase-state =
    { $state ->
        [created] Založená
        [awaiting_payment] Čeká na platbu
        [paid] Zaplacená
        [partly_refunded] Zčásti vrácená
        [refunded] Vrácená
        [disputed] Zpochybněná
        [cancelled] Zrušená
       *[expired] Propadlá
    }
sales-method =
    { $method ->
        [card] Kartou
       *[transfer] Převodem
    }
sales-document =
    { $kind ->
        [proforma] Zálohová faktura
        [payment] Daňový doklad k přijaté platbě
        [invoice] Faktura
       *[credit_note] Opravný daňový doklad
    }

## Banka

bank-title-none = Všechny platby jsou rozhodnuté
bank-waiting = Platby, které čekají na rozhodnutí
bank-import = Nahrát výpis z banky
bank-file = Soubor s výpisem
bank-file-hint = ABO (GPC), CAMT.053, MT940, nebo CSV z Fio, ČSOB, Komerční banky, České spořitelny, Raiffeisenbank, Monety, Air Bank nebo mBank. Nejvýš 2 MB.
bank-codes = Storna v ABO
bank-codes-file = Poznat podle součtů výpisu
bank-codes-3-4 = Česká spořitelna (3 a 4)
bank-codes-4-5 = Ostatní banky (4 a 5)
bank-foreign-account = Výpis smí být z jiného účtu, než na který platí zákazníci
bank-controls-agree = Součty výpisu souhlasí.
bank-controls-differ = Součty výpisu nesouhlasí: podle něj se zůstatek změnil o { $told }, v položkách je { $found }. Může to být výběr položek, nebo něco chybí.
bank-import-send = Nahrát výpis
bank-imported = Výpis { $name } je nahraný
bank-again = Tento výpis už jste nahráli
bank-again-body = Nahrál ho { $name }, { $when }. Nic se nezměnilo.
bank-result = Položek { $lines }, nových příchozích { $incoming }, spárováno { $matched }, čeká na rozhodnutí { $unmatched }.
sales-unmatched =
    { $reason ->
        [no_symbol] Platba nemá variabilní symbol
        [odd_day] Den zaúčtování je daleko, nebo před vystavením dokladu. Stal by se dnem pro DPH
        [unknown_symbol] Žádný doklad nemá tento variabilní symbol
        [underpaid] Přišlo méně, než zbývá zaplatit
        [overpaid] Přišlo více, než zbývá zaplatit
        [undone] Rozhodnutí o ní jste vzali zpět
        [already_paid] Doklad už je zaplacený
        [foreign_currency] Platba není v korunách
        [repeated] Stejnou platbu přinesl už jiný výpis. Porovnejte obě, ať ji nezapočítáte dvakrát
        [ambiguous] Tento variabilní symbol má víc faktur
       *[closed_purchase] Objednávka byla mezitím ukončena
    }
bank-booked = Zaúčtováno
bank-payer = Plátce
bank-symbol = Variabilní symbol
bank-message = Zpráva
bank-document = Doklad
bank-document-left = zbývá { $left } z { $total }
bank-candidates = Co by to mohlo platit
bank-likeness =
    { $likeness ->
        [symbol] číslo dokladu je ve zprávě
        [amount] přesně tolik zbývá zaplatit
        [account] z tohoto účtu už zákazník platil
       *[ico] IČO zákazníka je ve zprávě
    }
bank-assign-candidate = Přiřadit k { $number }
bank-assign-document = Číslo dokladu
bank-assign-hint = Zálohová faktura, faktura, nebo faktura z dřívějška. Částečné platby se sčítají, minuty se připíšou, až je zaplaceno všechno.
bank-note = Poznámka
bank-note-hint = U přeplatku napište, proč je to víc. Co přišlo navíc, bude přeplatek zákazníka.
bank-assign = Přiřadit k dokladu
bank-aside-reason = Proč platba k ničemu nepatří
bank-aside-hint = Například: poslána omylem, vrácena 24. 11.
bank-aside = Odložit
bank-statements = Nahrané výpisy
bank-statements-none = Zatím žádný výpis.
bank-column-file = Soubor
bank-column-when = Nahráno
bank-column-by = Odkud
bank-column-result = Výsledek

field-file = Vyberte soubor
field-document = Napište číslo zálohové faktury nebo faktury, která existuje
field-document-paid = Tento doklad už je zaplacený
field-note-overpaid = Napište, co bude s přeplatkem

problem-statement = Výpis se nepodařilo přečíst
statement-note-done = Výpis je přečtený.
statements-fail =
    { $source ->
        [fio] Výpisy z Fio banky přestaly přicházet
       *[folder] Výpisy ze složky přestaly přicházet
    }
statements-fail-why =
    { $failure ->
        [refused] Banka odmítá náš token: přestal platit, nebo je jiný. Vytvořte v internetovém bankovnictví nový, jen pro sledování účtu, a spusťte Linku s ním (LINKA_FIO_TOKEN).
        [busy] Banka odpovídá, že teď výpis nedá. Dál se jí ptáme každou hodinu; zatím výpis stáhněte a nahrajte na stránce Banka.
        [unreachable] Server se k bance nedovolá. Ověřte, že smí ven na internet; zatím výpis stáhněte a nahrajte na stránce Banka.
        [unreadable] Banka odpověděla, ale ne výpisem, který by šlo převzít.
       *[folder] Složku nejde číst, nebo v ní přečtené výpisy odložit. Ověřte, že je dostupná, že do ní server smí psát a že je na disku místo.
    }
statements-fail-foreign = Token je k jinému účtu, než na který platí zákazníci.
statements-fail-since = Od { $since }. Až to bude zase fungovat, upozornění zmizí samo.
problem-statement-empty = Soubor je prázdný.
problem-statement-unknown-format = Není to ABO (GPC), CSV, CAMT.053 ani MT940, které známe. Stáhněte výpis z banky znovu a nahrajte ho tak, jak je.
problem-statement-too-long = Výpis má příliš mnoho řádků. Nahrajte ho po kratších obdobích.
problem-statement-short-line = Řádek { $line } je neúplný.
problem-statement-bad-date = Na řádku { $line } není platné datum.
problem-statement-bad-amount = Na řádku { $line } není částka, kterou by šlo přečíst jednoznačně.
problem-statement-bad-code = Z řádku { $line } nejde poznat, jestli peníze přišly, nebo odešly.
problem-statement-unknown-record = Řádek { $line } není záznam, který by ve výpisu měl být.
problem-statement-unclear-reversal = Řádek { $line } je storno a ze součtů výpisu nejde poznat, čeho. Vyberte pod souborem, jak vaše banka storna čísluje, a nahrajte výpis znovu.
problem-statement-open-quote = Na řádku { $line } začínají uvozovky, které nekončí. Dál by se řádky slily.
problem-statement-not-booked = Řádek { $line } banka ještě nezaúčtovala. Vyvezte z banky jen zaúčtované položky.
problem-statement-broken-xml = XML se od řádku { $line } nedá přečíst. Stáhněte výpis z banky znovu.
problem-statement-foreign-account = Výpis je z jiného účtu, než na který platí zákazníci. Je-li to tak správně, zaškrtněte to pod souborem a nahrajte ho znovu.

## Platba, která patřila jinam

unmatch-title = Vzít zpět platbu { $amount }
unmatch-lead = Teď platí { $document }. Pokud patřila jinam, vezměte ji zpět a přiřaďte správně.
unmatch-payment = Platba
unmatch-came = Přišlo
unmatch-payer = Plátce a symbol
unmatch-purchase = Objednávka
unmatch-waits = Platba bude znovu čekat na stránce Banka a půjde přiřadit jinam.
unmatch-credit = K dokladu { $document } se vystaví opravný daňový doklad na { $amount }, den plnění { $day }.
unmatch-minutes = Zákazníkovi se odebere { $minutes }, které z toho ještě nevyčerpal.
unmatch-claim = { $minutes } už zákazník vyčerpal. Vystaví se mu na ně faktura na { $amount }.
unmatch-lost = Objednávka tím přijde o { $amount } své ceny a znovu se platit nedá. Kdo minuty chce, objedná je znovu.
unmatch-owed = { $amount } na { $document } bude zákazník znovu dlužit.
unmatch-minutes-stay = Minuty mu zůstanou.
unmatch-balance = Zákazníkovi ubude { $amount } z přeplatku, který z platby zůstal.
unmatch-asked = { $amount }, které jste vedle ní odepsali, už odepsané nebudou.
unmatch-reason-hint = U opravného daňového dokladu to uvidí i zákazník.
unmatch-send = Vzít platbu zpět
unmatch-keep = Nechat ji být
unmatch-refused = Tuto platbu nejde vzít zpět
unmatch-refusal =
    { $why ->
        [refunded] Z objednávky se už vracely peníze nebo minuty. Vyřešte to vrácením peněz u objednávky.
        [disputed] Platba je sporná. Rozhodněte nejdřív o ní.
        [balance_gone] Přeplatek, který z platby zůstal, už je použitý nebo vrácený. Vezměte zpět nejdřív to.
       *[handed_over] Minuty přešly na jiného zákazníka, se kterým byl tento sloučen.
    }

## Objednávky

sales-purchases-title = Objednávky
sales-purchases-search = Číslo objednávky, zákazník nebo IČO
sales-purchases-all = Všechny
sales-purchases-states = Stav objednávky
sales-purchases-none = Taková objednávka tu není.
sales-purchases-older = Starší objednávky

sales-purchase-title = Objednávka { $number }
sales-purchase-facts = Co a za kolik
sales-purchase-by = Objednal
sales-purchase-minutes = { $minutes } min ({ $quantity } ks), platnost { $months } měs.
sales-purchase-price-term = Cena
sales-purchase-price = { $net } bez DPH, { $total } s DPH
sales-purchase-reference = Číslo objednávky zákazníka
sales-purchase-paid = Zaplaceno
sales-purchase-unpaid = Zatím ne
sales-purchase-intent = Platba ve Stripe
sales-purchase-documents = Doklady
sales-purchase-transfers = Platby převodem
sales-purchase-refunds = Vrácené peníze
sales-purchase-history = Průběh
sales-purchase-history-none = Zatím se nic nestalo.
sales-event =
    { $kind ->
        [created] Objednáno
        [payment_started] Čeká se na platbu
        [payment_failed] Platba se nepodařila
        [paid] Zaplaceno
        [credited] Minuty připsány
        [cancelled] Zrušeno
        [expired] Propadlo bez platby
        [refund_requested] Rozhodnuto o vrácení peněz
        [refunded] Peníze vráceny
        [refund_failed] Vrácení peněz selhalo
        [credit_note_issued] Vystaven opravný daňový doklad
        [payment_undone] Platba vzata zpět, patřila jinam
        [dispute_opened] Banka zpochybnila platbu
        [dispute_won] Spor skončil v náš prospěch
       *[dispute_lost] Spor skončil v neprospěch
    }

sales-refund-title = Vrátit peníze za nevyčerpané minuty
sales-refund-how-many = Kolik minut vrátit (nejvýš { $most })
sales-refund-next = Spočítat, kolik se vrátí
sales-refund-confirm = Zkontrolujte, co se stane
sales-refund-minutes = Minuty
sales-refund-left = zbude { $left }
sales-refund-money = Peníze
sales-refund-way =
    { $method ->
        [owed] odečteme je z nezaplacené faktury, nic se nevrací
        [card] vrátíme je na kartu
       *[transfer] pošlete je převodem a pak je tu označte za vyplacené
    }
sales-won-back-title = Po vyhraném sporu se vrátilo { $amount }
sales-won-back-what = Peníze, které si vzala banka zákazníka, jsou zpátky, ale opravný daňový doklad na ně už byl vystaven. Vystavte na ně nový daňový doklad.
sales-won-back-send = Vystavit daňový doklad na { $amount }
sales-returned-title = Mimo Linku se vrátilo { $amount }
sales-returned-what = Peníze vrátila banka nebo Stripe a není o tom doklad. Minuty zůstanou, jak jsou.
sales-returned-send = Vystavit opravný daňový doklad na { $amount }
sales-refund-waived = Odečteno z nezaplacené faktury
sales-refund-taken = Peníze si vzala banka zákazníka
sales-waive-title = Odečíst nevyčerpané minuty z nezaplacené faktury
sales-waive-send = Odečíst { $amount }
sales-refund-note = Doklad
sales-refund-note-is = Zákazník dostane opravný daňový doklad.
sales-refund-reason = Důvod
sales-refund-reason-hint = Bude na opravném daňovém dokladu, jak to chce zákon.
sales-refund-send = Vrátit { $amount }
sales-refund-keep = Nevracet
sales-refund-paid = Vyplaceno převodem
sales-refund-document = doklad { $number }
sales-refund-state =
    { $state ->
        [requested] Čeká na vyplacení
        [pending] Na cestě
        [succeeded] Vráceno na kartu
        [failed] Na kartu se nepodařilo vrátit
       *[paid_otherwise] Vyplaceno převodem
    }
field-refund-minutes = Napište celé číslo, nejvýš tolik minut, kolik jich zbývá

file-sales = prodej-{ $year }
sales-earlier-invoice = Faktura z dřívějška
bank-earlier = { $count ->
    [one] Neuhrazená faktura z dřívějška
    [few] { $count } neuhrazené faktury z dřívějška
   *[other] { $count } neuhrazených faktur z dřívějška
}
bank-earlier-more = { $count ->
    [one] A ještě { $count } další.
    [few] A ještě { $count } další.
   *[other] A ještě { $count } dalších.
}
bank-column-invoice = Faktura
bank-earlier-customer = Zákazník
bank-earlier-due = Splatnost
bank-earlier-overdue = po splatnosti
bank-earlier-left = Zbývá zaplatit

sales-nav-balances = Přeplatky a rozdíly
balances-title = Přeplatky a rozdíly
balances-lead = Co přišlo navíc, je dluh vůči zákazníkovi, dokud se nevrátí nebo nepoužije. Co do celé částky chybí, se odepíše, nebo o to požádáte.
balances-owed = Přeplatky zákazníků
balances-owed-none = Nikomu nic nedlužíme.
balances-differences = Částečně zaplacené doklady
balances-differences-none = Žádný doklad není zaplacený jen zčásti.
balances-decisions = Co jde vzít zpět
balances-decisions-hint = Platbu, která už zaplatila objednávku nebo její část, vezmete zpět u té objednávky.
balances-decisions-none = Nic, co by šlo vzít zpět.
balances-settle = Vyřešit
balances-left = Na { $number } chybí { $amount }
balances-paid = přišlo { $paid } z { $total }
balances-decided =
    { $decided ->
        [assigned] { $amount } přiřazeno k { $document }
        [set_aside] { $amount } odloženo
        [written_off] { $amount } odepsáno u { $document }
        [used] { $amount } z přeplatku na { $document }
       *[returned] { $amount } z přeplatku vráceno
    }
balances-undo = Vzít zpět
balances-balance-of = { $customer } má u nás { $amount }
balances-spend-hint = Otevřený doklad téhož zákazníka, i faktura z doby před Linkou. Použije se nejvýš tolik, kolik na něm chybí.
balances-spend = Použít na doklad
balances-amount = Vrácená částka
balances-crowns = Kč
balances-return-reason = Jak jste přeplatek vrátili
balances-return-hint = Například: příkaz z 24. 11. na účet, ze kterého přišel.
balances-return = Zapsat vrácení
balances-ask = Požádat e-mailem o { $amount }
balances-write-off-reason = Proč rozdíl odepisujete
balances-write-off-what = Odepsáním je doklad vyřízený. Daňové doklady zůstanou na to, co přišlo.
balances-write-off = Odepsat { $amount }
balances-above-limit = Odepsat jde nejvýš { $limit }, mez je v nastavení cen.
balances-undo-what =
    { $decided ->
        [set_aside] Platba { $amount } bude znovu čekat na rozhodnutí.
        [written_off] O { $amount } na { $document } si budeme znovu říkat.
        [used] Na { $document } bude zase chybět { $amount } a o tolik víc bude mít zákazník u nás. Rozdíl, který jste vedle toho odepsali, budeme zase chtít zaplatit.
       *[returned] Zákazník bude mít u nás o { $amount } víc.
    }
balances-undo-reason = Proč to berete zpět
balances-undo-send = Vzít rozhodnutí zpět
bank-source =
    { $source ->
        [folder] ze složky
        [fio] z Fio banky
       *[upload] nahráno
    }
bank-unread = { $count ->
    [one] { $count } řádek nejde přečíst:
    [few] { $count } řádky nejdou přečíst:
   *[other] { $count } řádků nejde přečíst:
}
sales-reversed-title = Převod { $amount } z účtu zase odešel
sales-reversed-what =
    { $state ->
        [none] Objednávka zůstává zaplacená. Dokud se to nevyřeší, můžete zbylé minuty pozastavit: nejdou čerpat, domluvené zásahy platí.
       *[open] Zbylé minuty jsou pozastavené. Když peníze přijdou znovu, uvolněte je tady a novou platbu u banky odložte. Když nepřijdou, vystavíte na ně opravný daňový doklad.
    }
sales-reversed-do =
    { $became ->
        [open] Pozastavit minuty
        [won] Peníze přišly znovu
       *[lost] Peníze nepřijdou
    }
sales-waiting-balances =
    { $count ->
        [one] Přeplatek { $amount } čeká na vrácení nebo použití
        [few] { $count } zákazníci mají u nás přeplatky, dohromady { $amount }
       *[other] { $count } zákazníků má u nás přeplatky, dohromady { $amount }
    }
