### Co se nepovedlo, a co s tím.

problem-invalid = Ještě je potřeba něco opravit
problem-plannable = Tuto práci nelze objednat jako urgentní
problem-sign-in-failed = Přihlášení se nepodařilo
problem-sign-in-failed-body = E-mail nebo heslo nesouhlasí. Zkontrolujte je a zkuste to znovu.
problem-sign-in-required = Nejdřív se přihlaste
problem-sign-in-required-body = Po přihlášení budete pokračovat tam, kam jste chtěli.
problem-throttled = Příliš mnoho pokusů
problem-throttled-body =
    { $minutes ->
        [one] Zkuste to znovu za { $minutes } minutu.
        [few] Zkuste to znovu za { $minutes } minuty.
       *[other] Zkuste to znovu za { $minutes } minut.
    }
problem-forbidden = K tomu nemáte oprávnění
problem-forbidden-body = Ve vaší organizaci to může jen někdo jiný.
problem-forbidden-for-you = Tato stránka není pro váš účet.
problem-ask-one = Požádejte někoho z kolegů, kdo to může udělat:
problem-ask-us = Zatím to ve vaší organizaci nemůže nikdo. Zavolejte nám: { $phone }.
problem-not-found = Tady nic není
problem-not-found-body = Adresa je nejspíš neúplná, nebo tato stránka už neexistuje.
problem-slot-taken = Tento termín mezitím obsadil někdo jiný
problem-slot-taken-body = Nic z toho, co jste napsali, se neztratilo. Vyberte si z nejbližších volných termínů.
problem-slot-past = Tento termín už minul
problem-slot-too-soon = Nejbližší možný termín je { $earliest }
problem-slot-reserved = Zbytek tohoto dne držíme pro urgentní požadavky
problem-slot-not-offered = Tento termín nenabízíme
problem-slot-other = Vyberte si z nabídky. Co jste napsali, zůstalo uložené.
problem-hold-expired = Podržení termínu vypršelo
problem-hold-expired-body = Termín se vrátil do nabídky. Nic z toho, co jste napsali, se neztratilo. Vyberte si ho znovu, nebo vezměte jiný.
problem-too-late = Termín už nejde změnit přes portál
problem-too-late-body = Přesunout nebo zrušit ho šlo { $until }. Zavolejte nám na { $phone }, domluvíme se.
problem-no-moves = Termín už nejde přesunout
problem-no-moves-body = Přesunuli jste ho tolikrát, kolikrát to jde. Zrušit ho můžete, nebo nám zavolejte: { $phone }.
problem-not-confirmed = Tady už není co měnit
problem-not-confirmed-body = Termín už proběhl, právě probíhá, nebo byl zrušen.
problem-total-differs = Celková cena je jiná, než jste viděli
problem-total-differs-body = Zkontrolujte souhrn a objednávku odešlete znovu. Co jste vyplnili, zůstalo.
problem-estimate-differs = Odhad je jiný, než jste viděli
problem-estimate-differs-body = Zkontrolujte nový odhad a objednávku odešlete znovu. Co jste vyplnili, zůstalo.
problem-conflict = Mezitím se něco změnilo
problem-conflict-body = Podívejte se na současný stav a zkuste to znovu.
problem-form-used = Tento formulář jste už odeslali, jinak vyplněný
problem-form-used-body = Odeslali jste ho { $at } a platí, co v něm stálo. Co je vyplněné teď, jsme nepoužili. Když to odešlete znovu, vezmeme to jako něco nového.
problem-form-used-perhaps = Odeslali jste ho { $at } a nevíme jistě, jestli se to povedlo. Podívejte se, a teprve když ne, odešlete znovu, co je vyplněné teď.
problem-form-used-led-to = Podívat se, co z toho je
problem-changed-meanwhile = Někdo jiný to mezitím změnil
problem-changed-meanwhile-body = Co jste změnili, zůstalo v polích; čeho jste se nedotkli, má teď novou hodnotu. U každého pole, které změnil někdo jiný, stojí, co platí teď. Uložíte-li formulář znovu, bude platit, co je v polích.
problem-means-something-else = Neprovedlo se nic. Podívejte se, jak to stojí teď, a rozhodněte znovu.
field-changed-look = Co se mezitím změnilo
field-changed-to = Mezitím změněno na: { $now }
field-ticked = zaškrtnuto
field-not-ticked = nezaškrtnuto
field-changed-to-nothing = Mezitím změněno, teď je prázdné.
field-changed-to-longer = Mezitím změněno, teď začíná: { $beginning }…
problem-moved-on = To už máte za sebou
problem-moved-on-body = Pokračuje se jinde.
problem-moved-on-link = Pokračovat
problem-confirmed-again = Ještě to není odeslané, jen jsme ověřili, že jste to vy
problem-factor-required = Nejdřív si zapněte druhý krok přihlášení
problem-factor-required-body = Kdo vede linku nebo nakupuje minuty, přihlašuje se i kódem z telefonu. Zapnete ho ve svém účtu.
problem-provider-required = Vaše organizace se přihlašuje přes { $name }
problem-provider-required-body = Jinak se s touto adresou přihlásit nedá.
problem-provider-refused = Takhle vás přihlásit neumíme
problem-provider-refused-body = Buď to trvalo moc dlouho, nebo se tu s vaší adresou nikdo nepřihlašuje. Zkuste to znovu, nebo se přihlaste jinak.
problem-signed-in-again = Ještě to není odeslané, mezitím vypršelo přihlášení
problem-signed-in-again-body = Co jste napsali, tu zůstalo. Zkontrolujte to a odešlete znovu.
problem-not-sent = Ještě to není odeslané
problem-not-sent-body = Co jste tu napsali, tu zůstalo. Dopište to a odešlete.
typed-in-vain = Co jste napsali a neodeslalo se
problem-malformed = Tomu jsme nerozuměli
problem-malformed-body = Požadavek přišel poškozený. Vraťte se a odešlete ho znovu.
problem-too-large = Je toho příliš mnoho
problem-too-large-body = Tolik najednou nepřijmeme. Vraťte se tlačítkem Zpět v prohlížeči: co jste napsali, tam zůstalo. Zkraťte to a odešlete znovu.
problem-unavailable = Linka teď neodpovídá
problem-unavailable-body = Na naší straně něco nefunguje. Zkuste to za chvíli znovu.
problem-unavailable-form = Odeslání se nepodařilo, zkuste to za chvíli znovu
problem-kept = Co jste napsali, zůstalo vyplněné.
problem-internal = Stránku se nepodařilo zobrazit
problem-internal-body = Chyba je u nás. Zkuste to za chvíli znovu. (č. chyby { $incident })
problem-internal-form = Odeslání se nepodařilo, zkuste to za chvíli znovu
problem-kept-incident = Co jste napsali, zůstalo vyplněné. (č. chyby { $incident })
problem-home = Na úvodní stránku
problem-again = Zkusit znovu

