### Dispečink: fronta, požadavek, co se s ním udělá, a kdo volá.

nav-queue = Fronta
nav-search = Najít zákazníka nebo požadavek
nav-search-hint = Zákazník, číslo
nav-search-all = Hledání na celém dispečinku

## Fronta

queue-title = { $count ->
        [one] Čeká { $count } věc, nejdéle { $longest } pracovní doby
        [few] Čekají { $count } věci, nejdéle { $longest } pracovní doby
       *[other] Čeká { $count } věcí, nejdéle { $longest } pracovní doby
    }
queue-title-none = Nic nečeká
queue-parts = Na co se čeká
queue-all = Vše
queue-mine = Moje
queue-resting = Odložené
queue-none = Tady nic nečeká.
queue-none-help = Co potřebuje dispečink, bude tady. První je to, u čeho nejdřív vyprší slíbená Rychlost.
queue-column-request = Požadavek
queue-column-lane = Na co čeká
queue-column-due = Do kdy
queue-column-who = Kdo to má
queue-due = { $when }
queue-back = Připomínka
queue-rests = odloženo { $until }
queue-nobody = nikdo
lane-new = Nový, bez termínu
case-new-urgent = Urgentní, bez termínu
lane-time-to-choose = Nabídnout termíny
lane-offer-lapsed = Nabídka vypršela
lane-answer-came = Zákazník napsal
lane-follow-up = Práce není hotová
lane-no-show = Zákazník nebyl u počítače
lane-overdue = Technik ještě nezačal
lane-runs-over = Práce přesahuje do dalšího termínu
lane-missed-by-us = Termín jsme nedodrželi
lane-consent-asked = Čeká na souhlas nad strop
lane-objection = Námitka
lane-outage = Hromadný výpadek
lane-call-back = Ozvat se kvůli přesunutému termínu
queue-near-first = První je všechno po termínu, potom vaše regiony.
queue-everywhere = Řadit všechny regiony stejně
queue-by-due = Všechny regiony jsou seřazené stejně.
queue-to-near-first = Nejdřív moje regiony
case-call = Ozvat se: { $name }
case-call-why = Domluvený termín jsme přesunuli a nikdo od zákazníka nemá e-mail. Teď platí: { $slot }
case-called = Zavoláno, zákazník o tom ví
lane-offered = Zákazník vybírá termín

## Požadavek

case-to-queue = Fronta
case-facts = O co jde
case-state = Stav
case-anothers = Má to { $name }.
case-mine = Máte to vy.
case-nobodys = Zatím to nikdo nemá.
case-take = Vzít si
case-take-over = Převzít
case-release = Uvolnit
case-colleague = Kolega
case-hand-over = Předat
case-rest = Odložit
case-rest-hour = O hodinu
case-rest-next-day = Na další pracovní den
case-rest-week = O týden
case-rest-until = Nebo do určitého dne a hodiny
case-rest-until-submit = Odložit
case-rest-over = Vrátit do fronty
case-time = Najít termín
case-move = Přesunout termín
case-reassign = Dát jinému technikovi
case-reclassify = Opravit druh nebo naléhavost
case-follow-up = Založit navazující
case-cancel = Zrušit
case-decline = Odmítnout
case-objection = Rozhodnout námitku
case-bench = Práce technika
case-earlier = Chce dřívější termín
case-earlier-until = Ptáme se { $until }.
case-earlier-held = Právě držíme { $slot }.
case-offered = Nabídnuto
case-offered-until = Nabídka platí { $until }.
case-follows = Navazuje na
case-followed-by = Pokračuje v
source-portal = portál
source-program = z programu
source-email = e-mail
source-phone = telefon
case-notes = Poznámky a pokusy
case-note = Poznámka
case-note-hint = Čtou ji jen kolegové, zákazník ne.
case-note-kind = Co to je
case-note-only = Jen poznámka
case-note-submit = Zapsat
case-tried = Pokus o kontakt, { $channel }
case-mails = E-maily
case-mails-none = O tomto požadavku zatím žádný e-mail nevznikl.

## Co s ním dispečink udělá

