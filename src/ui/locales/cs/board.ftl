### Plachta: den a týden techniků vedle toho, co čeká.

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