## Pole

field-program = Vyberte program
field-work-type = Vyberte druh práce
field-spoken = Každý řádek potřebuje slovo, dvojtečku a co se pro něj říká
field-subject = Vyberte program a druh práce
field-what-happened = Napište aspoň { $min } znaků, co se stalo nebo co potřebujete
field-contact-name = Napište, kdo bude u počítače
field-contact-phone = Napište telefon, na kterém vás zastihneme
field-goes-on = Vyberte, která smlouva pokračuje.
field-urgency = Vyberte, jestli je to urgentní, nebo běžné
field-urgency-plannable = Tato práce se plánuje předem. Zvolte běžný požadavek
field-what-stopped = Napište aspoň { $min } znaků, co přestalo fungovat
field-since = Napište, od kdy to nefunguje
field-start = Vyberte termín
field-ceiling-range = Napište aspoň tolik minut, kolik je minimum za zásah, a nejvýš { $most }
field-ceiling = Napište počet minut celým číslem, nebo nechte pole prázdné
field-email = Napište e-mail
field-password = Napište heslo
field-missing = Vyplňte toto pole
field-too-short = Napište toho trochu víc
field-too-long = Zkraťte text na nejvýš { $max } znaků
field-too-long-generic = Zkraťte text
field-not-a-phone = Napište telefonní číslo, na které se dá volat, třeba 601 234 567
field-not-an-email = Napište e-mail celý, třeba jana@skola.cz
field-not-a-site = Na každý řádek napište jednu adresu bez stránky, třeba https://www.example.com
field-not-a-plan = Napište časy třeba takhle: 7:00–11:30, 12:00–15:30
field-plan-day = Den nesmí ležet v minulosti, před prvním dnem ani víc než tři roky dopředu
field-plan-gone = V tu dobu už tu technik nepracuje
field-plan-until = Konec musí být po začátku a nesmí ležet v minulosti
field-closure-why = Napište, proč máte zavřeno. Přečtou si to zákazníci.
field-not-confirmed = Zaškrtněte toto pole
field-not-a-number = Napište celé číslo
field-out-of-range = Napište číslo v povoleném rozmezí
field-unknown = Vyberte jednu z možností
field-already-used = To už používá někdo jiný
field-does-not-match = Obojí musí být stejné
field-too-common = To by uhodl každý. Zvolte něco delšího
field-too-many = Je jich moc
field-infected = V souboru je škodlivý program, proto jsme ho nepřijali
field-webhook-url = Napište veřejnou adresu programu, která začíná https:// a jménem serveru, bez čísla portu.
field-webhook-kinds = Zaškrtněte, co se má hlásit.
field-webhooks-many = Víc než { $most } adres mít nejde. Nejdřív některou odeberte.
field-asked-until = Vyberte den ode dneška do domluveného termínu.
field-one-time-code = Kód nesouhlasí. Opište ten, který aplikace ukazuje právě teď
field-programs = Vyberte aspoň jeden program
field-score = Vyberte, jak jste byli spokojeni
field-files-gone = Na soubory zpráva čekala příliš dlouho, přiložte je znovu
field-files-large = Soubor smí mít nejvýš { $megabytes } MB a obrázek nejvýš 25 milionů bodů
field-files-many = Přiložit můžete nejvýš { $most } souborů
field-files-unknown = Přiložit jde jen obrázek (PNG, JPEG, WebP), PDF, text nebo ZIP

