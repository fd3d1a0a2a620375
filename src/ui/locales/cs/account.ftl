### Přihlášení a účet.

sign-in-title = Přihlášení
sign-in-lead = Po přihlášení objednáte zásah a uvidíte své požadavky.
sign-in-email = E-mail
sign-in-password = Heslo
sign-in-submit = Přihlásit se
sign-in-trouble = Nedaří se vám přihlásit?
sign-in-trouble-link = Čísla linky
sign-in-help = Zapomněli jste heslo?
sign-in-help-title = Přihlášení bez hesla
sign-in-help-lead = Pošleme vám e-mail s odkazem. Platí hodinu a jen jednou.
sign-in-help-link = Poslat odkaz k přihlášení
sign-in-help-password = Poslat odkaz k novému heslu
sign-in-link-title = Přihlášení odkazem
sign-in-link-lead = Odkaz vás přihlásí na tomto zařízení, jen jednou.
sign-in-link-over-lead = Odkaz platí hodinu a jen jednou. Nechte si poslat nový.
sign-in-link-again = Poslat nový odkaz

account-password = Heslo
account-password-change = Změnit heslo
account-address-change = Změnit e-mail
factor-title = Druhý krok přihlášení
factor-set = Nastavit
factor-lead = Kromě hesla se vás zeptáme i na kód z aplikace v telefonu. Samotné heslo k přihlášení stačit nebude.
factor-lead-required = Kdo vede linku, přihlašuje se heslem i kódem z aplikace v telefonu. Zapněte ho, potom budete pokračovat.
factor-turn-on = Zapnout
factor-go-on = Mám je uložené, pokračovat
factor-scan = V telefonu otevřete aplikaci pro jednorázové kódy, třeba Google Authenticator, a načtěte obrázek.
factor-qr = QR kód pro aplikaci
factor-type = Nebo v ní opište:
factor-first-code = Kód, který aplikace ukazuje
factor-confirm = Ověřit a zapnout
factor-on = Zapnuto { $since }. Při přihlášení se zeptáme na kód z aplikace.
factor-codes-left =
    { $count ->
        [one] Zbývá vám { $count } záložní kód.
        [few] Zbývají vám { $count } záložní kódy.
       *[other] Zbývá vám { $count } záložních kódů.
    }
