### Odeslané požadavky: seznam, jeden z nich, nový termín, přesun a zrušení.

requests-title = Požadavky
requests-next = Nejbližší termín
requests-upcoming = Další termíny
requests-waiting = Čekají na termín
requests-earlier = Dřívější
requests-former = Dřívější požadavky ({ $name })
requests-former-lead = Co jste objednali, než jsme organizaci spojili s vaší dnešní. Dá se to jen číst.
requests-former-none = Nic takového tu není.
requests-without-time = Termín není domluvený
requests-none = Zatím žádné požadavky.
requests-none-help = Až něco objednáte, uvidíte tady termín i průběh.
requests-order = Objednat zásah
requests-column-number = Číslo
requests-column-when = Termín
requests-column-what = Co
requests-column-who = Kdo objednal
requests-column-state = Stav

## Jeden požadavek

requests-title-waiting = Termín vám navrhne dispečer
requests-title-outage = Víme o tom, pracujeme na opravě
requests-title-unfinished = Práce zatím není hotová. Vyberte další termín.
requests-title-missed = U počítače nikdo nebyl. Vyberte nový termín.
requests-title-missed-by-us = Technik se nepřipojil, omlouváme se
requests-missed = Domluvený termín jsme zmeškali: { $when }
requests-missed-pick = Vyberte si nový, máte přednost: nabízíme každý volný čas od této chvíle. Jako přesun se to nepočítá. Nebo nám zavolejte: { $phone }.
requests-missed-dispatch = Nový termín vám navrhneme přednostně. Můžete nám i zavolat: { $phone }.
requests-missed-terms = Jako přesun se to nepočítá.
requests-title-called-off-by-us = Termín jsme museli zrušit, omlouváme se
requests-called-off-by-us = Domluvený termín nemůžeme dodržet: { $when }
requests-missed-card = Domluvený termín jsme nedodrželi, omlouváme se. Nový termín má přednost.
requests-asked = Zeptali jsme se, jestli pokračovat
requests-title-pick = Vyberte termín
requests-title-offered = Nabízíme vám tyto termíny
requests-offered-until = Jeden z nich vyberte { $until }. Když některý mezitím obsadí někdo jiný, nabídneme místo něj další.
requests-title-put-right = Opravujeme vyúčtování
requests-title-in-progress = Technik právě pracuje
requests-title-closed = Hotovo
requests-title-cancelled = Požadavek je zrušený
requests-news-confirmed = Termín je domluvený.
requests-news-moved = Termín je přesunutý. Do kalendáře si ho přidejte znovu.
requests-news-waiting = Požadavek jsme přijali. Jakmile dispečer navrhne termín, uvidíte ho tady.
requests-ready-how = Připojí se technik přes TeamViewer.
requests-ready-what = Mějte spuštěný TeamViewer a program { $program }.
requests-ready-who = U počítače bude { $name }, technik zavolá na { $phone }.
requests-said-ready = Dali jste nám vědět, že je všechno připravené.
requests-said-call = Požádali jste, aby technik nejdřív zavolal.
requests-pick = Vybrat termín
requests-pick-by-others = Termín může vybrat ten, kdo u vás smí objednávat.
requests-joins = Když navážeme { $until }, nové minimum se neúčtuje.
requests-move = Přesunout
requests-cancel = Zrušit
requests-calendar = Přidat do kalendáře
requests-change-until = Přesunout nebo zrušit můžete { $until }, přesunout ještě { $moves }×. Potom nám zavolejte: { $phone }.
requests-no-moves-left = Přesunout už nejde, termín se měnil tolikrát, kolikrát to jde. Zrušit můžete { $until }.
requests-change-too-late = Přesunout nebo zrušit šlo { $until }. Teď nám zavolejte: { $phone }.
requests-prepared = Technik už pro tento termín { $minutes } připravoval. Při přesunu se to přičte k zásahu, při zrušení se nic neúčtuje.
requests-change-by-others = Přesunout nebo zrušit ho může ten, kdo u vás smí objednávat.
requests-details = Co jste napsali
requests-last-time = Původní termín
requests-ceiling = Zeptat se nad
requests-ordered-term = Objednáno
requests-ordered = { $name }, { $when }
requests-timeline = Průběh

## Nový termín, přesun a zrušení