problem-busy = Teď je toho na nás moc. Zkuste to za chvíli znovu

## Limity

limit-appointments = Domluvených termínů může mít vaše organizace nejvýš { $most }
limit-appointments-body = Zrušte některý, který nepotřebujete, nebo nám zavolejte: { $phone }. Co jste napsali, zůstalo uložené.
limit-waiting =
    { $most ->
        [one] Na termín může u vaší organizace čekat nejvýš { $most } požadavek
        [few] Na termín může u vaší organizace čekat nejvýš { $most } požadavky
       *[other] Na termín může u vaší organizace čekat nejvýš { $most } požadavků
    }
limit-waiting-body = Zrušte některý, který nepotřebujete, nebo nám zavolejte: { $phone }. Co jste napsali, zůstalo uložené.
limit-unpaid = Nezaplacených objednávek minut může mít vaše organizace nejvýš { $most }
limit-unpaid-body = Některou zaplaťte nebo zrušte, nebo nám zavolejte: { $phone }. Co jste vyplnili, zůstalo.
limit-purchases = Za den může vaše organizace objednat minuty nejvýš { $most }krát
limit-purchases-body = Počkejte do zítřka, nebo nám zavolejte: { $phone }. Co jste vyplnili, zůstalo.
limit-downloads =
    { $most ->
        [one] Najednou může vaše organizace stahovat nejvýš { $most } soubor
        [few] Najednou může vaše organizace stahovat nejvýš { $most } soubory
       *[other] Najednou může vaše organizace stahovat nejvýš { $most } souborů
    }
limit-downloads-body = Počkejte, až se některý stáhne, a zkuste to znovu.
limit-holds =
    { $most ->
        [one] Držet můžete nejvýš { $most } termín najednou
        [few] Držet můžete nejvýš { $most } termíny najednou
       *[other] Držet můžete nejvýš { $most } termínů najednou
    }
