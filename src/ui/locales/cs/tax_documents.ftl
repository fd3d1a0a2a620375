### Daňové doklady: stránka s jejich přehledem a doklad na papíře.

## Přehled

documents-title = Doklady
documents-lead = Zálohové faktury, daňové doklady a opravné doklady. ISDOC načte účetní program.
documents-filter-kind = Druh dokladu
documents-filter-year = Rok
documents-all-kinds = Všechny
documents-all-years = Všechny roky
documents-kinds =
    { $kind ->
        [proforma] Zálohové
        [payment] Přijaté platby
        [invoice] Faktury
       *[credit_note] Opravné
    }
document-kind =
    { $kind ->
        [proforma] Zálohová faktura
        [payment] Daňový doklad k přijaté platbě
        [invoice] Faktura
       *[credit_note] Opravný daňový doklad
    }
documents-issued = Vystaveno { $date }
documents-column-document = Doklad
documents-column-what = Za co
documents-column-total = Celkem s DPH
documents-column-files = Soubory
documents-pdf = PDF
documents-isdoc = ISDOC
documents-file-of = dokladu { $number }
documents-purpose-bundle = Balíček { $minutes }
documents-purpose-part = Část platby za balíček { $minutes }
documents-purpose-interventions =
    { $count ->
        [one] Zásah, { $month }
        [few] { $count } zásahy, { $month }
       *[other] { $count } zásahů, { $month }
    }
documents-purpose-fee = Poplatek podle smlouvy { $contract }, { $from } – { $until }
documents-purpose-won-back = Platba znovu připsaná po reklamaci
documents-purpose-used = Vyčerpáno { $minutes }, objednávka { $purchase }
documents-purpose-returned = Vráceno { $minutes }, objednávka { $purchase }
documents-due = Zaplaťte do { $date }
documents-overdue = Po splatnosti od { $date }
documents-paid = Zaplaceno
documents-pay = Zaplatit
documents-pay-title = Zaplaťte { $amount } do { $date }
documents-pay-purchase = Objednávku můžete zaplatit i jinak
documents-pay-pdf = Stáhnout doklad (PDF)
documents-void = Neplatí se
documents-zip = Stáhnout všechny doklady roku { $year } (ZIP)
documents-empty = Zatím žádné doklady. Až koupíte minuty nebo vám vyúčtujeme zásah, najdete doklad tady.
documents-empty-filter = Takový doklad tu není.
documents-buy = Koupit minuty
nav-documents = Doklady

## Na papíře

tax-title =
    { $kind ->
        [proforma] Zálohová faktura { $number }
        [payment] Daňový doklad k přijaté platbě { $number }
        [invoice] Faktura { $number }
       *[credit_note] Opravný daňový doklad { $number }
    }
tax-nature =
    { $kind ->
        [proforma] Výzva k platbě, není daňový doklad
        [payment] Daňový doklad
        [invoice] Daňový doklad
       *[credit_note] Oprava základu daně
    }
tax-foot = { $name }, IČO { $ico }, { $email }
tax-supplier = Dodavatel
tax-customer = Odběratel
tax-ico = IČO
tax-dic = DIČ
tax-issued = Datum vystavení
tax-supplied =
    { $kind ->
        [payment] Den přijetí platby
        [credit_note] Den opravy
       *[invoice] Datum plnění (DUZP)
    }
tax-due = Splatnost
tax-purchase = Objednávka
tax-reference = Vaše označení
tax-corrects = Opravuje doklad { $number }
tax-reason = Důvod opravy: { $reason }
tax-reason-recount = Důvod opravy: zásah jsme vyúčtovali znovu.
tax-proforma = Není daňový doklad
tax-proforma-help = Daňový doklad vám pošleme, až platba přijde. Minuty připíšeme ve stejnou chvíli.
tax-paid = Zaplaceno, nic neplaťte
tax-paid-help = Platbu jsme přijali předem.
tax-lines = Položky
tax-what = Popis
tax-quantity = Množství
tax-unit-price = Za jednotku
tax-rate = Sazba DPH
tax-line-base = Celkem bez DPH
tax-line-bundle = Balíček { $minutes } vzdálené podpory, platnost { $months ->
        [one] { $months }{ -nbsp }měsíc
        [few] { $months }{ -nbsp }měsíce
       *[other] { $months }{ -nbsp }měsíců
    }
tax-line-part = Část ceny balíčku { $minutes } vzdálené podpory, platnost { $months ->
        [one] { $months }{ -nbsp }měsíc
        [few] { $months }{ -nbsp }měsíce
       *[other] { $months }{ -nbsp }měsíců
    }; { $is_last ->
        [true] tím je zaplacená celá
       *[false] zbývá doplatit { $left }
    }