factor-new-codes = Nové záložní kódy
factor-turn-off = Vypnout
factor-codes-title = Záložní kódy
factor-codes-lead = Uložte je jinam než do telefonu. Každý platí jednou místo kódu z aplikace. Po opuštění této stránky je ukážeme ještě 10 minut.
factor-sign-in-title = Ještě kód
factor-sign-in-lead = Opište kód z aplikace v telefonu, nebo jeden ze záložních kódů.
factor-code = Kód
factor-lost = Nemáte telefon ani záložní kódy?
factor-forget = Vypnout druhý krok přihlášení
factor-forget-hint = Když se ztratil telefon i záložní kódy. Ověřte si, že mluvíte opravdu s tím člověkem.
factor-authenticator = Aplikace v telefonu
factor-turn-off-hint = Vypne aplikaci i klíče: přihlásíte se zase jen heslem.
factor-turn-off-required = Vypne aplikaci i klíče. Kdo vede linku, bez nich nepracuje: hned potom si druhý krok zapnete znovu.
feed-title = Termíny ve vašem kalendáři
feed-lead = Kalendář v telefonu, Outlook nebo Google si domluvené termíny načte sám a půl hodiny předem vás upozorní.
feed-begin = Adresa pro kalendář
feed-anew = Nová adresa
feed-anew-hint = Dosavadní adresa přestane platit. Kalendáři dáte novou.
feed-busy-only = Jen obsazené časy
feed-busy-only-hint = Bez textu: kdo kalendář uvidí s vámi, nedozví se, o co jde.
feed-make = Vytvořit adresu
feed-make-anew = Vytvořit novou adresu
feed-address = Adresa pro váš kalendář
feed-address-hint = Vložte ji v kalendáři tam, kde se přidává kalendář z internetu (podle adresy URL). Kdo ji má, vaše termíny vidí, neposílejte ji proto nikomu. Znovu ji neukážeme; po opuštění této stránky je tu ještě 10 minut.
feed-standing = Kalendář je zapnutý
feed-on = Adresa platí { $since } a říká, co se bude dít, s kým a na jakém čísle.
feed-on-busy = Adresa platí { $since } a říká jen, kdy máte obsazeno.
feed-end = Vypnout kalendář
feed-end-hint = Adresa hned přestane platit. Termíny z kalendáře zmizí, až se kalendář příště zeptá.
passkey-sign-in = Přihlásit se klíčem
passkey-sign-in-title = Přihlášení klíčem
passkey-sign-in-lead = Otiskem prstu, obličejem nebo PINem svého telefonu či počítače, bez hesla.
passkey-sign-in-submit = Použít klíč
passkey-needs-script = Klíč potřebuje zapnutý JavaScript a novější prohlížeč.
passkey-other-way = Přihlásit se heslem
passkeys-title = Přístupové klíče
passkeys-lead = Přihlásíte se otiskem prstu, obličejem nebo PINem svého telefonu či počítače. Klíč nahradí heslo i kód.
passkey-name = Jak klíči budete říkat
passkey-name-hint = Třeba „telefon“ nebo „počítač v kanceláři“.
passkey-add = Přidat klíč
passkey-remove = Odebrat
passkey-made = Přidán { $made }
passkey-used = Přidán { $made }, naposledy použit { $used }
sign-in-with = Přihlásit se přes { $name }
settings-webhooks = Webhooky
settings-webhooks-note = Hlášení programům, co se děje
settings-sign-in = Přihlašování přes jiné služby
settings-sign-in-note = Účty školy nebo firmy, třeba Microsoft a Google
providers-title = Přihlašování přes jiné služby
providers-lead = Nastavuje je správce serveru (LINKA_OIDC). Ve službě zadejte adresu pro návrat: { $address }, místo tří teček klíč služby.
providers-none = Zatím žádná služba není nastavená. Přihlašuje se heslem, odkazem nebo klíčem.
providers-rules = Kdo se jinak nepřihlásí
providers-domain = Doména e-mailu
providers-domain-hint = Třeba skola.cz. Kdo má takovou adresu, přihlásí se jen přes tuto službu.
providers-provider = Služba
providers-require = Vyžadovat
providers-release = Nevyžadovat
providers-gone = { $key } (už není nastavená, nevyžaduje se)
confirm-title = Jste to vy?
confirm-lead = Než změníte práva, ceny, účet nebo přihlášení, napište znovu své heslo. Potom se 10 minut neptáme.
confirm-code = Nebo kód z aplikace v telefonu
confirm-submit = Pokračovat
own-password-title = Změna hesla
own-password-lead = Všude jinde vás odhlásíme.
own-password-former = Dosavadní heslo
own-address-title = Změna e-mailu
own-address-lead = Přihlašujete se adresou { $email }. Napíšeme na ni i na novou a z obou to potvrdíte. Potom se přihlásíte znovu.
own-address-new = Nová adresa
own-address-submit = Poslat potvrzení
own-address-wanted = Čeká na potvrzení { $until }: { $email }
own-address-former-agreed = Dosavadní adresa už potvrdila.
own-address-new-agreed = Nová adresa už potvrdila.
address-title = Potvrzení nové adresy
address-lead-new = Do Linky se chcete přihlašovat adresou { $email }.
address-lead-former = Do Linky se chcete přihlašovat jinou adresou než touto.
address-agree = Potvrdit
address-has-agreed = Tady je hotovo. Ještě to potvrďte z druhé adresy.
address-over-lead = Odkaz platí 3 dny a jen jednou. Nic se nezměnilo, nebo už je nová adresa platná.