limit-holds-body = Nejdřív dokončete nebo zahoďte rozepsané objednávky. Držené termíny se také samy uvolní, jakmile jim vyprší čas.
limit-holds-per-hour = Za hodinu si můžete podržet termín nejvýš { $most }krát
limit-holds-per-hour-body =
    { $minutes ->
        [one] Dál to půjde za { $minutes } minutu, nebo nám zavolejte: { $phone }.
        [few] Dál to půjde za { $minutes } minuty, nebo nám zavolejte: { $phone }.
       *[other] Dál to půjde za { $minutes } minut, nebo nám zavolejte: { $phone }.
    }
limit-messages-per-hour =
    { $most ->
        [one] Za hodinu můžete napsat nejvýš { $most } zprávu
        [few] Za hodinu můžete napsat nejvýš { $most } zprávy
       *[other] Za hodinu můžete napsat nejvýš { $most } zpráv
    }
limit-attachments = Přílohy vaší organizace zabírají { $most } MB, víc se nevejde
limit-attachments-body = Zprávu odešlete bez souborů, nebo nám zavolejte: { $phone }. Co jste napsali, zůstalo vyplněné.
limit-writes =
    { $most ->
        [one] Za minutu můžete odeslat nejvýš { $most } formulář
        [few] Za minutu můžete odeslat nejvýš { $most } formuláře
       *[other] Za minutu můžete odeslat nejvýš { $most } formulářů
    }
limit-writes-body = Počkejte minutu a odešlete ho znovu. Co jste napsali, zůstalo vyplněné.
limit-open-outages =
    { $most ->
        [one] U jednoho programu může najednou trvat nejvýš { $most } výpadek
        [few] U jednoho programu může najednou trvat nejvýš { $most } výpadky
       *[other] U jednoho programu může najednou trvat nejvýš { $most } výpadků
    }
limit-open-outages-body = Ukončete některý z nich, nebo požadavky přidejte k tomu, který už trvá. Limit může změnit vedoucí v nastavení.
limit-outage-messages =
    { $most ->
        [one] K jednomu výpadku můžete všem napsat nejvýš { $most } zprávu
        [few] K jednomu výpadku můžete všem napsat nejvýš { $most } zprávy
       *[other] K jednomu výpadku můžete všem napsat nejvýš { $most } zpráv
    }
limit-outage-messages-body = Další zpráva už může být jen ta, kterou výpadek ukončíte. Co jste napsali, zůstalo vyplněné. Limit může změnit vedoucí v nastavení.

## Práce technika

problem-work-clock-runs-elsewhere = Hodiny vám běží u jiného požadavku.
problem-work-clock-runs-elsewhere-body = Nejdřív je tam zastavte, potom je spusťte tady.
problem-work-overlaps = Úsek se překrývá s jiným vaším úsekem.
problem-work-overlaps-body = Upravte časy tak, aby na sebe navazovaly.
problem-work-waiting-for-consent = Strop je vyčerpaný a zákazník zatím nesouhlasil.
problem-work-waiting-for-consent-body = Do odpovědi se účtovaný čas nepočítá. Můžete čekat, nebo zásah uzavřít.
problem-work-clock-runs = Hodiny ještě běží.
problem-work-clock-runs-body = Nejdřív je zastavte.
problem-work-nothing-done = Zatím tu není žádný změřený čas.
problem-work-nothing-done-body = Spusťte hodiny, nebo čas doplňte ručně.
problem-work-not-missed-yet = Zatím nejde zapsat, že zákazník nebyl k zastižení.
problem-work-not-missed-yet-body = Zapište aspoň dva pokusy o spojení, mezi nimi { $apart } minut, a počkejte { $wait } minut od domluveného začátku.
problem-work-too-early = Na to je ještě brzy.
problem-work-too-early-body = Hodiny jde spustit nejdřív den před domluveným termínem.
problem-work-above-ceiling = Oprava by šla nad strop, se kterým zákazník souhlasil.
problem-work-above-ceiling-body = Nic se nezměnilo. Opravte úsek nejvýš po strop; na víc se zeptají hodiny, až k němu dojdou.
problem-work-not-yours = Tento termín má jiný technik.
problem-work-not-yours-body = Hodiny spouští ten, komu termín patří.
problem-work-time-taken = Tento čas už má technik obsazený.
problem-work-time-taken-body = Zmeškaný termín uvolnil místo a mezitím ho dostal někdo jiný. Domluvte se zákazníkem nový termín.