tax-line-intervention = Vzdálený zásah { $number } ze dne { $date }: { $work }
tax-line-fee = Poplatek podle smlouvy { $contract }, { $from } – { $until }
tax-line-won-back = Platba, kterou banka zákazníka vzala zpět a po vyřízení reklamace znovu připsala
tax-line-used = Vzdálená podpora vyčerpaná z objednávky { $purchase }, jejíž platba patřila jinam
tax-line-returned =
    { $minutes ->
        [0] Vrácená část ceny objednávky { $purchase }
       *[other] Vrácené minuty z objednávky { $purchase }
    }
tax-pieces = { $count } ks
tax-taxes = Rozpis DPH
tax-base = Základ daně
tax-tax = DPH
tax-total = Celkem s DPH
tax-sum = Součet
tax-total-of =
    { $what ->
        [proforma] K úhradě
        [invoice] K úhradě
        [paid] Celkem zaplaceno
       *[credit_note] Celkem s DPH
    }
tax-payment = Jak zaplatit
tax-account = Číslo účtu
tax-symbol = Variabilní symbol
tax-amount = Částka
tax-iban = IBAN
tax-bic = BIC
tax-code = QR Platba
tax-code-alt = QR Platba: { $amount } na účet { $account }
tax-checkout-name = Minuty předem: { $minutes } min, objednávka { $number }
tax-payment-message = Doklad { $number }
tax-attachment = Tento doklad pro účetní program (ISDOC)

## Jména stažených souborů

file-tax-document =
    { $kind ->
        [proforma] zálohová-faktura-{ $number }
        [payment] daňový-doklad-{ $number }
        [invoice] faktura-{ $number }
       *[credit_note] opravný-doklad-{ $number }
    }
file-tax-documents = doklady-{ $year }
documents-earlier = Z dřívějška
documents-earlier-lead = Faktury, které jste dostali, než jsme přešli na tento portál. Zaplaťte je podle faktury, kterou máte; jakmile platba přijde, zmizí odsud.
documents-earlier-number = Faktura
documents-earlier-symbol = Variabilní symbol
documents-earlier-left = Zbývá zaplatit
documents-earlier-more = { $count ->
    [one] A ještě { $count } další.
    [few] A ještě { $count } další.
   *[other] A ještě { $count } dalších.
}

account-title = Výpis z účtu
account-open = Výpis z účtu: co jste dostali, zaplatili a kolik zbývá
account-period = Od { $from } do { $until }
account-made = Stav k { $date }, { $time }. Co přijde později, může patřit i do těchto dnů.
account-this-month = Tento měsíc
account-last-month = Minulý měsíc
account-this-year = Letos
account-last-year = Loni
account-opening = Na začátku
account-charged = Účtováno doklady
account-paid = Zaplaceno
account-closing = Na konci
account-owed = dlužíte { $amount }
account-ahead = máte u nás { $amount }
account-money = Peníze
account-minutes = Minuty
account-minutes-all = Výpis minut po jednotlivých zásazích
account-empty = V těchto dnech se nic neúčtovalo ani neplatilo.
account-column-owed = K úhradě
account-column-kind = Druh
account-column-number = Číslo
account-column-about = K čemu
account-column-total = Částka
account-pdf = Stáhnout výpis jako PDF
account-csv = Stáhnout výpis jako CSV
account-entry =
    { $kind ->
        [ordered] Objednávka { $number }
        [proforma] Zálohová faktura { $number }
        [payment] Daňový doklad k přijaté platbě { $number }
        [invoice] Faktura { $number }
        [credit_note] Opravný daňový doklad { $number }
        [earlier_invoice] Faktura z dřívějška { $number }
        [transfer] Převodem na { $number }
        [written_off] Odepsáno z { $number }
        [recovered] Přišlo po odpisu { $number }
        [card] Kartou za { $number }
        [difference] Odepsaný rozdíl u { $number }
        [balance_used] Přeplatek použitý na { $number }
        [balance_returned] Vrácený přeplatek
       *[returned] Vráceno z { $number }
    }
account-entry-kind =
    { $kind ->
        [ordered] Objednávka
        [proforma] Zálohová faktura
        [payment] Daňový doklad k přijaté platbě
        [invoice] Faktura
        [credit_note] Opravný daňový doklad
        [earlier_invoice] Faktura z dřívějška
        [transfer] Převod
        [written_off] Odpis
        [recovered] Přišlo po odpisu
        [card] Karta
        [difference] Odepsaný rozdíl
        [balance_used] Použitý přeplatek
        [balance_returned] Vrácený přeplatek
       *[returned] Vráceno
    }
account-paper-nature = Přehled pohybů, není daňový doklad
account-foot = { $customer }, výpis z účtu
table-account = Výpis z účtu
file-account-statement = výpis-z-účtu-{ $from }-{ $until }
