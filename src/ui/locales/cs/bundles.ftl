### Nákup minut: obchod, objednávka, platba převodem.

shop-advised = Vyplatí se vám
shop-last-day = (při platbě dnes do { $date })
shop-buy = Koupit
shop-sign-in = Přihlásit se a koupit
shop-register = Zaregistrovat se a koupit
shop-ask-title = Kdo u vás může balíček koupit
shop-purchases = Vaše objednávky
shop-column-number = Objednávka
shop-column-date = Datum
shop-column-what = Balíček
shop-column-total = Cena s DPH
shop-column-state = Stav

## Objednávka

shop-form-title = Balíček { $minutes }
shop-form-lead = { $price } bez DPH, tedy { $rate } za minutu.
shop-quantity = Počet balíčků
shop-quantity-hint = Nejvýš { $max }.
shop-recount = Přepočítat
shop-reference = Vaše číslo objednávky
shop-reference-hint = Bude na dokladech. Nejvýš 60 znaků.
shop-method = Způsob platby
shop-card = Kartou
shop-card-too-much = Kartou lze zaplatit nejvýš { $most }.
shop-address-lead = Nejdřív potřebujeme adresu vaší organizace: musí být na daňovém dokladu.
shop-address-submit = Pokračovat k objednávce
shop-card-note = Minuty máte připsané hned po zaplacení.
shop-card-demo = Tohle je ukázka: žádné peníze se nepřevádějí.
shop-transfer = Převodem
shop-transfer-note = Dostanete zálohovou fakturu s QR kódem a splatností { $days } dní. Minuty připíšeme, jakmile peníze přijdou.
shop-transfer-over-limit = Na fakturu by to bylo nad váš limit, proto minuty připíšeme, až platba přijde.
shop-credit-left = Z limitu na fakturu vám zbývá { $left }.
shop-transfer-frozen = Máte fakturu po splatnosti, proto minuty připíšeme, až platba přijde. Jakmile ji zaplatíte, budeme je zase připisovat hned.
shop-transfer-at-once = Minuty připíšeme hned. Dostanete fakturu se splatností { $days } dní.
shop-summary = Souhrn
shop-pieces = { $quantity }{ -nbsp }× balíček { $minutes } po { $price } bez DPH
shop-vat = DPH { $rate }
shop-total = Celkem s DPH
shop-get = Získáte { $minutes }. Při platbě dnes je můžete čerpat do { $date }.
shop-submit = Objednávka zavazující k platbě
shop-back = Zpět na balíčky
shop-placed-before = Tento formulář jste už jednou odeslali
shop-placed-before-body = První objednávka platí tak, jak byla. Novou vytvoříte dalším odesláním.

## Objednávka a co se s ní děje

purchase-state =
    { $state ->
        [paid] Zaplaceno
        [partly_refunded] Zčásti vráceno
        [refunded] Vráceno
        [disputed] Prověřuje se
        [cancelled] Zrušeno
        [expired] Propadlo
       *[awaiting_payment] Čeká na platbu
    }
purchase-pieces = { $quantity }{ -nbsp }×{ -nbsp }{ $minutes }
purchase-title-awaiting = Zbývá zaplatit { $amount }
purchase-lead-transfer = Převodem do { $date }. Minuty připíšeme, jakmile peníze přijdou.
purchase-title-card = Objednávka za { $amount } zatím není zaplacená
purchase-title-declined = Banka platbu kartou odmítla, nic jste nezaplatili
purchase-lead-card = Kartou ji zaplatíte do { $until }, minuty připíšeme hned. Potom sama propadne a nic nedlužíte.
purchase-card-refused = Platbu kartou pro tuto objednávku banka nepřijímá
purchase-card-refused-body = Objednejte prosím minuty znovu s platbou převodem a tuto objednávku zrušte. Nic jste nezaplatili a my už o tom víme.
purchase-lead-invoice = Fakturu zaplaťte do { $date }.
purchase-title-credited = { $minutes } máte připsané do { $date }
purchase-left = Zbývá { $left } z { $minutes }.
purchase-title-paid = Zaplaceno, minuty připisujeme
purchase-title-refunded = Vrátili jsme vám { $amount }
purchase-title-undone = Platba { $amount } patřila jinam
purchase-lead-undone = { $amount } z platby patřilo jinam.
purchase-title-disputed = Platbu prověřuje banka
purchase-lead-disputed = Minuty, které z balíčku zbývaly, jsou do vyřešení pozastavené.
purchase-title-lost = Banka vám platbu vrátila
purchase-title-cancelled = Objednávka je zrušená
purchase-lead-cancelled = Už za ni nic neplaťte.
purchase-title-expired = Objednávka propadla
purchase-lead-expired = Nikdo ji nezaplatil včas. Minuty si můžete objednat znovu.
purchase-pay = Zaplatit kartou
purchase-otherwise =
    { $method ->
        [card] Zaplatit raději kartou
       *[transfer] Zaplatit raději převodem
    }
