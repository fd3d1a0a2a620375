backup-title = Poslední záloha: { $when }
backup-title-none = Zatím žádná záloha
backup-none = Kdyby se dnes porouchal disk, přijdete o všechno: zákazníky, minuty i doklady. Zálohujte každou noc a soubor ukládejte na jiný počítač.
backup-old = Záloha je starší než dva dny. Podívejte se, jestli noční úloha na serveru běží.
backup-how = Jak zálohovat
backup-how-make = Na serveru spusťte příkaz níže, nejlépe každou noc. Portál přitom běží dál a v souboru je všechno včetně dokladů.
backup-how-restore = Zpět se záloha vrací do prázdné databáze, když portál stojí:
backup-list = Zálohy
backup-column-when = Kdy
backup-column-file = Soubor
backup-column-by = Kdo
backup-column-size = Velikost
size-kb = { $size } kB
size-mb = { $size } MB
import-regions = Regiony
import-tiers = Rychlosti
import-skills = Dovednosti
import-programs = Programy
import-program-versions = Verze programů
import-work-types = Druhy práce
import-technicians = Technici
import-plans = Týdenní plány techniků
import-series = Číselné řady
import-prices = Ceník
import-bundles = Balíčky minut
import-customers = Zákazníci
import-people = Osoby
import-licences = Licence
import-computers = Počítače zákazníků
import-computer-programs = Programy na počítačích
import-contracts = Smlouvy a jejich dodatky
import-contract-files = Podepsané smlouvy
import-balances = Zůstatky minut
import-invoices = Neuhrazené faktury
import-appointments = Domluvené termíny
import-absences = Nepřítomnosti a práce navíc
import-closures = Zavřené dny
import-standings = Zablokovaní a bývalí zákazníci
import-fault-unknown-file = takovou tabulku neznáme: soubor i list se jmenují jako některá z těch níže, například customers
import-fault-unreadable = soubor se nedá přečíst jako tabulka
import-fault-too-many-lines = soubor je příliš velký, rozdělte ho
import-fault-too-many-columns = víc sloupců, než jich kterákoli tabulka má
import-fault-missing-column = chybí sloupec, bez kterého soubor nejde převzít
import-fault-unknown-column = takový sloupec neznáme; zbytek souboru bereme
import-fault-garbled = je tu znak, který nikdo nepíše: soubor má jiné kódování, než jaká čteme
import-fault-missing = chybí hodnota
import-fault-too-long = text je příliš dlouhý
import-fault-not-an-ico = to není IČO: má osm číslic a poslední z nich je kontrolní
import-fault-not-a-dic = to není DIČ: začíná CZ a má 8 až 10 číslic
import-fault-not-a-postal-code = to není PSČ: má pět číslic
import-fault-not-a-phone = to není telefonní číslo
import-fault-not-an-email = to není e-mailová adresa
import-fault-not-a-number = to není celé číslo
import-fault-out-of-range = číslo je mimo povolené meze
import-fault-not-an-amount = to není částka v korunách
import-fault-not-a-day = to není den: pište 23. 11. 2026 nebo 2026-11-23
import-fault-not-a-moment = to není den a čas: pište 25. 11. 2026 8:00
import-fault-not-yes-or-no = pište ano, nebo ne
import-fault-not-hours = to nejsou hodiny: pište 7:00–11:30, 12:00–15:30
import-fault-not-a-teamviewer-id = to není číslo TeamVieweru: má devět nebo deset číslic
import-fault-unknown-word = takové slovo tu být nemůže
import-fault-ends-before-it-begins = konec je před začátkem
import-fault-needs-another = k tomu patří ještě jiný sloupec a ten je prázdný
import-fault-twice-in-the-file = stejný klíč má už některý řádek výše
import-fault-overlaps-a-line = ve stejné dny už něco říká některý řádek výše
import-fault-unknown-key = nic s takovým klíčem neznáme; nejdřív převezměte tabulku, kde je
import-fault-already-used = to už má někdo jiný
import-fault-overlaps-another = ve stejnou dobu platí jiná smlouva zákazníka
import-fault-taken = technik má v tu dobu jinou práci
import-fault-gone-by-then = technik tu v tu dobu už nepracuje
import-fault-no-such-file = takový soubor u tabulek neleží
import-fault-not-a-pdf = soubor není PDF, nebo má víc než 4 MB
import-fault-damaged = soubor je jiný, než jak byl zapsaný
import-fault-issued = tohle číslo, nebo některé za ním, už je vydané
import-fault-nothing-left = je celá uhrazená; přebírají se jen neuhrazené faktury
import-fault-used-since = z těch minut se tu už čerpalo, takže zůstatek převzít nejde
import-fault-in-the-past = to už bylo
import-fault-cannot-change = to už se změnit nedá; změňte to v portálu
import-fault-refused = databáze to nevzala
import-title = Převzetí dat
import-title-unknown = Nerozpoznáno: v souboru není žádná tabulka
import-title-tried = Zkouška: { $new ->
    [one] { $new } nový řádek
    [few] { $new } nové řádky
   *[other] { $new } nových řádků
}, { $changed ->
    [one] { $changed } změněný
    [few] { $changed } změněné
   *[other] { $changed } změněných
}
import-title-wrong = { $count ->
    [one] { $count } řádek nejde převzít
    [few] { $count } řádky nejdou převzít
   *[other] { $count } řádků nejde převzít
}
import-title-done = Převzato: { $new ->
    [one] { $new } nový řádek
    [few] { $new } nové řádky
   *[other] { $new } nových řádků
}, { $changed ->
    [one] { $changed } změněný
    [few] { $changed } změněné
   *[other] { $changed } změněných
}
import-lead = Zákazníky, osoby, smlouvy a zůstatky převezmete ze starého systému jako tabulky. Převzít je můžete kolikrát chcete: co je stejné, zůstane, a co se liší, se přepíše.
import-send = Nahrát tabulku
import-file = Soubor
import-file-hint = CSV nebo sešit Excelu pojmenovaný podle tabulky, například customers.csv, sešit s více listy nebo ZIP se všemi tabulkami a s podepsanými smlouvami v PDF. Nejvýš 4 MB.
import-dry-run = Jen vyzkoušet
import-dry-run-hint = Nic se nezmění. Uvidíte, co by se převzalo a které řádky převzít nejdou.
import-submit = Nahrát
import-order = Co v jakém pořadí
import-order-lead = Tabulka odkazuje klíčem jen na ty před sebou. První řádek souboru jmenuje sloupce, v libovolném pořadí; nadpisy mohou být i česky, například klíč a název.
import-result = Co z toho vzešlo
import-result-tried = Byla to jen zkouška, nic se nezměnilo. Když je všechno v pořádku, nahrajte soubor ještě jednou a zkoušku odškrtněte.
import-encodings = Kódování poznané podle písmen; jsou-li v textech jiné znaky, než mají být, uložte tabulku v UTF-8:
import-column-table = Tabulka
import-column-new = Nových
import-column-changed = Změněných
import-column-same = Stejných
import-column-wrong = Nepřevzatých
import-problems = Co převzít nejde
import-problems-more = A ještě { $count } dalších. Opravte tyto a nahrajte soubor znovu.
import-column-file = Soubor
import-column-line = Řádek
import-column-column = Sloupec
import-column-reason = Proč
own-data = Vaše údaje
own-data-lead = Co o vás portál vede: jméno, přihlášení, požadavky a námitky, které jste podali. Soubory JSON v jednom archivu.
own-data-download = Stáhnout své údaje
file-own-data = osobni-udaje
import-fault-credited = za tu dobu už má smlouva minuty připsané
import-contacts = Telefony a adresy zákazníků
import-guide-name = Sloupec
import-guide-about = Co v něm je
import-guide-needed = Povinný
import-guide-yes = ano
import-guide-example = Příklad
import-template = Prázdná tabulka { $file }
import-about =
    { $column ->
        [skills-key] Kód z malých písmen a podtržítek.
        [skills-name] Jak se jmenuje.
        [programs-key] Podle čeho ho poznáte, třeba číslo ze starého systému.
        [programs-name] Jak ho znají zákazníci.
        [work_types-key] Podle čeho ho poznáte.
        [work_types-name] Jak ho znají zákazníci.
        [work_types-description] Jedna nebo dvě věty, podle kterých si zákazník vybere.
        [work_types-minutes_from] Kolik minut obvykle trvá nejméně.
        [work_types-minutes_to] Kolik minut obvykle trvá nejvýš.
        [work_types-slot_minutes] Kolik minut dne technika zabere, po čtvrthodinách.
        [work_types-plannable] Jestli se dá předvídat: takový druh není nikdy urgentní. ano, nebo ne.
        [work_types-skill] Klíč potřebné dovednosti.
        [work_types-choice] Kdo vybírá termín: customer je zákazník, dispatch dispečink.
        [work_types-active] Jestli se dá objednat. ano, nebo ne; prázdné je ano.
        [technicians-key] Podle čeho ho poznáte.
        [technicians-name] Jméno.
        [technicians-email] Čím se přihlašuje.
        [technicians-skills] Klíče dovedností oddělené čárkami.
        [technicians-active] Jestli u nás pracuje. ano, nebo ne; prázdné je ano.
        [customers-key] Podle čeho ho poznáte.
        [customers-name] Název, jak má stát na dokladech.
        [customers-ico] IČO organizace.
        [customers-country] Dvě písmena země sídla; prázdné je CZ.
        [customers-dic] DIČ, pokud je plátce DPH.
        [customers-street] Ulice a číslo.
        [customers-city] Obec.
        [customers-postal_code] PSČ.
        [customers-trusted] Jestli se minuty placené převodem připíšou hned, na fakturu. ano, nebo ne.
        [customers-region] Vlastní region linky podle názvu; prázdné je podle PSČ.
        [customers-note] Co vidí vaši lidé všude, kde se se zákazníkem setkají.
        [people-key] Podle čeho ji poznáte.
        [people-customer] Klíč zákazníka.
        [people-name] Jméno.
        [people-phone] Kam se jí volá.
        [people-email] Kam se jí píše; kdo se přihlašuje, přihlašuje se jím.
        [people-capabilities] Co smí: order, see_all, buy, see_billing, manage; oddělené čárkami.
        [people-contact_roles] Na co se jí ptáme a co jí posíláme: orders, consents, documents; oddělené čárkami.
        [people-active] Jestli tam ještě je. ano, nebo ne; prázdné je ano.
        [contacts-customer] Klíč zákazníka.
        [contacts-phone] Telefon, pokud je to telefon.
        [contacts-email] Adresa, pokud je to adresa.
        [contacts-label] Čí to je.
        [licences-customer] Klíč zákazníka.
        [licences-program] Klíč programu.
        [licences-number] Číslo licence.
        [contracts-key] Podle čeho ji poznáte.
        [contracts-customer] Klíč zákazníka.
        [contracts-number] Číslo smlouvy.
        [contracts-tier] Rychlost: basic, standard, fast, nebo express.
        [contracts-from] První den.
        [contracts-until] Poslední den; prázdné je na dobu neurčitou.
        [contracts-minutes_per_period] Kolik minut se připíše v každém období.
        [contracts-period] Jak je období dlouhé: month, quarter, nebo year.
        [contracts-rollover] Co bude s nevyčerpanými: none propadnou, one_period se přenesou o jedno období.
        [contracts-rate] Minuta nad rámec.
        [contracts-urgent_rate] Minuta nad rámec u urgentní práce.
        [contracts-minimum] Kolik minut stojí zásah nejméně.
        [contracts-ceiling] Nad kolik minut se zákazníka zeptáme; prázdné je nikdy.
        [contracts-fee] Co se platí za samu smlouvu.
        [contracts-fee_period] Za jaké období se to platí: month, quarter, nebo year.
        [contracts-fee_day] Který den měsíce, jímž období začíná, se fakturuje: 1 až 28, nebo last (poslední).
        [balances-key] Podle čeho ho poznáte.
        [balances-customer] Klíč zákazníka.
        [balances-contract] Klíč smlouvy, jejíž období to je; prázdné u jiných minut.
        [balances-minutes] Kolik minut zbývá; 0 znamená, že je období smlouvy vyčerpané.
        [balances-from] První den, kdy se dají čerpat.
        [balances-until] Poslední den; prázdné je napořád, u smlouvy být musí.
        [balances-covers_until] Poslední den období smlouvy, dají-li se minuty čerpat déle.
        [balances-reason] Co si k tomu přečte zákazník.
        [appointments-key] Podle čeho ho poznáte.
        [appointments-person] Klíč osoby, která si ho objednala.
        [appointments-program] Klíč programu.
        [appointments-work_type] Klíč druhu práce.
        [appointments-technician] Klíč technika.
        [appointments-start] Kdy začíná.
        [appointments-minutes] Kolik minut trvá, po čtvrthodinách.
        [appointments-what] Co se stalo nebo co se má udělat.
        [series-series] Která řada: requests jsou požadavky, purchases objednávky minut, proforma zálohové faktury, payment daňové doklady k přijatým platbám, invoice faktury, credit_note opravné daňové doklady.
        [series-year] Kterého roku, nejvýš příštího.
        [series-next] Které pořadové číslo bude další.
        [prices-from] Od kterého dne.
        [prices-rate] Minuta pro toho, kdo nemá smlouvu ani minuty.
        [prices-minimum_with_contract] Kolik minut stojí zásah nejméně se smlouvou nebo s minutami.
        [prices-minimum_one_off] Kolik minut stojí zásah nejméně bez nich.
        [bundles-key] Podle čeho ho poznáte, spolu s prvním dnem.
        [bundles-minutes] Kolik minut.
        [bundles-price] Cena všech minut bez DPH.
        [bundles-validity_months] Kolik měsíců po zaplacení se dají čerpat.
        [bundles-comes] Kdy přijdou znovu: once nikdy, month každý měsíc, quarter každé čtvrtletí; month_rolls a quarter_rolls totéž, a nevyčerpané se převádí o jedno období.
        [bundles-from] Od kterého dne se tak prodává.
        [bundles-until] Poslední den; prázdné, dokud konec není, nebo když následuje další řádek téhož klíče.
        [invoices-number] Číslo faktury.
        [invoices-customer] Klíč zákazníka.
        [invoices-variable_symbol] Podle čeho poznáte platbu.
        [invoices-issued] Kdy byla vystavena.
        [invoices-due] Do kdy se má zaplatit.
        [invoices-total] Kolik se má zaplatit, s DPH.
        [invoices-paid] Kolik z toho bylo zaplaceno před převzetím.
        [regions-name] Název regionu; podle něj ho poznáte.
        [regions-phone] Číslo, na které se tam volá, jak má být napsané.
        [regions-postal_prefixes] Jak začínají PSČ v regionu, oddělená čárkami.
        [tiers-key] Kód z malých písmen a podtržítek.
        [tiers-name] Jak ji znají zákazníci.
        [tiers-name_en] Totéž anglicky.
        [tiers-urgent_target] Do kolika pracovních minut se ujmeme urgentního požadavku.
        [tiers-normal_lead] Za kolik pracovních minut nejdřív nabídneme termín běžnému požadavku.
        [tiers-active] Jestli ji mohou dostat další smlouvy. ano, nebo ne; prázdné je ano.
        [skills-name_en] Totéž anglicky.
        [programs-name_en] Totéž anglicky.
        [programs-active] Jestli se nabízí. ano, nebo ne; prázdné je ano.
        [work_types-name_en] Totéž anglicky.
        [work_types-description_en] Totéž anglicky.
        [technicians-leaves_on] Od kterého dne u nás už nepracuje.
        [plans-technician] Klíč technika.
        [plans-from] První den, kdy týden platí; prázdné, pokud platil vždycky.
        [plans-until] Poslední den; prázdné je napořád.
        [plans-monday] Hodiny v pondělí.
        [plans-tuesday] Hodiny v úterý.
        [plans-wednesday] Hodiny ve středu.
        [plans-thursday] Hodiny ve čtvrtek.
        [plans-friday] Hodiny v pátek.
        [plans-saturday] Hodiny v sobotu.
        [plans-sunday] Hodiny v neděli.
        [computers-customer] Klíč zákazníka.
        [computers-teamviewer_id] Číslo, pod kterým ho zná TeamViewer.
        [computers-name] Jak mu lidé říkají.
        [computer_programs-customer] Klíč zákazníka.
        [computer_programs-teamviewer_id] Číslo, pod kterým počítač zná TeamViewer.
        [computer_programs-program] Klíč programu.
        [contracts-since] Od kterého dne platí, co říká tento řádek; prázdné od prvního dne. Zákazníka, číslo a dny říká řádek, kde je to prázdné.
        [contract_files-contract] Klíč smlouvy.
        [contract_files-file] Soubor PDF do 4 MB: cesta ze složky, kde leží tabulky.
        [contract_files-name] Jak se jmenuje; prázdné jako soubor.
        [contract_files-added] Den, kdy přišel.
        [contract_files-sha256] SHA-256 souboru, podle kterého se pozná poškozený; prázdné, jaký je.
        [appointments-number] Číslo požadavku, pokud ho lidé už znají pod nějakým; prázdné je další v řadě.
        [absences-technician] Klíč technika.
        [absences-kind] off je nepřítomnost, extra práce navíc.
        [absences-start] Kdy začíná.
        [absences-end] Kdy končí; u celých dnů půlnoc po posledním.
        [absences-note] Proč, pro kolegy.
        [closures-day] Který den.
        [closures-reason] Proč; čtou to zákazníci.
        [standings-customer] Klíč zákazníka.
        [standings-active] Jestli je ještě zákazníkem. ano, nebo ne; prázdné je ano.
        [standings-blocked_since] Od kdy je zablokovaný; prázdné, pokud není.
        [standings-reason] Proč; čtou to jeho lidé.
        [program_versions-program] Klíč programu.
        [program_versions-name] Jak se verze jmenuje.
        [program_versions-released] Den, kdy vyšla.
        [licences-version] Která verze programu tam běží.
       *[other] –
    }
