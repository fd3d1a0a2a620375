### E-maily: předmět, nadpis, pár vět a jeden odkaz.

mails-footer = Tuto zprávu poslala Linka automaticky. Odpovědi nikdo nečte, zavolejte nám: { $phone }.
mails-footer-answered = Tuto zprávu poslala Linka automaticky. Odpovědět můžete na tento e-mail, odpověď připojíme k požadavku. Nebo nám zavolejte: { $phone }.
mails-about = Požadavek { $number }: { $work }, program { $program }.
mails-reason = Důvod: { $reason }
mails-change-until = Změnit termín můžete { $until } na stránce požadavku. Potom nám zavolejte: { $phone }.
mails-change-passed = Na stránce požadavku už termín změnit nejde. Zavolejte nám: { $phone }.
mails-estimate = Odhad { $minutes }: { $payers }.
mails-estimate-paid = { $minutes } po { $rate } bez DPH ({ $total } s DPH)
mails-estimate-paid-total = { $minutes } za { $total } s DPH
mails-view-request = Zobrazit požadavek
mails-view-receipt = Zobrazit vyúčtování

## Domluvený termín

mails-confirmed-subject = Termín je domluvený: { $slot }
mails-moved-subject = Termín je přesunutý: { $slot }
mails-moved = Termín je přesunutý. Původní už neplatí.
mails-cancelled-subject = Termín je zrušený: { $slot }
mails-cancelled-title = Termín je zrušený
mails-cancelled = Technik se nepřipojí { $when }.
mails-withdrawn-subject = Objednávka je vzatá zpět: { $slot }
mails-withdrawn-title = Objednávka je vzatá zpět
mails-withdrawn = Vzali jste ji zpět hned po odeslání. Nic nestojí a nikde se nepočítá.
mails-reminder-subject = Připomínka: technik se připojí { $when }
mails-reminder-title = Technik se připojí { $when }
mails-soon-subject = Technik se připojí { $when }: je všechno připravené?
mails-soon-title = Technik se připojí { $when }
mails-soon-ready = Spusťte prosím TeamViewer a program { $program }.
mails-soon-session = Technika pustíte k počítači tady: { $link }
mails-soon-say = Jedním klepnutím nám řekněte, že je připraveno, posuňte začátek o čtvrt hodiny, nebo si řekněte o zavolání.
mails-soon-link = Odpovědět
mails-no-show-subject = Nezastihli jsme vás: { $slot }
mails-no-show-title = Nezastihli jsme vás
mails-no-show = Technik se { $when } chtěl připojit a nezastihl vás. Za tento termín nic neúčtujeme. Nový vyberte na stránce požadavku, nebo nám zavolejte: { $phone }.
mails-missed-subject = Omlouváme se, technik se nepřipojil: { $slot }
mails-missed-title = Technik se nepřipojil, omlouváme se
mails-missed = Technik se měl připojit { $when } a nepřipojil se. Chyba je na naší straně a nic za to neúčtujeme.
mails-missed-credited = Jako omluvu jsme vám připsali { $minutes }. Najdete je mezi svými minutami.
mails-missed-pick = Vyberte si nový termín, máte přednost: nabízíme každý volný čas od této chvíle. Jako přesun se to nepočítá. Nebo nám zavolejte: { $phone }.
mails-missed-dispatch = Nový termín vám navrhneme přednostně. Můžete nám i zavolat: { $phone }.
mails-by-us-technician = technik, který se měl připojit, v tu dobu nebude k dispozici
mails-by-us-closed = v ten den máme zavřeno
mails-moved-by-us-subject = Omlouváme se, přesunuli jsme váš termín: { $slot }
mails-moved-by-us-title = Nový termín: { $slot }
mails-moved-by-us = Omlouváme se, domluvený termín ({ $former }) jsme museli přesunout: { $because }. Jako přesun se to nepočítá.
mails-moved-by-us-other = Kdyby se vám nový termín nehodil, vyberte si jiný na stránce požadavku, nebo nám zavolejte: { $phone }.
mails-called-off-by-us-subject = Omlouváme se, termín musíme zrušit: { $slot }
mails-called-off-by-us-title = Domluvený termín musíme zrušit, omlouváme se
mails-called-off-by-us = Technik se měl připojit { $when }. Nemůžeme to dodržet: { $because }. Chyba je na naší straně a nic za to neúčtujeme.
mails-pick-time = Vybrat nový termín
mails-offered-subject = Vyberte si termín: požadavek { $number }
mails-offered-title = Nabízíme vám tyto termíny
mails-offered = Jeden z nich vyberte { $until }. Rezervované nejsou: když některý mezitím obsadí někdo jiný, nabídneme místo něj další.
mails-offered-choose = Vybrat termín
mails-came-subject = Máme váš e-mail: požadavek { $number }
mails-came-title = Máme váš e-mail
mails-came = Udělali jsme z něj požadavek. Termín si můžete vybrat na jeho stránce, jinak se vám ozveme.
mails-merged-subject = Požadavek { $number } řešíme pod číslem { $into }
mails-merged-title = Pokračujeme pod číslem { $into }
mails-merged = Dva vaše požadavky se týkají téhož, proto jsme je sloučili. Nic dalšího dělat nemusíte.
mails-earlier-subject = Uvolnil se dřívější termín: { $slot }
mails-earlier-title = Uvolnil se dřívější termín: { $slot }
mails-earlier = Držíme ho pro vás { $until }. Potom ho nabídneme dalším.
mails-earlier-keep = Když neodpovíte, platí dál domluvený termín { $slot }.
mails-earlier-answer = Vzít, nebo nechat
mails-declined-subject = Tento požadavek nemůžeme splnit: { $number }
mails-declined-title = Tento požadavek nemůžeme splnit
mails-declined-call = Pokud jde o nedorozumění, zavolejte nám: { $phone }.
mails-reclassified-subject = Upřesnili jsme váš požadavek { $number }
mails-reclassified-title = Upřesnili jsme váš požadavek
mails-reclassified-urgent = Teď je to urgentní požadavek: { $work }.
mails-reclassified-normal = Teď je to běžný požadavek: { $work }.
mails-visit-planned-subject = Nový termín ve vašem plánu: { $slot }
mails-visit-planned-title = Nový termín: { $customer }
mails-visit-withdrawn-subject = Z vašeho plánu zmizel termín: { $slot }
mails-visit-withdrawn-title = Tento termín už není váš: { $customer }
mails-visit-about = Požadavek { $number }, { $slot }.
mails-visit-open = Otevřít můj den
mails-plan-changed = { $count ->
        [one] { $count } změna ve vašem plánu
        [few] { $count } změny ve vašem plánu
       *[other] { $count } změn ve vašem plánu
    }
