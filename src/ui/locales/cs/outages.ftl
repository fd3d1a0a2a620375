# Hromadné výpadky: co čtou zákazníci a co s nimi dělá dispečink.

outage-known = Víme o tom – { $program }: { $name }
outage-known-own = Váš požadavek { $number } k tomu už patří. Až to bude vyřešené, napíšeme vám.
outage-ask = Není to tohle? { $program }: { $name }
outage-over-at = Vyřešeno { $when }
outage-join-help = Když je to tohle, nemusíte nic objednávat. Přidáme vás k ostatním a dáme vám vědět, až to bude vyřešené.
outage-join = Ano, je to tohle
outage-join-phone = Na jakém čísle vás zastihneme
outage-own = Víme o tom: { $name }
outage-own-help = Až to bude vyřešené, napíšeme vám a požadavek uzavřeme.

outages-link = Výpadky
outages-title =
    { $count ->
        [one] { $count } hromadný výpadek
        [few] { $count } hromadné výpadky
       *[other] { $count } hromadných výpadků
    }
outages-title-none = Žádný hromadný výpadek
outages-none = Teď o žádném nevíme.
outages-none-help = Když několika zákazníkům přestane fungovat totéž, označte jejich požadavky ve frontě. Všem pak odpovíte najednou.
outages-resolved = Poslední vyřešené
outage-requests =
    { $count ->
        [one] { $count } požadavek
        [few] { $count } požadavky
       *[other] { $count } požadavků
    }
outage-to-list = Všechny výpadky
outage-new = Nový výpadek
outage-new-title = Nový hromadný výpadek
outage-new-lead = Oznámení uvidí návštěvníci na veřejné stránce a každý, kdo začne objednávat pro stejný program.
outage-new-requests = Které požadavky k němu patří
outage-program = Který program zasáhl
outage-name-cs = Jak se jmenuje česky
outage-name-hint = Jedna věta, { $min } až { $max } znaků
outage-name-en = Jak se jmenuje anglicky
outage-text-cs = Co mají zákazníci vědět, česky
outage-text-hint = Co nefunguje, co se s tím děje a co zatím mohou dělat. Nejvýš { $max } znaků.
outage-text-en = Co mají zákazníci vědět, anglicky
outage-began = Od kdy trvá
outage-work-type = Druh práce pro ty, kdo se přidají sami
outage-open = Oznámit výpadek
outage-read = Co čtou zákazníci
outage-history = Průběh
outage-nobody = Žádný požadavek k němu zatím nepatří.
outage-column-leave = Vyřadit
outage-leave = Nepatří k výpadku
outage-joining = Přidat požadavky
outage-joins = Číslo dalšího požadavku
outage-joins-hint = Stačí zaškrtnout některý z těch nahoře.
outage-joining-submit = Přidat
outage-telling = Zpráva všem
outage-message-cs = Zpráva česky
outage-message-hint = Napíšeme ji do každého požadavku a každému pošleme e-mail. Nejvýš { $max } znaků.
outage-message-en = Zpráva anglicky
outage-telling-submit = Poslat všem
outage-resolving = Výpadek skončil
outage-resolving-lead = Odpověď dostanou všichni. Požadavky se uzavřou a domluvené termíny zruší, kromě těch, které necháte otevřené. Nejdřív uvidíte, koho se to týká.
outage-answer-cs = Odpověď česky
outage-answer-en = Odpověď anglicky
outage-goes-on = Které přesto potřebují technika
outage-at-work =
    { $count ->
        [one] Na { $count } požadavku technik pracuje, ten se uzavře s jeho prací.
       *[other] Na { $count } požadavcích technik pracuje, ty se uzavřou s jeho prací.
    }
outage-resolving-submit = Odpovědět všem a uzavřít
outage-end-open = Ukázat, co se stane
outage-end-title = Ukončit výpadek
outage-end-back = Zpět na výpadek
outage-end-over = Výpadek už ukončil někdo jiný
outage-end-over-help = Odpověď, kterou jste psali, se neodeslala.
outage-end-called-off =
    { $count ->
        [one] Zruší se { $count } domluvený termín
        [few] Zruší se { $count } domluvené termíny
       *[other] Zruší se { $count } domluvených termínů
    }
outage-end-closed =
    { $count ->
        [one] Uzavře se { $count } požadavek bez termínu
        [few] Uzavřou se { $count } požadavky bez termínu
       *[other] Uzavře se { $count } požadavků bez termínu
    }
outage-end-nothing = Žádný otevřený požadavek k výpadku nepatří. Ukončí se jen oznámení.
outage-end-new = nově nebo jinak než předtím
outage-end-call = E-mail nedostane, řekněte to po telefonu:
outage-end-more-mails =
    { $count ->
        [one] A ještě { $count } e-mail stejného znění.
        [few] A ještě { $count } e-maily stejného znění.
       *[other] A ještě { $count } e-mailů stejného znění.
    }
outage-end-mails-note = Místo […] bude vaše odpověď. Komu požadavek necháte otevřený, tomu se nic neruší a píšeme, že se mu ještě ozveme.
outage-join-which = Který z nich to je?
outage-editing = Upravit oznámení
outage-editing-submit = Uložit
outage-lifted = Minimum se neúčtuje
outage-lifting = Prominout minimum
outage-lifting-lead = Za práci kvůli tomuto výpadku se zaplatí jen skutečný čas. Platí pro všechny požadavky, které k němu patří nebo budou patřit; vydaná vyúčtování opravíme. Nejde to vzít zpět.
outage-lifting-reason = Důvod, zákazník ho uvidí na vyúčtování
outage-lifting-submit = Prominout minimum
outage-lifting-managers = Prominout minimum může vedoucí.
outage-by-customer = zákazník sám
outage-step-opened = Výpadek oznámen
outage-step-joined = Přidán požadavek
outage-step-left = Vyřazen požadavek
outage-step-news = Zpráva všem
outage-step-lifted = Prominuto minimum
outage-step-over = Vyřešeno
outage-of-case = Hromadný výpadek
outage-of-case-which = Ke kterému výpadku patří
outage-of-case-join = Patří k výpadku
outage-of-case-new = Nový výpadek z tohoto požadavku
queue-to-outage = Označené jsou jeden výpadek
queue-tick = Označit { $name }