purchase-cancel = Zrušit objednávku
purchase-again = Objednat minuty znovu
purchase-all = Balíčky a všechny objednávky
purchase-transfer = Údaje k platbě
purchase-amount = Zbývá zaplatit
purchase-received = Už přišlo
purchase-account = Číslo účtu
purchase-symbol = Variabilní symbol
purchase-due = Splatnost
purchase-iban = IBAN
purchase-recipient = Příjemce
purchase-qr = QR Platba pro mobilní bankovnictví
purchase-qr-label = QR kód se všemi údaji platby
purchase-bought = Co jste objednali
purchase-what = Balíček
purchase-price = Cena
purchase-price-is = { $price } bez DPH, { $total } s DPH { $rate }
purchase-on-invoice = Převodem na fakturu, minuty hned
purchase-documents = Doklady
purchase-document =
    { $kind ->
        [proforma] Zálohová faktura
        [payment] Daňový doklad k přijaté platbě
        [invoice] Faktura
       *[credit_note] Opravný daňový doklad
    }
purchase-document-note = vystaveno { $date }, { $total } s DPH
purchase-history = Průběh
purchase-event =
    { $kind ->
        [created] Objednáno
        [payment_started] Čeká se na platbu
        [payment_failed] Platba se nepodařila
        [paid] Zaplaceno
        [credited] Minuty připsány
        [cancelled] Zrušeno
        [expired] Propadlo bez platby
        [refund_requested] Vracíme peníze
        [refunded] Peníze vráceny
        [refund_failed] Peníze se nepodařilo vrátit
        [credit_note_issued] Vystaven opravný daňový doklad
        [payment_undone] Platba vzata zpět, patřila jinam
        [dispute_opened] Banka platbu prověřuje
        [dispute_won] Banka platbu potvrdila
       *[dispute_lost] Banka platbu vrátila
    }
purchase-cancel-title = Opravdu zrušit objednávku?
purchase-cancel-lead = { $number }: { $pieces } za { $total } s DPH
purchase-cancel-why = Nic vás to nestojí. Zrušenou objednávku už ale nejde zaplatit ani obnovit.
purchase-keep = Nechat objednávku

subscription-heading = Předplatné
subscription-about = Minuty, které chodí samy každé období. Kdykoli je změníte, pozastavíte nebo ukončíte ke konci období; před každým dalším vám napíšeme.
subscription-card =
    { $comes ->
        [quarter] { $minutes } každé čtvrtletí
        [quarter_rolls] { $minutes } každé čtvrtletí
       *[other] { $minutes } každý měsíc
    }
subscription-advised = Pro vaši spotřebu vyjde nejlevněji
subscription-view = Vaše předplatné
subscription-rolls = Co nevyčerpáte, můžete čerpat ještě v dalším období.
subscription-expires = Co nevyčerpáte, s koncem období propadne.
subscription-form-title =
    { $comes ->
        [quarter] Předplatit { $minutes } každé čtvrtletí
        [quarter_rolls] Předplatit { $minutes } každé čtvrtletí
       *[other] Předplatit { $minutes } každý měsíc
    }
subscription-form-lead = Předplatné běží, dokud ho neukončíte. Domluvené termíny na něm nezávisí.
subscription-price = Cena za období
subscription-first = První období od
subscription-next = Další období od
subscription-unused = Nevyčerpané minuty
subscription-proforma = Převodem do { $days } dní od zálohové faktury. Minuty připíšeme po zaplacení.
subscription-invoice = Na fakturu se splatností { $days } dní. Minuty máte připsané hned.
subscription-consent = Potvrzením souhlasíte, že vám o platbu za každé další období řekneme týden před jeho začátkem, dokud předplatné neukončíte.
subscription-consent-card = Potvrzením souhlasíte, že každé další období zaplatíte stejně, dokud předplatné neukončíte: o převod vám řekneme týden předem, z karty platbu strhneme v den, kdy období začne. Před každou platbou vám napíšeme.
subscription-submit = Předplatit
subscription-plan =
    { $comes ->
        [quarter] { $minutes } každé čtvrtletí, { $total } s DPH
        [quarter_rolls] { $minutes } každé čtvrtletí, { $total } s DPH
       *[other] { $minutes } každý měsíc, { $total } s DPH
    }