requests-move-title = Kam termín přesunout?
requests-move-now = Teď platí: { $slot }
requests-move-instead = Místo { $slot }
requests-move-then = { $moves ->
    [0] Po tomto přesunu už termín přesunout nepůjde.
    [one] Po tomto přesunu půjde termín přesunout ještě jednou.
   *[other] Po tomto přesunu půjde termín přesunout ještě { $moves }×.
}
requests-pick-title = Kdy se má technik připojit?
requests-pick-title-unfinished = Kdy má technik pokračovat?
requests-pick-confirm = Potvrdit termín
requests-pick-joins = Naváže na předchozí práci, nové minimum se neúčtuje.
requests-pick-anew = Bude to nový zásah, minimum se účtuje znovu.
requests-pick-none-help = Zavolejte nám na { $phone }, něco spolu najdeme.
requests-back = Zpět na požadavek
requests-move-other = Vybrat jiný čas
requests-move-none-help = Domluvený termín zůstává. Zavolejte nám na { $phone }, něco spolu najdeme.
requests-keep = Ponechat termín
requests-keep-waiting = Ponechat požadavek
requests-cancel-title = Zrušit tento termín?
requests-cancel-title-waiting = Zrušit tento požadavek?
requests-reason-label = Proč ho rušíte
requests-reason-hint = Pomůže nám to plánovat.
requests-cancel-submit = Zrušit požadavek

## Hledání

requests-search = Hledat v požadavcích
requests-find = Hledat
requests-filter-state = Stav
requests-filter-person = Kdo objednal
requests-filter-program = Program
requests-filter-year = Rok
requests-filter-any = Vše
requests-filter-none = Zrušit hledání
requests-found = Nalezené požadavky
requests-found-none = Nic takového jsme nenašli.
requests-all = Všechny požadavky
requests-older = Starší
## Zprávy k požadavku

conversation-title = Zprávy
conversation-none = K tomuto požadavku zatím nikdo nic nenapsal.
conversation-write = Napište nám
conversation-write-help = Odpovíme tady a pošleme vám e-mail. Když to spěchá, zavolejte: { $phone }.
conversation-message = Zpráva
conversation-message-hint = Nejvýš { $max } znaků
conversation-reply = Odpověď zákazníkovi
conversation-reply-hint = Zákazník ji uvidí u požadavku a dostane e-mailem. Nejvýš { $max } znaků.
conversation-reply-hint-untold = Bude u požadavku. Nejvýš { $max } znaků.
conversation-send = Odeslat zprávu
conversation-waits = Zákazník čeká na odpověď { $since }.
conversation-read = Naši poslední zprávu si přečetli { $at }.
conversation-not-told = E-mail nikdo z nich nedostane. Když to spěchá, zatelefonujte jim.
conversation-no-answer = Nepotřebuje odpověď
conversation-unread =
    { $count ->
        [one] Máte novou zprávu.
        [few] Máte { $count } nové zprávy.
       *[other] Máte { $count } nových zpráv.
    }
conversation-unread-read = Přečíst
conversation-unread-requests = Nové zprávy k požadavkům
requests-undo = Spletli jste se? Do { $until } můžete objednávku vzít zpět. Nic nestojí a nikde se nepočítá.
requests-undo-submit = Vzít objednávku zpět
requests-edit = Upravit popis a kontakt
requests-edit-title = Upravit popis a kontakt
requests-edit-submit = Uložit

attachments-title = Přílohy
attachments-choose = Přílohy
attachments-hint = Nejvýš { $most } souborů po { $megabytes } MB: obrázky, PDF, text, záznamy programu, ZIP
attachments-kept =
    { $count ->
        [one] Jeden soubor zůstal přiložený.
        [few] Zůstaly přiložené { $count } soubory.
       *[other] Zůstalo přiloženo { $count } souborů.
    }
attachments-paste = Snímek obrazovky sem vložíte klávesami Ctrl+V, i když právě píšete; soubory sem můžete i přetáhnout.
attachments-drop = Nepřikládat

earlier-title = Chcete dřívější termín?
earlier-now = Teď máte domluveno: { $slot }.
earlier-how = Až se nějaký uvolní, podržíme ho pro vás { $minutes } minut a dáme vám vědět. Než si ho vezmete, platí domluvený termín.
earlier-until = Dokdy hledat dřívější termín
earlier-until-hint = Nejdéle do dne domluveného termínu.
earlier-ask = Chci dřívější termín
earlier-waiting-title = Čekáte na dřívější termín
earlier-waiting = Ptát se budeme { $until }, mimo dobu, kdy vás nemáme rušit.
earlier-keeps = Dokud si nevezmete jiný, platí domluvený termín: { $slot }.
earlier-leave = Už nečekat
earlier-offered = Držíme ho pro vás { $until }. Potom ho nabídneme dalším.
earlier-take = Vzít tento termín
earlier-decline = Nechat ho jiným
earlier-decline-hint = Na jiný dřívější termín budete čekat dál.
earlier-free = Uvolnil se dřívější termín: { $slot }
earlier-answer = Vzít, nebo nechat
earlier-waits = Čekáte na dřívější termín { $until }
earlier-link = Chci dřívější termín
