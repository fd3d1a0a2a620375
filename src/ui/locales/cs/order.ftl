### Objednávka vzdáleného zásahu, krok za krokem.

order-send-title = Zkontrolujte a odešlete
order-send = Odeslat požadavek
order-call = Zavolat { $phone }

## Co potřebujete

order-what-title = S čím potřebujete pomoct?
order-to-times = Vybrat termín
order-subject-legend = Program a druh práce
order-subject-recent = Naposledy
order-search-label = Najděte svými slovy, třeba „nejde tisk“
order-search = Najít
order-search-none = Nic takového tu nemáme. Vyberte, co je tomu nejblíž, a napište, co se děje.
order-program-none = Nevedeme u vás žádný program.
order-program-none-help = Pokud nějaký používáte, zavolejte nám na { $phone } a doplníme ho.
order-drafts-title =
    { $count ->
        [one] Rozepsaná objednávka: { $what }
        [few] { $count } rozepsané objednávky, naposledy { $what }
       *[other] { $count } rozepsaných objednávek, naposledy { $what }
    }
order-draft-begun = rozepsáno { $when }
order-draft-held = držíme pro vás { $slot }
order-draft-finish = Dokončit rozepsanou: { $what }
order-draft-discard = Zahodit
order-work-type-typical = obvykle { $minutes }
order-work-type-plannable = Plánuje se předem, urgentně objednat nejde.
order-work-type-dispatch = Termín vám navrhne dispečer.
order-estimate-nothing = Vyberte druh práce a uvidíte, kolik asi zabere a kdo ho zaplatí.
order-what-label = Co se děje, nebo co potřebujete
order-what-hint = Napište, co děláte a co program udělá. Pokud hlásí chybu, opište ji celou. U plánované práce, co má být hotové a do kdy.
order-contact-name-label = Kdo bude u počítače
order-contact-phone-label = Telefon
order-contact-phone-hint = V domluveném termínu na něj technik zavolá.
order-will-call = Zavoláme na { $phone }.
order-promise = Odesláním slibujete, že v domluveném termínu bude na počítači spuštěný TeamViewer a program { $program }. Bez toho se technik nepřipojí. TeamViewer platíme my.

## Naléhavost

order-urgency-legend = Urgentní, nebo běžný požadavek?
order-urgency-urgent = Urgentní
order-urgency-urgent-note = Něco přestalo fungovat, nedalo se to předvídat a práce stojí.
order-urgency-target = S Rychlostí „{ $tier }“ do { $target }.
order-urgency-first = První volný termín je { $when }.
order-urgency-none-urgent = Volný termín teď není, zavolejte nám na { $phone }.
order-urgency-dearer = Minuta stojí { $urgent } místo { $normal } bez DPH.
order-urgency-dearer-contract = Minuta nad rámec smlouvy stojí { $urgent } místo { $normal } bez DPH.
order-urgency-normal = Běžný
order-urgency-normal-note = Práce zatím počká.
order-urgency-first-normal = Nejbližší běžný termín je { $when }.
order-urgency-none-normal = Volný běžný termín teď není.
order-urgency-normal-from = Nejdříve { $when }.
order-urgency-dispatch = Termín vám navrhne dispečer, až požadavek odešlete.
order-what-stopped-label = Co přestalo fungovat
order-what-stopped-hint = Stačí věta: co nejde a koho to zdrží.
order-since-label = Od kdy
order-since-hint = Třeba „od dnešního rána“.
order-urgency-accepted = To k urgentnímu požadavku stačí.
order-planned-why = Tato práce se plánuje předem, proto ji nelze objednat jako urgentní.

## Termín

order-time-title = Kdy se má technik připojit?
order-time-about = vyhradíme { $minutes }
order-time-urgent = urgentní požadavek
order-time-normal = běžný požadavek
order-time-to-confirm = Potvrdit držený termín
order-time-none = Teď není volný žádný termín.
order-time-none-help = Zavolejte nám na { $phone }, něco spolu najdeme. Co jste napsali, zůstává uložené.
order-time-other-urgency = Změnit naléhavost
order-live-taken = obsazeno
order-live-passed = pryč
order-live-earlier = Uvolnil se dřívější termín.
order-live-more = Uvolnily se další termíny.
order-live-all-gone = Termíny, které vidíte, už volné nejsou.
order-live-show = Zobrazit nabídku

## Potvrzení

order-hold-until = Termín pro vás držíme do { $time }.
order-hold-left = Termín pro vás držíme ještě { $left }.
order-hold-two-minutes = Termín pro vás držíme ještě dvě minuty.
order-hold-one-minute = Termín pro vás držíme už jen minutu.
order-hold-over = Termín už nedržíme. Když ho potvrdíte a je ještě volný, bude váš.
order-hold-back = Vybrat termín znovu
order-answer-program = Program
order-answer-work-type = Druh práce
order-answer-what = Co se děje
order-answer-contact = U počítače
order-answer-urgency = Naléhavost
order-claim =
    Urgentní: { $what }
    Od kdy: { $since }
order-ceiling-label = Zeptat se mě, než práce přesáhne
order-ceiling-hint = Technik se s vámi domluví, jestli pokračovat. Nejméně { $least }, nejvýš { $most } minut.
order-ceiling-suffix = minut
order-cut-off =
    { $moves ->
        [one] Přesunout nebo zrušit můžete { $until }, přesunout jednou. Potom nám zavolejte: { $phone }.
       *[other] Přesunout nebo zrušit můžete { $until }, přesunout nejvýš { $moves }×. Potom nám zavolejte: { $phone }.
    }
order-overlap = Ve stejnou dobu už máte domluvený jiný termín
order-overlap-body = U obou bude muset někdo sedět u počítače. Pokud to tak chcete, pokračujte.
order-confirm = Potvrdit termín
order-other-time = Vybrat jiný čas
order-again = Objednat znovu totéž

visit-title = Objednat a zaregistrovat se
visit-lead = Řekněte, co potřebujete a kdo jste. Pak si vyberete termín; platí, jakmile otevřete odkaz v e-mailu.
visit-known = Už se do Linky přihlašujete?
visit-urgent = Stojí práce a nemůže počkat? Urgentní zásahy tu objednáte, až vaši organizaci v pracovní době linky ověří dispečer. Do té doby pomůžeme po telefonu:
visit-who = Pro koho to je
visit-time-lead = Termín pro vás podržíme, než otevřete odkaz, který jsme vám právě poslali. Když to bude trvat déle, vezmeme ho, bude-li ještě volný.
visit-time-none-help = Po telefonu něco spolu najdeme. Co jste napsali, zůstává uložené.
visit-no-time = Termín si vyberu později