demo-title = Ukázkové účty
demo-password = Všechny mají heslo
demo-school-manager = škola se smlouvou, smí všechno
demo-school-kitchen = táž škola, smí jen objednávat
demo-office = úřad bez smlouvy
demo-canteen = jídelna s balíčkem 120 minut
demo-dispatcher = dispečer
demo-technician = technik
demo-manager = vedoucí linky

account-email = E-mail
account-customer = Organizace
account-role = Práce
account-may = Co smíte
account-may-nothing = Zatím nic. Požádejte toho, kdo ve vaší organizaci spravuje přístupy.
account-sign-out = Odhlásit se
account-sessions = Kde jste přihlášeni
account-sessions-lead = Nepoznáváte některé zařízení? Ukončete na něm přihlášení.
account-this-session = toto zařízení
account-session-times = Přihlášení { $since }, naposledy { $seen }
account-changes = Kdo co změnil u vaší organizace
account-end-session = Ukončit
account-end-other-sessions = Odhlásit všude jinde
account-unknown-device = Neznámé zařízení
account-language = Jazyk stránek

capability-order = objednávat zásahy
capability-see-all = vidět požadavky celé organizace
capability-buy = kupovat balíčky minut
capability-see-billing = vidět minuty a doklady
capability-manage = zvát kolegy a měnit, co smějí

role-dispatcher = Dispečer
role-technician = Technik
role-manager = Vedoucí

staff-title = Kdo tu pracuje
staff-lead = Lidé, kteří odbavují požadavky, připojují se k zákazníkům a vedou linku.
staff-column-name = Jméno
staff-column-roles = Práce
staff-column-sign-in = Přihlášení
staff-name = Jméno a příjmení
staff-email = E-mail
staff-email-hint = S ním se bude přihlašovat.
staff-roles = Co dělá
staff-skills = Co umí jako technik
staff-dispatcher-hint = Odbavuje požadavky, zákazníky a námitky.
staff-technician-hint = Připojuje se k zákazníkům. Termíny se mu nabízejí v pracovní době linky.
staff-manager-hint = Mění smlouvy, vidí prodej a zve kolegy.
staff-invite = Pozvat kolegu
staff-invite-submit = Pozvat
staff-all = Všichni
staff-work = Práce
staff-save = Uložit
staff-access = Přihlášení
staff-ready = může se přihlásit
staff-invited = čeká na volbu hesla, odkaz platí { $until }
staff-not-invited = odkaz na volbu hesla už neplatí
staff-gone = už tu nepracuje
staff-link-title = Odkaz pro: { $name }
staff-link-lead = Předejte ho jen tomu, komu patří. Kdo ho otevře, zvolí si heslo; platí 3 dny a jen jednou. Po opuštění této stránky ho ukážeme ještě 10 minut.
staff-link-write = Poslat e-mailem
staff-link-subject = Přístup do Linky
staff-link-mail =
    Dobrý den,

    tady si zvolíte heslo do Linky: { $link }

    Odkaz platí 3 dny a jen jednou.
staff-new-link = Nový odkaz na heslo
staff-new-link-hint = Pro toho, kdo heslo zapomněl nebo ještě nezvolil. Dosavadní heslo platí, dokud si nezvolí nové.
staff-regions = Regiony
staff-regions-hint = Zákazníci odtud jsou ve frontě první a technik je dostane přednostně. Nic zaškrtnutého: všechny.
staff-change-address = Změnit adresu
staff-change-address-hint = Odhlásí se všude a odkaz na heslo přestane platit. Napíšeme na starou i novou adresu.
staff-end-sessions = Odhlásit všude
staff-end-sessions-hint = Když se ztratí počítač nebo telefon.
staff-unlock = Odemknout přihlášení
staff-unlock-hint =
    { $count ->
        [one] Za poslední čtvrthodinu se { $count } pokus o přihlášení nepovedl. Po mnoha takových další pokusy odmítáme; tohle je zapomene.
        [few] Za poslední čtvrthodinu se { $count } pokusy o přihlášení nepovedly. Po mnoha takových další pokusy odmítáme; tohle je zapomene.
       *[other] Za poslední čtvrthodinu se { $count } pokusů o přihlášení nepovedlo. Po mnoha takových další pokusy odmítáme; tohle je zapomene.
    }