mails-plan-new = nový termín
mails-plan-gone = už není váš

## Práce a její minuty

mails-consent-subject = Smíme pokračovat? Požadavek { $number } dosáhl { $minutes }
mails-consent-title = Práce dosáhla { $minutes }. Smíme pokračovat?
mails-consent = To je hranice, nad kterou se vás máme zeptat. Technik jí dosáhl { $when }. Dokud neodpovíte, nic dalšího neúčtujeme.
mails-consent-answer = Odpovědět
mails-closed-subject = Hotovo: { $work }, { $minutes }
mails-closed-title = Hotovo, účtujeme { $minutes }
mails-closed-again-subject = Hotovo: { $work }, celkem { $minutes }
mails-called-off = Domluvený termín už není potřeba: technik se nepřipojí { $when }.
mails-closed-again-title = Hotovo, celkem účtujeme { $minutes }
mails-free-subject = Hotovo: { $work }, nic neúčtujeme
mails-free-title = Hotovo, nic neúčtujeme
mails-suspended-subject = Budeme pokračovat: { $work }, zatím { $minutes }
mails-suspended-title = Ještě není hotovo, budeme pokračovat
mails-suspended = Další termín vyberte na stránce požadavku, nebo nám zavolejte: { $phone }.
mails-resumed = Do vyúčtování jsme doplnili další práci na stejném zásahu.
mails-resumed-minimum = Do vyúčtování jsme doplnili další práci na stejném zásahu, minimum { $minimum } proto platí jen jednou.
mails-contest-accepted = Námitku jsme uznali
mails-contest-rejected = Námitku jsme neuznali
mails-contest-partly = Námitku jsme uznali zčásti
mails-contest-partly-help = { $minutes } z této části práce už neúčtujeme. Kolik účtujeme teď, uvidíte ve vyúčtování.
mails-contest-accepted-help = Tuto část práce už neúčtujeme. Kolik účtujeme teď, uvidíte ve vyúčtování.
mails-contest-rejected-help = Vyúčtování zůstává, jak bylo.
mails-contest-subject = { $answer }: požadavek { $number }