subscription-of = Předplatné
subscription-then = Od dalšího období
subscription-period = Období
subscription-payment = Platba
subscription-left = Z období zbývá
subscription-paid = Zaplaceno.
subscription-owed = Na fakturu, čeká se na platbu.
subscription-awaited = Čeká se na platbu.
subscription-lapsed = Nezaplaceno.
subscription-method = Způsob platby
subscription-by-card-note = Teď zaplatíte první období a kartu uložíme u platební brány. Další období z ní strhneme v den, kdy začne, dokud předplatné neukončíte.
subscription-by-transfer = Převodem nebo na fakturu
subscription-by-card = Kartou { $brand } končící { $last4 }, platí do { $until }
subscription-by-card-without = Kartou, žádná ale není uložená
subscription-card-save = Platit kartou
subscription-card-change = Vyměnit kartu
subscription-card-leave = Platit převodem
purchase-lead-debited = Částku strhneme z uložené karty. Zaplatit ji můžete i hned.
subscription-title-active = Předplatné pokračuje { $date }
subscription-lead-active-card = Další období strhneme z uložené karty v den, kdy začne.
subscription-lead-active = O platbu za další období vám řekneme týden předem.
subscription-title-ends = Předplatné končí { $date }
subscription-lead-ends = Zaplacené minuty můžete čerpat dál. Do té doby můžete ukončení vzít zpět.
subscription-title-pauses = Předplatné se pozastaví { $date }
subscription-lead-pauses = Zaplacené minuty můžete čerpat dál. Do té doby můžete pozastavení vzít zpět.
subscription-title-paused = Předplatné je pozastavené
subscription-lead-paused = Další minuty nechodí a nic za ně neplatíte. Domluvené termíny platí.
subscription-title-ended = Předplatné skončilo
subscription-lead-ended = Zaplacené minuty můžete čerpat, dokud platí.
subscription-resume = Obnovit předplatné
subscription-end = Ukončit ke konci období
subscription-keep = Nechat pokračovat
subscription-pause = Pozastavit ke konci období
subscription-change = Jiné předplatné
subscription-change-hint = Platí od dalšího období; tohle zůstává, jak je.
saved-card-link = Uložená karta
saved-card-title = Uložená karta
saved-card-title-none = Žádná karta není uložená
saved-card-lead-none = Kartu uložíte, když jí zaplatíte předplatné nebo zapnete dobíjení.
saved-card-what = Karta
saved-card-is = { $brand } končící { $last4 }, platí do { $until }
saved-card-follows = Co se stane, když ji odeberete
saved-card-forgotten = Zapomene ji i platební brána. Zpět ji vrátíte jen tím, že ji zadáte znovu.
saved-card-subscription = Předplatné budete platit převodem. O platbu vám řekneme předem.
saved-card-top-up = Automatické dobíjení minut se vypne.
saved-card-owing = Co se z ní má ještě strhnout, zaplatíte převodem nebo se zruší. Platba, o kterou jsme banku už požádali, doběhne.
saved-card-nothing = Nic se z ní teď neplatí.
saved-card-remove = Odebrat kartu
top-up-link = Dobíjet minuty automaticky
top-up-title-on = Minuty se dobíjejí samy
top-up-lead-on = Když vám zbude málo volných minut, koupíme další z uložené karty. Po každé platbě vám pošleme doklad.
top-up-title-off = Automatické dobíjení minut
top-up-lead-off = Když vám zbude málo volných minut, koupíme další z uložené karty. Domluvené termíny na tom nezávisí.
top-up-title-failed = Automatické dobíjení je vypnuté
top-up-lead-failed = Banka platbu uloženou kartou nepřijala, a tak jsme dobíjení vypnuli. Vyměňte kartu, nebo je zapněte znovu.
top-up-lead-dearer = Vybraný balíček stojí víc, než s čím jste souhlasili, nebo už se neprodává. Vyberte znovu.
top-up-below = Když zbývá méně než
top-up-minutes = volných minut
top-up-what = Koupit
top-up-bundle = { $minutes } za { $total } s DPH
top-up-most = Nejvýš kolikrát za měsíc
top-up-agreed = Souhlas udělen
top-up-form = Kdy a co dobíjet
top-up-consent = Potvrzením souhlasíte, že vybraný balíček koupíme a jeho cenu strhneme z uložené karty sami, kdykoli zbude méně volných minut, než jste zadali, nejvýš tolikrát za měsíc, kolikrát jste zadali. Když zdraží nebo banka platbu nepřijme, dobíjení vypneme a napíšeme vám. Vypnout je můžete kdykoli.
top-up-agree = Zapnout dobíjení
top-up-end = Vypnout dobíjení
top-up-card-first = Nejdřív uložte kartu u platební brány. Nic se z ní teď nestrhne.
top-up-card-save = Uložit kartu
top-up-without-cards = Kartou se teď platit nedá, a tak nejde zapnout ani dobíjení.