staff-leaving = Odchod
staff-leave = Už tu nepracuje
staff-leave-hint = Odhlásí se všude, nepřihlásí se a termíny se mu nenabídnou. Co udělal, zůstane.
staff-leave-oneself = Sami sebe vyřadit nemůžete. Požádejte jiného vedoucího.
staff-leave-appointments =
    { $count ->
        [one] Má ještě { $count } domluvený termín. Předejte ho někomu jinému, navrhneme komu.
        [few] Má ještě { $count } domluvené termíny. Předejte je někomu jinému, navrhneme komu.
       *[other] Má ještě { $count } domluvených termínů. Předejte je někomu jinému, navrhneme komu.
    }
staff-leave-hand-over = Odchází, předat termíny
staff-leave-later = Odejde až později
staff-leaves-on = Poslední den je ten před { $date }. Od té doby se s ním nic nedomluví.
staff-stays = Zůstává
staff-return = Znovu tu pracuje
staff-return-hint = Přihlásí se svým heslem. Technikovi se termíny nabídnou v pracovní době linky.

password-title = Zvolte si heslo
password-lead = { $name }, tímto heslem se budete přihlašovat.
password-new = Nové heslo
password-hint = Aspoň { $min } znaků. Nejlépe několik slov, která k sobě nepatří.
password-again = Heslo ještě jednou
password-submit = Uložit heslo
password-link-over = Tento odkaz už neplatí
password-link-over-lead = Odkaz platí jen jednou a do doby, která stojí v e-mailu. Jestli jste si heslo už zvolili, přihlaste se. Jinak si nechte poslat nový.

own-data-erase = Smazat své údaje
erasure-open-page = Smazat osobní údaje
erasure-title-own = Smazat své údaje
erasure-title = Smazat údaje: { $name }
erasure-lead = Co smažeme, už nevrátíme.
erasure-lead-at = { $customer }. Co smažeme, už nevrátíme.
erasure-gone = Co zmizí hned
erasure-gone-account = Jméno, telefon, e-mail, přihlášení a zařízení, na kterých se osoba přihlašovala.
erasure-gone-texts = Co osoba napsala do požadavků, námitek a důvodů, a její rozepsané objednávky.
erasure-gone-mails = Obsah e-mailů, které jsme jí poslali. Ty, které čekají, už neodejdou.
erasure-gone-mentions = Její jméno, telefon a e-mail v poznámkách a zprávách ostatních a v záznamu změn. Příjmení i samotné, bez háčků a čárek a v pádech. Zmizí i telefon nebo e-mail organizace, který byl její.
erasure-kept = Co zůstane a proč
erasure-kept-documents = Daňové doklady, přijaté platby a vyúčtování zásahů: ukládáme je 10 let, jak chce zákon. Patří organizaci. Kde je na nich jméno osoby, zůstane, jak je vytištěné.
erasure-kept-deeds = Minuty, termíny a to, co se kdy stalo. Místo jména u nich bude „Smazaná osoba“ a číslo.
erasure-kept-contract = Smlouva organizace, jak je podepsaná.
erasure-kept-words = Co o osobě někdo napsal a nejmenoval ji, samo se nenajde. Ani křestní jméno samotné, přezdívka, překlep, příjmení, které je i běžným slovem (Nový, Malá), nebo příjmení, které má v organizaci či u nás i někdo jiný. Zavolejte, co to je: { $phone }.
erasure-kept-backups = Zálohy databáze. Údaje v nich zůstanou, dokud je správce nepřepíše novějšími.
erasure-open = Otevřené požadavky
erasure-open-lead = Musí je převzít někdo z organizace, i s tím, co v nich je napsané. Jinak je zrušíme.
erasure-under-way = technik právě pracuje
erasure-waits = čeká na termín
erasure-heir = Kdo je převezme
erasure-heir-choose = Vyberte
erasure-call-off = Nikdo, zrušit je
erasure-password = Vaše heslo
erasure-reason = Jak o to osoba požádala
erasure-reason-hint = Zůstane v záznamu změn. Jméno nepište.
erasure-submit = Smazat natrvalo
erasure-keep = Nemazat
erased-nothing = Smazání údajů
erased-nothing-lead = Tady se jen potvrzuje, že jsou něčí údaje právě smazané. Kdo je chce smazat, najde to na stránce svého účtu.
erased-title = Vaše údaje jsou smazané
erased-lead = Nikde už nejste přihlášeni a nic vám nepošleme.
erased-again = Na stejný e-mail může organizace pozvat jen novou osobu. Co jste tu měli, se k ní nevrátí.

