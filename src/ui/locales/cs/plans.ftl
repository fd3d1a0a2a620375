# Plány techniků, nepřítomnost, zavřené dny a kam s termíny.
nav-plans = Plány
plans-title = Kdy kdo pracuje
plans-lead = Podle plánů se zákazníkům nabízejí termíny. Kdo není v práci, tomu se nic nenabídne.
plans-nobody = Zatím tu není žádný technik.
plans-nobody-help = Až vedoucí nějakého pozve, uvidíte tady, kdy pracuje.
plans-all = Plány všech techniků
plans-technician = Technik
plans-today = Dnes
plans-coming = Co se změní
plans-exceptions = Výjimky
plans-none = Nic naplánováno
plans-day-off = volno
plans-changes = Jiný týden od { $date }
plans-stops = Od { $date } nepracuje
plans-no-work = Nepracuje
plans-leaves = Odchází k { $date }
plans-off = Nepřítomnost: { $when }
plans-extra = Navíc v práci: { $when }
plans-weeks = Týdny
plans-week-always = Platí teď
plans-week-from = Od { $first }
plans-week-until = Platí teď, do { $last }
plans-week-between = Od { $first } do { $last }
plans-weekday = { $day ->
    [1] Pondělí
    [2] Úterý
    [3] Středa
    [4] Čtvrtek
    [5] Pátek
    [6] Sobota
   *[other] Neděle
}
plans-change = Změnit týden
plans-change-lead = Nový týden nahradí, co je na ty dny naplánováno. Domluvené termíny, které se do něj nevejdou, vám hned ukážeme.
plans-from-day = Od kterého dne
plans-to-day = Do kterého dne
plans-to-day-hint = Nevyplněno: natrvalo. Po posledním dni platí zase dosavadní plán.
plans-day-hint = Časy pište třeba takhle: 7:00–11:30, 12:00–15:30. Prázdný den je volno.
plans-save = Uložit týden
plans-no-exceptions = Žádné.
plans-remove = Zrušit
plans-absence = Nepřítomnost
plans-absence-lead = Od této chvíle se v tom čase nic nového nedomluví. Termíny, které už domluvené jsou, vám hned ukážeme i s návrhem, kam s nimi.
plans-kind = O co jde
plans-kind-off = Není v práci
plans-kind-extra = Je v práci navíc
plans-first-day = První den
plans-last-day = Poslední den
plans-last-day-hint = Nevyplněno: jen první den.
plans-from-time = Od kolika hodin
plans-from-time-hint = Nevyplněno: celé dny.
plans-until-time = Do kolika hodin
plans-note = Poznámka
plans-note-hint = Jen pro kolegy, zákazníci ji nevidí.
plans-absence-submit = Zapsat
closures-title = Kdy máme zavřeno
closures-lead = V zavřené dny nikdo nepracuje a nenabízejí se žádné termíny.
closures-own = Zavřené dny
closures-none = Jen o víkendech a svátcích.
closures-holidays = Svátky
closures-holidays-lead = Počítají se samy, nic nezapisujete.
closures-close = Zavřít linku
closures-close-lead = Od této chvíle se na ty dny nic nového nedomluví. Termíny, které už domluvené jsou, vám hned ukážeme i s návrhem, kam s nimi.
closures-why = Proč
closures-why-hint = Přečtou si to zákazníci, třeba „Inventura“.
closures-close-submit = Zavřít
closures-open = Otevřít
displaced-title = Termíny bez technika
displaced-link = Termíny bez technika
displaced-none = Všechny domluvené termíny mají svého technika.
displaced-none-help = Až někdo onemocní, změní se plán nebo zavřete, najdete tady termíny, kterých se to týká, a návrh, kam s nimi.
displaced-to-desk = Zpět na termíny
displaced-waiting = { $count ->
    [one] { $count } termín potřebuje jiné místo
    [few] { $count } termíny potřebují jiné místo
   *[other] { $count } termínů potřebuje jiné místo
}
displaced-lead = Komu čas zůstane, ten nic nepozná. Ostatním napíšeme a omluvíme se.
displaced-more = Ukazujeme { $shown } nejbližších z { $total }. Další přijdou na řadu potom.
displaced-apply = Provést, co je vybráno
displaced-column-now = Teď
displaced-column-place = Kam
displaced-column-told = Co se zákazník dozví
displaced-column-choice = Co s tím
displaced-absence = { $technician } není v práci
displaced-plan = { $technician } v tu dobu nepracuje
displaced-leaving = { $technician } odchází
displaced-closure = Máme zavřeno
displaced-same-time = Ve stejný čas · { $technician }
displaced-no-place = Žádné volné místo
displaced-previewed = Znění e-mailů ukazujeme u prvních { $shown }. U dalších bude, až na ně přijde řada.
displaced-told-nothing = Nic, čas zůstává.
displaced-told-moved = E-mail s omluvou a novým termínem: { $slot }. Může si vybrat jiný.
displaced-told-pick = E-mail s omluvou. Nový termín si vybere přednostně.
displaced-told-call = Nemá e-mail: zůstane ve frontě, dokud mu nezavoláte.
displaced-told-dispatch = E-mail s omluvou. Nový termín čeká na vás.
displaced-choose-place = Podle návrhu
displaced-choose-pick = Vybere si znovu
displaced-choose-leave = Nechat, jak je
displaced-choose-later = Teď nic
displaced-choice-of = Co s termínem: { $customer }
absent-link = Někdo dnes nepřijde
absent-title = Kdo dnes nepřijde?
absent-lead = Zapíšeme nepřítomnost a ukážeme, kam s jeho termíny. Práci, která už běží, necháme být.
absent-ahead = Dnes ještě před sebou
absent-count = { $count ->
    [0] nic
    [one] { $count } termín
    [few] { $count } termíny
   *[other] { $count } termínů
}
absent-action = Nepřítomnost
absent-rest = Zbytek dne
absent-day = Celý dnešek
absent-one = { $name } nepřijde
absent-until = Na více dní
absent-until-submit = Nepřijde do tohoto dne
absent-hours = Jen na pár hodin, nebo od jiného dne
absent-back = Zpět na plachtu
absent-one-lead = { $count ->
        [0] Dnes už nemá před sebou žádný termín.
        [one] Dnes má před sebou ještě { $count } termín. Ukážeme, kam s ním.
        [few] Dnes má před sebou ještě { $count } termíny. Ukážeme, kam s nimi.
       *[other] Dnes má před sebou ještě { $count } termínů. Ukážeme, kam s nimi.
    }
absent-already = Nepřítomnost je zapsaná.
absent-longer = Na více dní, nebo jen na pár hodin
leave-title = { $name } odchází
leave-lead = { $count ->
    [0] Od { $date } nemá domluvený žádný termín.
    [one] Od { $date } má domluvený { $count } termín. Vyberte, kam s ním.
    [few] Od { $date } má domluvené { $count } termíny. Vyberte, kam s nimi.
   *[other] Od { $date } má domluvených { $count } termínů. Vyberte, kam s nimi.
}
leave-from = Od kterého dne už tu nepracuje
leave-from-hint = Do té doby pracuje podle plánu.
leave-show = Ukázat termíny
leave-hint = Provede se všechno najednou, nebo nic. Kdo odchází dnes, je hned odhlášený.
leave-submit = Předat termíny a odejít k { $date }
leave-back = Zpět
