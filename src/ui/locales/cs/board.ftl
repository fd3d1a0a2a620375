### Plachta: den a týden techniků vedle toho, co čeká.

nav-board = Plachta
board-link = Plachta dne
board-free-in-all = volno { $time } h
board-reserved = pro urgentní zbývá { $time } h
board-weekend = o víkendu se nepracuje
board-holiday = státní svátek
board-closed = zavřeno: { $reason }
board-days = Jiné dny
board-before = Den předtím
board-after = Den potom
board-today = Dnes
board-week = Týden
board-all = Všechny termíny
board-waiting = { $count ->
        [0] Nic nečeká
        [one] Čeká { $count } věc
        [few] Čekají { $count } věci
       *[other] Čeká { $count } věcí
    }
board-nothing-waits = Co potřebuje dispečink, bude tady.
board-queue = Celá fronta
board-queue-rest = { $count ->
        [one] Celá fronta, ještě { $count } věc
        [few] Celá fronta, ještě { $count } věci
       *[other] Celá fronta, ještě { $count } věcí
    }
board-whole = Celý požadavek
board-close = Zavřít
board-technicians = Den techniků
board-nobody = Nikdo tady nepracuje jako technik.
board-free = volno
board-absent = nepřítomnost
board-not-planned = nepracuje
board-goes-on = přetahuje
board-week-title = Týden od { $date }
board-weeks = Jiné týdny
board-week-before = Týden předtím
board-week-after = Týden potom
board-day = Plachta dneška
board-appointments = { $count ->
        [one] { $count } termín
        [few] { $count } termíny
       *[other] { $count } termínů
    }
board-free-time = volno { $time } h
board-nothing = nic

## Co komu píšeme

wishes-title = Co vám píšeme
wishes-link = Nastavit e-maily
wishes-lead = O čem vám má Linka sama napsat. Co je nového, přijde v jednom e-mailu a jen jednou.
wishes-back = Zpátky na účet
wishes-kinds = Napsat mi, když
wishes-urgent = čeká něco urgentního
wishes-urgent-hint = Urgentní požadavek bez termínu, pokud ho nemá někdo jiný.
wishes-waits = čeká cokoli dalšího
wishes-waits-hint = Nový požadavek, propadlá nabídka, pokračování, nezastižený zákazník.
wishes-trouble = se něco nedaří
wishes-trouble-hint = Nikdo nezačal, nikdo nepřišel, zásah přetahuje, zákazník má odpovědět nebo namítá.
wishes-plan = zákazník změní můj plán
wishes-plan-hint = Domluví si, přesune nebo zruší termín, který je váš.
wishes-quiet = Kdy mi nepsat
wishes-quiet-hint = Co se stane v té době, napíšeme po ní, pokud to ještě platí.
wishes-quiet-from = Od
wishes-quiet-until = Do
wishes-never = bez omezení