colleagues-title = Kolegové a přístupy
colleagues-lead = Kdo se za vaši organizaci přihlašuje a co smí.
colleagues-invite = Pozvat kolegu
colleagues-invite-lead = Pošleme mu odkaz, kterým si zvolí heslo. Platí 3 dny a jen jednou.
colleagues-send = Poslat pozvánku
colleagues-keep = Nikoho nezvat
colleagues-back = Zpět na účet
colleagues-back-to-list = Zpět na kolegy
colleagues-oneself = vy
colleagues-may = Co smí
colleagues-may-nothing = zatím nesmí nic
colleagues-former = Už tu nejsou
colleagues-former-lead = Nepřihlásí se a nic jim neposíláme. Co objednali, zůstává. Vrátí se někdo? Pozvěte ho znovu stejnou adresou.
colleagues-resend = Poslat pozvánku znovu
colleagues-resend-hint = Pošleme nový odkaz. Dosavadní přestane platit.
colleagues-withdraw = Vzít pozvánku zpět
colleagues-withdraw-hint = Odkaz z pozvánky přestane platit.
colleagues-remove = Odebrat přístup
colleagues-remove-hint = Odhlásíme ho všude a nic mu nepošleme. Co objednal, zůstává.
colleagues-last-manager = Je to poslední, kdo v organizaci spravuje přístupy. Nejdřív je dejte spravovat někomu jinému.

sign-in-new = Ještě nemáte přístup?
sign-in-register = Zaregistrovat organizaci

register-title = Registrace organizace
register-lead = Na e-mail pošleme odkaz, kterým registraci dokončíte. Trvá to asi minutu.
register-ico-hint = Osm číslic. Podle něj poznáme, jestli už jste náš zákazník.
register-organisation = Název organizace
register-organisation-hint = Když ho nevyplníte, doplníme ho podle IČO z veřejného rejstříku.
register-organisation-own-hint = Tak, jak má stát na dokladech.
register-programs = Které programy používáte
register-region-hint = Podle něj dostanete číslo, na které voláte.
register-name = Vaše jméno a příjmení
register-email-hint = Pošleme na něj odkaz a budete se s ním přihlašovat.
register-phone = Telefon
register-phone-hint = Na něj vám technik zavolá.
register-submit = Poslat odkaz
register-sent-title = Podívejte se do e-mailu
register-sent-lead = Na zadanou adresu jsme poslali zprávu. Odkaz v ní platí 3 dny.
register-sent-nothing = Nic nepřišlo? Podívejte se do nevyžádané pošty, nebo registraci zopakujte.
register-again = Zpět na registraci
register-done-title = Registrace je dokončená
register-done-lead = Přihlaste se e-mailem a heslem, které jste si zvolili.
register-open-title = Dokončit registraci
register-open-lead = { $name }, { $organisation } (IČO { $ico })
register-open-help = V dalším kroku si zvolíte heslo. Potom můžete objednat zásah nebo koupit minuty.
register-open-nod = Běžný zásah objednáte hned. Urgentní až potom, co vaši organizaci ověří dispečer, v pracovní době linky; hned vám o tom napíšeme. Nepočká to?
register-open-customer = Organizace s tímto IČO už je náš zákazník. Přístup vám dá ten, kdo ho v ní spravuje: pošleme mu vaši žádost.
register-open-submit = Pokračovat
register-ask-submit = Požádat o přístup
register-over-title = Odkaz už neplatí
register-over-lead = Byl použitý, nebo mu uplynuly 3 dny. Registraci zopakujte, nebo se přihlaste.
register-asked-title = Požádali jsme o přístup
register-asked-lead = Kdo ve vaší organizaci spravuje přístupy, dostal vaši žádost e-mailem. Až vás pozve, přijde vám odkaz.
register-asked-help = Spěcháte?

