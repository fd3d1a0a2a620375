### Vzorník, jen v ukázce.

gallery-title = Vzorník
gallery-lead = Každá součást v každém stavu.
gallery-button = Odeslat
gallery-link = Pokračovat jinam
gallery-disabled = Teď to nejde
gallery-label = Jméno
gallery-hint = Kdo bude u počítače, až se technik připojí.
gallery-filled = Marie Kuchařová
gallery-typed = 12a
gallery-suffix = minut
gallery-question = Co potřebujete?
gallery-option = Chybové hlášení
gallery-option-other = Instalace nové verze
gallery-empty = Zatím žádné požadavky.
gallery-person = Jana Dvořáková
gallery-tier = Rychlá
gallery-long-label = Základní škola a mateřská škola Horní Bečva, příspěvková organizace, školní jídelna a výdejna Zubří
gallery-long = Po včerejší aktualizaci nejneobhospodařovávatelnějšího skladu se při tisku stravenek objeví hlášení, že tiskárna není k dispozici, i když jiné programy na ní tisknou. Zkoušeli jsme počítač i tiskárnu restartovat a nepomohlo to.