case-back = Zpět na požadavek
case-impossible = Teď to s požadavkem nejde
case-impossible-now = Jak to teď je: { $state }
case-impossible-begun = Jde to jen u požadavku, který čeká nebo má termín, na kterém se ještě nezačalo pracovat.
case-impossible-reassign = Jinému technikovi jde dát jen domluvený termín, na kterém se ještě nezačalo pracovat.
case-impossible-merge = Sloučit jde jen požadavek, který čeká a nemá termín.
case-impossible-follow-up = Požadavek je sloučený a pokračuje pod jiným číslem. Navazující založte u něj.
case-impossible-erased = Osoba, která požadavek zadala, je smazaná. Co je potřeba dodělat, založte jako nový požadavek pro jinou osobu zákazníka.
case-reason = Důvod
case-reason-customer = Zákazník si ho přečte v e-mailu a v průběhu.
case-reason-called = E-mail nikdo nedostane. Řekněte důvod po telefonu, v průběhu zůstane.
case-reason-colleagues = Čtou ho jen kolegové. Zákazníkovi se nic nemění.
case-times = Volné časy
case-times-of = Jen volné časy, které má { $name }.
case-times-all = Ukázat časy všech
case-time-now = Teď platí: { $time }
case-time-late = pozdě
case-promised = Urgentní: začátek jsme slíbili { $until }. Časy označené slovem „pozdě“ začínají až potom.
case-no-times = Nikdo, kdo tuto práci umí, nemá volno.
case-no-times-help = Uvolněte čas jinému termínu, nebo upravte plán techniků.
case-anybody = kdokoli volný
case-offer = Nabídnout zákazníkovi
case-offer-nobody = Kdo požadavek zadal, nemá e-mail ani přihlášení, nabídka by k němu nedošla. Domluvte čas po telefonu:
case-offer-help = Zaškrtněte 1 až { $most } časů. Zákazník dostane e-mail a vybere si; do té doby se nic nedrží.
case-agree = Domluvit hned
case-agree-help = Domluvili jste se po telefonu? Zaškrtněte jeden čas.
case-move-to = Přesunout
case-nobody-free = V tuto dobu nemá volno nikdo další, kdo to umí.
case-nobody-free-help = Přesuňte termín na jiný čas.
case-reassign-lead = { $slot }, teď { $name }. Čas zůstává: zákazníkovi jsme slíbili čas, ne určitého technika.
case-reassign-to = Nový technik
case-reassign-submit = Dát tomuto technikovi
case-what-stopped = Co přestalo fungovat
case-since = Od kdy
case-reclassify-submit = Opravit
case-merge = Sloučit s jiným
case-merge-lead = Tento požadavek skončí a zákazník se dozví, pod kterým číslem pokračujeme.
case-merge-into = Který požadavek pokračuje
case-merge-goes-on = Pokračuje požadavek { $number }.
case-merge-submit = Sloučit požadavky
case-merge-none = Zákazník nemá jiný otevřený požadavek.
case-merge-none-help = Slučuje se s požadavkem, který čeká nebo má termín.
case-merged-into = Sloučeno s
case-merged-from = Sloučeno z
case-follow-up-lead = Nový požadavek bude mít stejného zákazníka, program i druh práce a zařadí se do fronty.
case-follow-up-what = Co je potřeba dodělat
case-follow-up-submit = Založit
case-cancel-submit = Zrušit požadavek
case-decline-submit = Odmítnout požadavek
field-start-of-other-work = Vyberte čas znovu, předchozí byl pro jiný druh práce
field-starts = Zaškrtněte nejvýš tolik časů, kolik jich jde nabídnout. Domluvit jde jen jeden
field-starts-same = Tento čas už je domluvený. Vyberte jiný
field-starts-nobody = Nabídku by nikdo nedostal. Domluvte jeden čas po telefonu
field-rest-urgent = Urgentní požadavek jde odložit nejvýš o hodinu
field-rest-until = Vyberte čas, který teprve přijde, nejvýš { $days } dní dopředu. Urgentní požadavek jde odložit nejvýš o hodinu.
field-technician = Vyberte technika, který to ještě nemá

## Kdo volá

intake-link = Někdo volá
intake-title = Kdo volá
intake-search = Zákazník, osoba nebo číslo
intake-search-hint = Telefon, jméno, e-mail, IČO, TeamViewer, číslo smlouvy, licence, požadavku nebo dokladu.
intake-found = Nalezení zákazníci
intake-found-more = Ukazujeme prvních { $shown }. Když mezi nimi není ten pravý, napište víc.
intake-nobody = Nikoho takového jsme nenašli.
intake-nobody-help = Zkuste IČO nebo část názvu.
intake-new = Zapsat nového volajícího
intake-new-organisation = Organizace
intake-new-ico = IČO, pokud ho zná
intake-new-ico-known = Otevřít zákazníka s tímto IČO
intake-new-program = Vyberte program
intake-new-name = Jméno volajícího
intake-new-phone = Telefon volajícího
intake-new-submit = Zapsat a pokračovat
intake-new-person = Volá někdo, kdo tu není zapsaný
intake-new-person-submit = Zapsat osobu
intake-caller = Zákazník
intake-free = Volné minuty
intake-programs = Programy
intake-customer = Smlouva a minuty
intake-open = Otevřené požadavky
intake-blocked = Tento zákazník teď nemůže objednávat
intake-former = Tohle už náš zákazník není
intake-former-help = Nový požadavek mu nezapíšete. Co je domluvené, platí.
intake-blocked-help = Nový požadavek mu nezapíšete, dokud ho vedoucí neodblokuje. Co je domluvené, platí.
intake-open-none = Nic otevřeného nemá.
intake-what = Co říká
intake-program = Program
intake-contact-name = Kdo bude u počítače
intake-contact-phone = Kam technik zavolá
intake-member = Za koho to je
intake-when = Kdy
intake-when-hint = Nejbližší volné časy pro práci „{ $work }“. Když vyberete jiný druh práce, po odeslání ukážeme jeho časy. Pozdější najdete na stránce požadavku.
intake-queue = Zařadit do fronty
intake-queue-note = Termín se domluví později.
intake-no-mail = { $name } (bez e-mailu, potvrďte po telefonu)
intake-late-if-urgent = pro urgentní o { $minutes } min později, než slibujeme
intake-pushes =
    { $count ->
        [one] zdrží { $count } další zásah
        [few] zdrží { $count } další zásahy
       *[other] zdrží { $count } dalších zásahů
    }
intake-at-once = ve stejnou dobu už má { $number }
intake-means-note = E-mail dostane osoba, za kterou požadavek zapíšete; tady vidíte, jak přijde tomu, kdo je vybraný. Zařazením do fronty se nikomu nic nepošle.
intake-submit = Zapsat požadavek
case-rated = Hodnocení { $score } z { $most }
case-agreed-to = S vyúčtováním souhlasili { $at }