newcomers-title = Noví zákazníci
newcomers-none = Nikdo nečeká
newcomers-none-help = Kdo se zaregistruje sám, objeví se tady.
newcomers-lead = Zaregistrovali se sami. Dokud je nepotvrdíte, neobjednají urgentní zásah.
newcomers-since = čeká { $since }, IČO { $ico }
newcomers-person = { $name }, { $phone }
newcomers-requests =
    { $count ->
        [0] zatím nic neobjednali
        [one] { $count } požadavek
        [few] { $count } požadavky
       *[other] { $count } požadavků
    }
newcomers-confirm = Potvrdit
newcomers-merge = Sloučit
newcomers-merge-here = Sloučit s: { $name }
newcomers-merge-title = Sloučit: { $name }
newcomers-merge-lead = Je to někdo, koho už máme? Lidé přejdou ke stávajícímu zákazníkovi a budou tam smět objednávat. Pokračují u něj i otevřené požadavky, smlouva a zbylé minuty; co už bylo, zůstává k přečtení. Než to potvrdíte, uvidíte, co to znamená.
merge-title = Sloučit zákazníka „{ $from }“ se zákazníkem „{ $into }“
merge-lead = Zůstane { $into }. Lidé, otevřené požadavky a zbylé minuty zákazníka { $from } přejdou k němu, co už bylo, zůstane k přečtení. Vzít to zpět nejde.
merge-goes = Přejde: { $name }
merge-stays = Zůstane: { $name }
merge-contracts = Smlouva
merge-contract = { $number }, { $tier }, od { $from } { $until }
merge-contract-until = do { $date }
merge-contract-indefinite = na dobu neurčitou
merge-left = Zbylé minuty
merge-left-reserved = { $left }, z toho asi { $reserved } pro domluvené termíny
merge-requests = Otevřené požadavky
merge-contracts-what = Co bude se smlouvou
merge-contract-goes-on = Smlouva { $numbers } platí u zákazníka { $into } od { $date }, se stejnými podmínkami, dodatky a podepsanými soubory.
merge-contract-once = Minuty a poplatek za období, které už běží, se podruhé nepřipíšou ani nefakturují. Vystavené doklady zůstanou tomu, komu jsme je vystavili.
merge-contract-priced = Zásah se účtuje podle smlouvy, která u zákazníka platí v den zásahu. U termínů, které jsou už domluvené, se odhad nemění, sazba a minimum ano, pokud je má smlouva jiné.
merge-goes-on = Která smlouva pokračuje?
merge-goes-on-hint = Ve stejných dnech platí obě, pokračovat může jen jedna. Zbylé minuty z té druhé se dají čerpat do konce své platnosti.
merge-goes-on-into = Smlouva zákazníka { $from } skončí, jakmile platí tahle, nejdřív dnes.
merge-goes-on-from = Smlouva zákazníka { $into } skončí, místo ní u něj od { $date } platí tahle.
merge-called-off = Která měla začít až potom, nezačne: { $numbers }.
merge-ends = Co skončí
merge-ends-subscription = Předplatné minut, které má { $from }. Zaplacené minuty přejdou, dál si je předplatí { $into }.
merge-ends-top-up = Automatické dobíjení minut, které má { $from }.
merge-ends-card = Uložená karta zákazníka { $from }: souhlas k ní dala jiná organizace. Odebereme ji i u platební brány. Co se z ní ještě mělo zaplatit za předplatné, vyžádáme převodem. Platit kartou dál jde, až si ji { $into } uloží.
merge-submit = Sloučit
merge-other = Vybrat jiného zákazníka
newcomers-asking = Žádají o přístup
newcomers-asking-lead = Rozhoduje ten, kdo organizaci spravuje. Nikdo takový není? Přidejte osobu sami.
newcomers-asks = { $customer }: { $name }, { $email }, { $phone }

