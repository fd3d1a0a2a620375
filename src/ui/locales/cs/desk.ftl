### Co vidí zaměstnanci.

nav-contests = Námitky
nav-customers = Zákazníci
nav-mails = Pošta

state-held = Podržený
state-no-show = Nezastižen
state-missed-by-us = Nedodrželi jsme

desk-title = Termíny
desk-days = Dny
desk-none = Dnes ani v dalších dnech není žádný termín.
desk-none-help = Jakmile si ho zákazník domluví, bude tady.
desk-column-time = Čas
desk-column-technician = Technik
desk-column-customer = Zákazník
desk-column-what = Co
desk-column-contact = U počítače
desk-column-number = Číslo

## Nedodržené termíny

missed-title = Nedodržené termíny
missed-waiting = { $count ->
        [one] { $count } nedodržený termín nemá náhradu
        [few] { $count } nedodržené termíny nemají náhradu
       *[other] { $count } nedodržených termínů nemá náhradu
    }
missed-none = Žádný nedodržený termín nečeká na náhradu.
missed-none-help = Když se k domluvenému termínu deset minut nikdo nepřipojí, nebo ho předem odvoláme, bude tady.
missed-time = Zmeškaný termín
missed-called-off = Termín, který jsme předem odvolali
missed-customer-picks = Nový termín si zákazník vybírá sám, přednostně. Domluvte se s ním po telefonu.
missed-dispatch-picks = Nový termín vybíráte vy, přednostně. Omluvte se zákazníkovi po telefonu.
missed-open = Požadavek { $number }

## Námitky

contests-title = Námitky
contests-waiting = { $count ->
        [one] { $count } námitka čeká na rozhodnutí
        [few] { $count } námitky čekají na rozhodnutí
       *[other] { $count } námitek čeká na rozhodnutí
    }
contests-none = Žádná námitka nečeká na rozhodnutí.
contests-none-help = Až zákazník některý úsek zpochybní, bude tady.
contests-by = { $name }, { $when }
contests-segment = Úsek
contests-segment-is = { $kind }, { $span } ({ $length }), { $technician }
contests-intervention = Zásah
contests-report = Zpráva technika
contests-billed = Vyúčtováno
contests-billed-is = { $billed } min: { $effective } min práce, minimum { $minimum }
contests-returns = Uznáním se vrátí { $minutes } min do předplacených.
contests-waives = Uznáním odpadne { $minutes } min placených penězi.
contests-returns-and-waives = Uznáním se vrátí { $returned } min do předplacených a odpadne { $waived } min placených penězi.
contests-returns-nothing = Uznáním se na vyúčtování nic nezmění.
contests-answer = Odpověď zákazníkovi
contests-answer-hint = Přečte si ji na rozpisu a v e-mailu. Potřebuje ji uznání i zamítnutí.
contests-accept = Uznat
contests-reject = Zamítnout
contests-minutes = Uznat jen část
contests-minutes-hint = Počítají se od konce úseku, nejvýš { $minutes } min.
contests-accept-part = Uznat zčásti
contests-remark = Vyjádření technika
contests-remark-label = Jak to bylo
contests-remark-hint = Přečte si to dispečink, než rozhodne. Zákazník ne.
contests-remark-submit = Odeslat vyjádření
contests-own-title = Námitky k vašim úsekům
contests-own-none = Žádná námitka k vašim úsekům nečeká na rozhodnutí.
contests-own-none-help = Až zákazník některý váš úsek zpochybní, bude tady.
contests-to-decided = Rozhodnuté námitky
contests-to-open = Námitky, které čekají
contests-decided-title = Rozhodnuté námitky
contests-decided-none = Žádná taková námitka.
contests-decided-accepted = Uznána
contests-decided-partly = Uznána zčásti, { $minutes } min
contests-decided-rejected = Zamítnuta
contests-column-customer = Zákazník
contests-column-intervention = Zásah
contests-column-decision = Rozhodnutí
contests-column-reason = Námitka
contests-column-answer = Odpověď
contests-search = Zákazník nebo číslo požadavku
contests-search-submit = Hledat
contests-older = Starší
field-accepted = Rozhodněte, jestli námitku uznáte
field-accepted-minutes = Napište, kolik minut se uznává, nejvýš tolik, kolik úsek trval
field-remark = Napište své vyjádření, aspoň { $min } znaky
field-answer = Napište zákazníkovi odpověď

## Pošta

mails-fine = Žádný neodeslaný e-mail
mails-failed = { $count ->
        [one] { $count } e-mail se nepodařilo odeslat
        [few] { $count } e-maily se nepodařilo odeslat
       *[other] { $count } e-mailů se nepodařilo odeslat
    }
mails-none = Nic nečeká a nic neselhalo.
mails-none-help = E-mail, který se nepodaří odeslat, bude tady.
pushes-failed = Nedoručená upozornění
pushes-failed-note = Poslední, která služba prohlížeče nebo brána pro SMS ani opakovaně nepřijala. Kdo je měl dostat, najde totéž v Lince.
pushes-column-said = Upozornění
mails-column-to = Komu
mails-column-subject = Předmět
mails-column-written = Vznikl
mails-column-state = Stav
mails-attempts = { $count ->
        [one] { $count } pokus
        [few] { $count } pokusy
       *[other] { $count } pokusů
    }
mails-resend = Odeslat znovu
mail-queued = Čeká
mail-sent = Odesláno
mail-failed = Neodesláno
mail-gathered = Čeká na denní souhrn
mail-digested = Odešel v souhrnu
mail-unwished = E-mailem si nepřeje
mail-withdrawn = Už neplatí

demo-mails-title = E-maily ukázky
demo-mails-lead = Ukázka nic neodesílá. Co by přišlo zákazníkům a technikům, najdete tady.
demo-mails-none = Zatím žádný e-mail.
demo-mails-none-help = Objednejte zásah a potvrzení bude tady.