## Nákup minut

field-quantity = Napište počet balíčků od 1 do { $max }
field-method = Vyberte, jak zaplatíte
field-postal-code = Napište PSČ pěti číslicemi, třeba 301 00
field-dic = DIČ začíná písmeny CZ, za nimi je 8 až 10 číslic

## Lidé

problem-last-manager = Někdo musí zůstat vedoucím
problem-last-manager-body = Nejdřív udělejte vedoucím někoho jiného, jinak by nikdo nemohl nikoho pozvat.
problem-awaits-nod = Urgentní zásah až po ověření
problem-awaits-nod-body = Vaši organizaci ověřuje dispečer, v pracovní době linky; hned potom vám napíšeme. Běžný zásah objednáte hned. Nepočká to? Zavolejte nám: { $phone }.
problem-has-its-own = Sloučit ho teď nejde
problem-has-its-own-body = Má otevřený požadavek, který u stávajícího zákazníka nemá kdo převzít, nebo se pro něj právě začalo pracovat. Podívejte se na jeho požadavky a zkuste to znovu.
problem-merge-work = Na požadavku { $number } se pracuje
problem-merge-work-body = Účtuje se podle podmínek toho, pro koho práce začala. Sloučit můžete, až ji technik uzavře.
problem-merge-work-open = Otevřít požadavek { $number }
problem-merge-contract = Rozhoduje vedoucí
problem-merge-contract-body = Zákazník má platnou smlouvu. Co s ní bude dál, potvrzuje při slučování někdo s rolí vedoucí.
problem-merge-contract-open = Otevřít zákazníka se smlouvou
problem-nobody-else-manages = Někdo musí spravovat přístupy
problem-nobody-else-manages-body = Nejdřív dejte správu přístupů někomu jinému z organizace, jinak by nikdo nemohl zvát kolegy. Nemáte komu? Zavolejte nám: { $phone }.
problem-needed-region = Poslední region zůstává
problem-needed-region-body = Zákazníci musí mít kam volat. Nejdřív přidejte jiný region.
problem-region-of-customers = Region mají zákazníci
problem-region-of-customers-body =
    { $customers ->
        [one] Zvolený ho má { $customers } zákazník. Nejdřív mu zvolte jiný.
        [few] Zvolený ho mají { $customers } zákazníci. Nejdřív jim zvolte jiný.
       *[other] Zvolený ho má { $customers } zákazníků. Nejdřív jim zvolte jiný.
    }
problem-needed-tier = Tato Rychlost zůstává
problem-needed-tier-body = Má ji každý, kdo nemá smlouvu, proto ji nejde přestat nabízet.
problem-owes = Nejdřív je potřeba zaplatit, co je po splatnosti
problem-owes-body = Běžné požadavky teď nepřijímáme; urgentní zásah objednáte dál. Co zaplatit a jak, najdete v dokladech. Nemůžete-li zaplatit najednou, zavolejte nám: { $phone }.
problem-blocked = Objednávky teď nejdou odeslat
problem-blocked-body = Přístup k objednávkám je pozastavený. Co je domluvené, platí. Zavolejte nám: { $phone }.
problem-appointments-ahead = Má ještě domluvené termíny
problem-appointments-ahead-body = Nejdřív je musí dokončit, nebo je zákazníci přesunou.
problem-places-taken = Něco se mezitím změnilo, tyhle termíny zatím zůstávají.
problem-places-taken-body = { $numbers }: vybrané místo už není volné, nebo nebylo nic vybráno. Níže je to, co je ještě potřeba vyřídit, s novým návrhem.
field-email-used = S tímto e-mailem se už někdo přihlašuje
field-name-used = Tak už se jmenuje něco jiného
field-version = Napište označení verze, nejvýš { $most } znaků
field-version-used = Tahle verze už v seznamu je, s jiným dnem
field-minutes-to = Napište aspoň tolik minut, kolik jich obvykle trvá nejméně
field-slot-minutes = Napište násobek čtvrthodiny v povoleném rozmezí
field-closes = Zavírat musíme později, než otevíráme
field-time-of-day = Napište čas, třeba 7:00
field-future-day = Zvolte dnešek nebo některý z příštích dnů, nejdál za dva roky
field-quiet = Vyberte obě hodiny, každou jinou, nebo žádnou.
field-into = Vyberte otevřený požadavek téhož zákazníka.
field-began-at = Napište, kdy výpadek začal: nejpozději, když byl oznámen, a nejdéle před rokem
field-joins = Takový požadavek není, nebo už k výpadku patřit nemůže. Napište číslo jako 2026-000123.
field-outage = Vyberte výpadek
field-into-urgent = Urgentní požadavek by se v běžném ztratil. Nejdřív opravte naléhavost toho, který pokračuje.
field-roles = Zaškrtněte aspoň jednu práci
field-password-too-short = Heslo musí mít aspoň { $min } znaků
field-password-again = Obě hesla musí být stejná