## Předplacené minuty

mails-alert-left = Zbývá { $left } z { $granted }
mails-alert-left-help = Vyčerpali jste { $percent } % minut, které máte ze smlouvy a z balíčků.
mails-alert-none = Předplacené minuty jsou vyčerpané
mails-alert-none-help = Další práci účtujeme podle ceníku nebo sazby ve smlouvě, dokud si minuty nedokoupíte.
mails-alert-expiring = Minuty brzy propadnou: { $left }
mails-alert-expiring-help = Čerpat je můžete do { $date } včetně.
mails-alert-free = Volných { $free }, { $reserved } pro domluvené termíny.
mails-view-usage = Zobrazit minuty

## Pro techniky

mails-clock-subject = Neběží hodiny zbytečně? { $customer }
mails-clock-title = Neběží hodiny zbytečně?
mails-clock = Požadavek { $number }, { $customer }: hodiny běží { $since }.
mails-clock-open = Otevřít práci
mails-vendor-wrote-subject = Zpráva k požadavku { $number }
mails-vendor-wrote-title = Napsali jsme vám
mails-vendor-wrote = Odpovědět můžete na stránce požadavku. Na tento e-mail neodpovídejte; když to spěchá, zavolejte: { $phone }.
mails-vendor-wrote-open = Odpovědět
mails-customer-wrote-subject = Zpráva od zákazníka: { $customer }
mails-customer-wrote-title = Zákazník napsal k požadavku, který máte vy
mails-customer-wrote = Požadavek { $number }, { $customer }. Zprávu najdete na pracovním stole a můžete tam odpovědět.
mails-closed-rate = Ohodnotit zásah
mails-closed-agree = S vyúčtováním souhlasím
mails-closed-contest = Nesouhlasím
mails-contested-subject = Námitka k vašemu úseku: požadavek { $number }
mails-contested-title = Zákazník nesouhlasí s vaším úsekem
mails-contested = Napište dispečinku, jak to bylo, než rozhodne. Zákazník vaše vyjádření neuvidí.
mails-contested-open = Vyjádřit se
mails-reopened-subject = Znovu otevřeno: { $customer }
mails-reopened-title = Váš uzavřený zásah je znovu otevřený
mails-reopened = Požadavek { $number }, { $customer }: opravte, co nesedí, a zásah znovu uzavřete. Vyúčtování se opraví samo.
mails-corrected-subject = Opravené vyúčtování: { $work }, { $minutes }
mails-corrected-title = Opravili jsme vyúčtování, účtujeme { $minutes }
mails-corrected = Proč jsme vyúčtování opravili: { $reason }
mails-answered-subject = { $answer }: { $customer }
mails-answered-up-to = Pokračujte do { $minutes }
mails-answered-yes = Pokračujte bez omezení
mails-answered-no = Zákazník si pokračování nepřeje
mails-answered = Požadavek { $number }, { $customer }. Odpověď dal: { $by }.
mails-visit-subject = Zmeškaný termín: { $customer }, { $when }
mails-visit-title = Zmeškaný termín: { $customer }
mails-visit = Požadavek { $number } měl termín { $slot } a hodiny nikdo nespustil. Zákazníkovi jsme se omluvili a nabídli mu nový termín.
mails-visit-what = Dokud si nevybere, můžete začít opožděně. U počítače: { $name }, { $phone }.

## Doklady a platby

mails-view-documents = Zobrazit doklady
mails-pay-subject = { $document }: zaplaťte { $amount } do { $due }
mails-pay-title = Zaplaťte { $amount } do { $due }
mails-pay-how = Částka: { $amount }
    Číslo účtu: { $account }
    IBAN: { $iban }
    Variabilní symbol: { $symbol }
