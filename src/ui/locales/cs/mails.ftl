### E-maily: předmět, nadpis, pár vět a jeden odkaz.

mails-footer = Tuto zprávu poslala Linka automaticky. Odpovědi nikdo nečte, zavolejte nám: { $phone }.
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
mails-reminder-subject = Připomínka: technik se připojí { $when }
mails-reminder-title = Technik se připojí { $when }
mails-no-show-subject = Nezastihli jsme vás: { $slot }
mails-no-show-title = Nezastihli jsme vás
mails-no-show = Technik se { $when } chtěl připojit a nezastihl vás. Za tento termín nic neúčtujeme. Nový vyberte na stránce požadavku, nebo nám zavolejte: { $phone }.
mails-missed-subject = Omlouváme se, technik se nepřipojil: { $slot }
mails-missed-title = Technik se nepřipojil, omlouváme se
mails-missed = Technik se měl připojit { $when } a nepřipojil se. Chyba je na naší straně a nic za to neúčtujeme.
mails-missed-pick = Vyberte si nový termín, máte přednost: nabízíme každý volný čas od této chvíle. Jako přesun se to nepočítá a cena zůstává. Nebo nám zavolejte: { $phone }.
mails-missed-dispatch = Nový termín vám navrhneme přednostně, cena zůstává. Můžete nám i zavolat: { $phone }.
mails-pick-time = Vybrat nový termín

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
mails-clock = Požadavek { $number }, { $customer }: hodiny běží od { $since }.
mails-clock-open = Otevřít práci
mails-contested-subject = Námitka k vašemu úseku: požadavek { $number }
mails-contested-title = Zákazník nesouhlasí s vaším úsekem
mails-contested = Napište dispečinku, jak to bylo, než rozhodne. Zákazník vaše vyjádření neuvidí.
mails-contested-open = Vyjádřit se
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
    Splatnost: { $due }
mails-pay-waiting = { $minutes } připíšeme, jakmile platba přijde.
mails-pay-credited = { $minutes } jsme připsali hned. Čerpat je můžete do { $date } včetně.
mails-month-invoiced = Zásahy nad rámec předplacených minut: { $month }.
mails-attached = V příloze: { $document }. ISDOC pro účetní program je uvnitř PDF.
mails-attached-purchase = V příloze: { $document }, objednávka { $purchase }. ISDOC pro účetní program je uvnitř PDF.
mails-credited-subject = Připsali jsme { $minutes }
mails-credited-title = Připsali jsme { $minutes }
mails-credited = Čerpat je můžete do { $date } včetně. Platbu { $total } jsme přijali, nic dalšího neplaťte.
mails-credit-note-subject = Opravný doklad k dokladu { $corrects }
mails-credit-note-title = Snižujeme doklad { $corrects } o { $amount }

mails-try-subject = Zkušební e-mail z Linky
mails-try-body = Když tento e-mail čtete, pošta z portálu { $link } odchází.