problem-buying-not-yet = Nakupovat zatím nejde
problem-buying-not-yet-body = Připravujeme to, zkuste to později.
problem-buying-not-yet-call = Připravujeme to. Když minuty potřebujete hned, zavolejte nám: { $phone }.
problem-supplier-unconfirmed = Doklady zatím nelze vydávat
problem-supplier-unconfirmed-body = Údaje firmy na dokladech ještě nikdo nepotvrdil. Vedoucí to udělá v nastavení.

field-ico = IČO má osm číslic.
field-ico-check = V IČO je nejspíš překlep: poslední číslice nesouhlasí s ostatními.
field-account = Napište účet jako 123456-1234567890/0100, nebo český IBAN.
field-account-check = V čísle účtu je nejspíš překlep: kontrolní číslice nesouhlasí.
field-bank = Tuto banku podle kódu neznáme, doplňte ji.
field-bic = BIC má 8 nebo 11 písmen a číslic.
field-company-confirmed = Potvrďte, že údaje souhlasí: příští doklad je ponese.
field-series = Vyberte řadu.
field-pattern = Napište vzor s rokem { $long } nebo { $short } a pořadovým číslem { $serial }, jinak jen písmena bez háčků, číslice a pomlčky, nejvýš deset číslic
field-fee-day = Vyberte den ze seznamu.
field-pattern-of-orders = Tak vypadají čísla požadavků a nákupů. Odlište je, třeba písmenem na začátku.
field-pattern-meets = Podle tohoto vzoru by dva druhy dokladů měly stejná čísla nebo variabilní symboly. Přidejte číslici, která je rozliší.
field-series-begun = Z této řady už vyšel doklad, začátek změnit nelze.
field-vat-from = Nová sazba může platit nejdřív od zítřka.
field-vat-same = Taková sazba v ten den už platí.
field-vat-percent = Napište celé číslo od 0 do 100.
field-notice-until = Konec musí být po začátku a ještě před námi.
field-limit = Napište číslo v uvedených mezích.
field-series-first = Napište celé číslo od 1 do { $max }
field-postal-prefixes = Napište začátky PSČ oddělené čárkou, třeba 3, 35
field-postal-prefixes-used = Některý z těchto začátků PSČ už má jiný region
problem-erasure-manages = Nejdřív předejte správu
problem-erasure-manages-body = Jste poslední, kdo v organizaci spravuje osoby a oprávnění. Zavolejte nám, komu ji máme předat: { $phone }. Potom své údaje smažete.
problem-erasure-work = Na požadavku se právě pracuje
problem-erasure-work-body = Zrušit ho už nejde. Vyberte kolegu, který ho převezme, nebo počkejte, až technik skončí.
field-own-password = Tohle není vaše heslo
field-heir = Vyberte, kdo otevřené požadavky převezme, nebo že je máme zrušit

problem-work-contested = K tomuto zásahu přišla námitka
problem-work-contested-body = Co se jí týká, se rozhoduje v námitkách. Zásah se už znovu neotevírá.
problem-work-needs-manager = Znovu ho může otevřít jen vedoucí
problem-work-needs-manager-body = Od zásahu uplynuly víc než dva pracovní dny, nebo už je na faktuře.
problem-work-rest-taken = Zbytek jeho času dostal jiný požadavek
problem-work-rest-taken-body = Zásah skončil dřív a jeho termín se mezitím obsadil. Otevřete ho, až bude ten druhý uzavřený.