mails-pay-due = Splatnost: { $due }
mails-code = QR platba: { $number }, { $amount }
mails-code-alt = QR kód platby { $amount } pod číslem { $number }
mails-pay-waiting = { $minutes } připíšeme, jakmile platba přijde.
mails-pay-credited = { $minutes } jsme připsali hned. Čerpat je můžete do { $date } včetně.
mails-fee-invoiced = Poplatek podle smlouvy { $contract } za dobu { $from } – { $until }.
mails-month-invoiced = Zásahy nad rámec předplacených minut: { $month }.
mails-attached = V příloze: { $document }. ISDOC pro účetní program je uvnitř PDF.
mails-attached-purchase = V příloze: { $document }, objednávka { $purchase }. ISDOC pro účetní program je uvnitř PDF.
mails-part-subject = Přišla část platby, zbývá { $left }
mails-part-title = Zbývá zaplatit { $left }
mails-part = Z ceny balíčku { $minutes } jsme přijali { $total }. Minuty připíšeme, jakmile přijde zbytek.
mails-used-invoiced = Z balíčku jste vyčerpali { $minutes }, ale platba za něj patřila jinam. Tyto minuty proto účtujeme.
mails-rest-subject = { $document }: zbývá zaplatit { $left }
mails-rest = Na doklad { $document } přišla jen část. Zaplaťte ještě zbytek:
mails-rest-pay = Zaplatit doplatek QR kódem
mails-credited-subject = Připsali jsme { $minutes }
mails-credited-title = Připsali jsme { $minutes }
mails-credited = Čerpat je můžete do { $date } včetně. Platbu { $total } jsme přijali, nic dalšího neplaťte.
mails-credit-note-subject = Opravný doklad k dokladu { $corrects }
mails-credit-note-title = Snižujeme doklad { $corrects } o { $amount }

mails-invited-subject = { $customer } vás zve do Linky
mails-invited-title = { $customer } vás zve do Linky
mails-invited = V Lince objednáte vzdálený zásah, vyberete si termín a uvidíte, co organizaci stál. Zvolte si heslo, kterým se budete přihlašovat. Odkaz platí { $until } a použít ho můžete jednou.
mails-invited-unknown = Pokud pozvání nečekáte, nic nedělejte.
mails-invited-choose = Zvolit heslo
mails-registration-title = Dokončete registraci: { $organisation }
mails-registration = Otevřete odkaz a zvolte si heslo. Odkaz platí { $until } a použít ho můžete jednou.
mails-registration-nod = Běžný zásah objednáte hned potom, urgentní až vaši organizaci ověří dispečer v pracovní době linky. Nepočká to? Zavolejte nám: { $phone }.
mails-registration-unknown = Pokud jste o přístup nežádali, nic nedělejte. Někdo se nejspíš spletl v adrese.
mails-registration-open = Dokončit registraci
mails-access-there-title = Přístup do Linky už máte
mails-access-there = Někdo touto adresou registroval organizaci „{ $organisation }“, nebo vás do ní pozval. S touto adresou se do Linky už přihlašujete; do další organizace se zve jiná.
mails-webhook-title = Webhook je vypnutý
mails-webhook-gone = Program, kterému jsme hlásili, co se děje, odpověděl, že tato adresa zanikla.
mails-webhook-failing = Program, kterému jsme hlásili, co se děje, už { $days } dní nic nepřijal.
mails-webhook-help = Až ho opravíte, webhook zase zapněte. Co se mezitím nepodařilo předat, pošlete mu ze stejné stránky znovu.
mails-webhook-view = Otevřít webhook
mails-access-asked-title = { $name } žádá o přístup
mails-access-asked = Pozvěte ho, nebo žádost odmítněte. Dokud nerozhodnete, nic neuvidí.
mails-access-asked-decide = Rozhodnout
mails-stranger-asks = Chce k zákazníkovi { $organisation }. Rozhoduje ten, kdo organizaci spravuje. Nikdo takový není? Přidejte osobu sami.
mails-stranger-asks-view = Žádosti o přístup
mails-confirmed-customer-title = Ověřili jsme vaši organizaci: { $organisation }
mails-confirmed-customer = Od teď můžete objednat i urgentní zásah, když práce stojí a nemůže počkat.
mails-confirmed-customer-order = Objednat zásah
mails-newcomer-title = Nový zákazník: { $organisation }
mails-newcomer = Zaregistroval se sám. Dokud ho nepotvrdíte, neobjedná urgentní zásah.
mails-newcomer-view = Noví zákazníci
mails-handed-over =
    { $count ->
        [one] Převzali jste { $count } požadavek
        [few] Převzali jste { $count } požadavky
       *[other] Převzali jste { $count } požadavků
    }