colleagues-asking = Žádají o přístup
colleagues-asking-lead = Zaregistrovali se s IČO vaší organizace. Pozvěte jen toho, koho znáte.
colleagues-admit = Pozvat
colleagues-decline = Odmítnout

webhooks-title = Webhooky
webhooks-lead = Vaše programy se samy dozvědí, co se s požadavky děje. Pošleme jim podepsanou zprávu hned, jak se něco stane.
webhooks-lead-vendor = Vaše programy se samy dozvědí, co se děje u všech zákazníků.
webhooks-none = Zatím žádný webhook
webhooks-none-help = Až nějaký přidáte, uvidíte tady, co dostal a co odpověděl.
webhooks-add-title = Přidat webhook
webhooks-add = Přidat
webhooks-url = Adresa programu
webhooks-url-hint = Začíná https:// a je dostupná z internetu.
webhooks-kinds = Co hlásit
webhooks-kind-request-created = nový požadavek
webhooks-kind-request-scheduled = domluvený termín
webhooks-kind-request-moved = přesunutý termín
webhooks-kind-request-unscheduled = termín padl a je potřeba jiný
webhooks-kind-request-cancelled = zrušený požadavek
webhooks-kind-request-started = technik začal pracovat
webhooks-kind-request-closed = dokončený zásah
webhooks-kind-message-created = zpráva k požadavku
webhooks-kind-document-issued = vystavený doklad
webhooks-kind-balance-low = docházejí minuty
webhooks-kind-test = zkouška
webhooks-state-on = zapnutý
webhooks-state-failing = nepřijímá od { $since }
webhooks-state-by-hand = vypnutý
webhooks-state-gone = vypnutý: adresa zanikla
webhooks-state-off = vypnutý: dlouho nic nepřijal
webhook-back = Všechny webhooky
webhook-title = Webhook
webhook-form = Adresa a události
webhook-save = Uložit
webhook-secret = Tajemství k ověření podpisu
webhook-secret-hidden = Ukážeme ho, až znovu zadáte heslo.
webhook-secret-show = Ukázat tajemství
webhook-secret-former = Předchozí tajemství platí do { $until }.
webhook-rotate = Vyměnit tajemství
webhook-rotate-hint = Předchozí bude platit ještě { $hours } hodin, aby ho program stihl vyměnit.
webhook-test = Poslat zkoušku
webhook-disable = Vypnout
webhook-enable = Zapnout
webhook-remove = Odebrat
webhook-acts = Co s ním
webhook-messages = Co dostal
webhook-messages-none = Zatím nic
webhook-messages-none-help = Zkuste poslat zkoušku.
webhook-messages-kept = Předané zprávy uchováváme { $days } dní.
webhook-column-what = Co
webhook-column-when = Kdy
webhook-column-state = Stav
webhook-column-answer = Odpověď
webhook-message-queued = čeká
webhook-message-sent = předáno
webhook-message-failed = nepředáno
webhook-tries =
    { $count ->
        [0] zatím nezkoušeno
        [one] { $count } pokus
        [few] { $count } pokusy
       *[other] { $count } pokusů
    }
webhook-next = další { $at }
webhook-status = HTTP { $status }
webhook-older = Starší
webhook-replay = Poslat znovu
webhook-replay-since = Poslat znovu všechno ode dne
webhook-replay-all = Poslat znovu