mails-handed-over-help = Kolega, který je objednal, už v organizaci není. Domluvené termíny platí a technik teď zavolá vám.
mails-handed-over-view = Zobrazit požadavky
mails-address-new = Do Linky se přihlašujete novou adresou
mails-address-new-help = Nová adresa je { $address }. Heslo zůstává; všude vás to odhlásilo.
mails-address-former = Touto adresou se do Linky už nepřihlásíte
mails-address-former-help = Vedoucí změnil adresu, kterou se přihlašujete. Na novou jsme napsali také.
mails-address-unknown = Jestli o tom nevíte, řekněte to vedoucímu.
mails-address-sign-in = Přihlásit se
mails-password-link-title = Zvolte si nové heslo
mails-password-link = Někdo, nejspíš vy, chce pro tuto adresu nové heslo. Odkaz platí { $until } a jen jednou.
mails-password-link-open = Zvolit heslo
mails-sign-in-link-title = Odkaz k přihlášení
mails-sign-in-link = Odkaz vás jednou přihlásí. Platí { $until }.
mails-sign-in-link-open = Přihlásit se
mails-link-unknown = Jestli jste o něj nežádali, nic se neděje. Odkaz nikomu nedávejte.
mails-address-asked-title = Potvrďte novou adresu
mails-address-asked-new = Chcete se do Linky přihlašovat adresou { $address }. Potvrďte to odsud i z dosavadní adresy { $until }.
mails-address-asked-former = Chcete se do Linky přihlašovat jinou adresou. Potvrďte to odsud i z nové adresy { $until }.
mails-address-asked-unknown = Jestli o tom nevíte, nepotvrzujte nic a změňte si heslo.
mails-address-asked-open = Potvrdit adresu
mails-password-changed-title = Heslo je změněné
mails-password-changed = Vaše heslo do Linky se změnilo { $at }.
mails-password-changed-unknown = Jestli jste to nebyli vy, nechte si hned poslat odkaz k novému heslu a zavolejte na { $phone }.
mails-password-changed-open = Poslat odkaz
mails-contract-subject = Smlouva { $number } končí { $date }
mails-contract-title = Smlouva platí jen do { $date }
mails-contract = Po tomto dni přestane platit Rychlost, předplacené minuty i ceny ze smlouvy { $number }.
mails-contract-call = Jestli chcete pokračovat, zavolejte nám: { $phone }.
mails-subscription-view = Vaše předplatné
mails-subscription-renews-subject = Předplatné minut pokračuje { $date }
mails-subscription-renews-title = { $date } začíná další období: { $minutes } za { $total } s DPH
mails-subscription-used = Z minut tohoto období ({ $of }) jste zatím vyčerpali { $used }.
mails-subscription-fits = Poslední měsíce spotřebujete za takové období v průměru { $average }. Předplatné vám sedí.
mails-subscription-too-much = Poslední měsíce spotřebujete za takové období v průměru { $average }. Vyplatí se menší předplatné, nebo kupovat minuty jednorázově.
mails-subscription-too-little = Poslední měsíce spotřebujete za takové období v průměru { $average }. Vyplatí se větší předplatné.
mails-subscription-free-to-end = O platbu vás teprve požádáme. Než období začne, můžete předplatné změnit, pozastavit nebo ukončit: dokud z něj není nic zaplaceno ani vyčerpáno, neplatíte je.
mails-subscription-debited = Platbu strhneme z uložené karty v den, kdy období začne. Do té doby můžete předplatné změnit, pozastavit nebo ukončit.
mails-card-subject = Platba kartou neprošla: { $total }
mails-card-title = Předplatné minut ({ $minutes }, { $total }) se nepodařilo zaplatit kartou
mails-card-declined = Banka platbu uloženou kartou nepřijala. Domluvené termíny platí dál.
mails-card-asks = Banka chce, abyste platbu potvrdili. Domluvené termíny platí dál.
mails-card-again = Znovu to zkusíme { $date }. Nechcete-li čekat, vyřešíte to hned.
mails-card-last = Už to zkoušet nebudeme a předplatné pozastavíme. Obnovit je můžete, kdykoli budete chtít.
mails-card-pay = Potvrdit platbu
mails-card-change = Vyměnit kartu
mails-card-removed-subject = Karta končící { $last4 } je odebraná
mails-card-removed-title = Uloženou kartu končící { $last4 } jsme odebrali
mails-card-removed-subscription = Předplatné teď platíte převodem: o platbu vám vždy řekneme předem.
mails-card-removed-top-up = Automatické dobíjení minut je vypnuté.
mails-card-removed-again = Nic dalšího z ní nestrhneme, jen platbu, o kterou jsme banku požádali dřív, necháme doběhnout. Jinou kartu můžete uložit kdykoli.
mails-card-not-kept-subject = Kartu končící { $last4 } jsme neuložili
mails-card-not-kept-title = Kartu končící { $last4 } jsme neuložili
mails-card-not-kept = Kdo ji zadal, už u vás nesmí kupovat. Nic jsme z ní nestrhli a platební bránu jsme požádali, ať ji zapomene.
mails-card-view = Uložená karta
mails-top-up-subject = Automatické dobíjení minut je vypnuté
mails-top-up-title = Automatické dobíjení minut jsme vypnuli
mails-top-up-failed = Banka platbu uloženou kartou nepřijala. Nic jsme nestrhli a domluvené termíny platí dál.
mails-top-up-dearer = Balíček, který jste si vybrali, teď stojí víc, než s čím jste souhlasili, nebo už se neprodává. Nic jsme nestrhli.
mails-top-up-again = Zapnout je můžete znovu, třeba s jinou kartou nebo jiným balíčkem.
mails-top-up-view = Nastavit dobíjení
mails-subscription-paused-subject = Předplatné minut je pozastavené
mails-subscription-paused-title = Předplatné minut jsme pozastavili
mails-subscription-paused = Další období není zaplacené. Domluvené termíny platí a předplatné můžete kdykoli obnovit.
mails-subscription-blocked = Nové nákupy teď u vaší organizace nepřijímáme. Domluvené termíny platí a zaplacené minuty můžete čerpat dál.
mails-subscription-call = S čímkoli poradíme na { $phone }.
mails-contract-view = Co máte ve smlouvě

mails-try-subject = Zkušební e-mail z Linky
mails-try-body = Když tento e-mail čtete, pošta z portálu { $link } odchází.
mails-erased = Obsah je smazaný
mails-erased-why = Osoba, které jsme psali, už v portálu není. Zůstalo jen to, že jsme jí psali.
mails-erased-home = Linka

## Co čeká na dispečinku

mails-desk-waits-one = Čeká: { $lane }, { $customer }
mails-desk-waits-many = { $count ->
        [one] Čeká { $count } věc
        [few] Čekají { $count } věci
       *[other] Čeká { $count } věcí
    }
mails-desk-waits-due = do { $when }
mails-desk-waits-open = Otevřít požadavek
mails-desk-waits-queue = Otevřít frontu
mails-desk-waits-wishes = O čem vám píšeme a kdy ne, si nastavíte na svém účtu.
mails-outage-joined = Víme o tom: { $name }
mails-outage-wait = Nemusíte nic dělat. Až to bude vyřešené, napíšeme vám.
mails-outage-news = Novinky: { $name }
mails-outage-over = Vyřešeno: { $name }
mails-outage-closed = Požadavek jsme uzavřeli.
mails-outage-goes-on = Váš požadavek zůstává otevřený, dořešíme ho s vámi.
mails-outage-called-off = Domluvený termín už nebude potřeba, zrušili jsme ho: { $slot }.
mails-outage-left = Váš požadavek řešíme zvlášť: { $name } to není
mails-outage-left-help = Ukázalo se, že jde o něco jiného. Požadavek zůstává otevřený.
mails-outage-lifted = Minimum neúčtujeme
mails-outage-lifted-help = Vyúčtování jsme opravili, zaplatíte jen skutečný čas. Týká se výpadku „{ $name }“.
mails-and-more = { $count ->
        [one] a další { $count }
        [few] a další { $count }
       *[other] a dalších { $count }
    }
mails-changed-one = { $what }: { $customer }
mails-changed-many = Změněné termíny: { $count }
mails-changed-agreed = Domluvený termín
mails-changed-moved = Přesunutý termín
mails-changed-cancelled = Zrušený termín
mails-changed-board = Otevřít plachtu
mails-digest-subject = { $count ->
        [one] Souhrn dne: { $count } zpráva
        [few] Souhrn dne: { $count } zprávy
       *[other] Souhrn dne: { $count } zpráv
    }
mails-digest-title = Co je u vás nového
mails-digest-more = A k tomu další: { $count }.
mails-digest-open = Otevřít Linku

mails-order-asked-subject = { $by } prosí o objednání zásahu
mails-order-asked-title = { $by } prosí, abyste objednali zásah
mails-order-asked = Objednávat u vás může jen ten, kdo k tomu má oprávnění. Domluvte se, co je potřeba, a zásah objednejte.
