### Co říká `linka doctor` tomu, kdo portál provozuje.

doctor-set = Nastavení neobsahuje nic, co by fungovalo a nebylo bezpečné.
doctor-unsafe = S tímto nastavením se portál nespustí: { $why }.

doctor-database = PostgreSQL { $version } drží vše, co portál slibuje.
doctor-database-away = Databáze neodpovídá: { $why }. Podívejte se, zda běží a zda na ni vede DATABASE_URL.
doctor-database-stopped = Portál neběží a s ním ani jeho vlastní databáze. Spusťte ho, nebo nastavte LINKA_DATA či DATABASE_URL.
doctor-database-open = Spojení s databází může někdo po cestě číst nebo podvrhnout. Přidejte do adresy sslmode=verify-full.
doctor-unfit-version = PostgreSQL { $version } je příliš starý. Přejděte na verzi 15 nebo novější.
doctor-unfit-primary = Databáze je replika, do které se nedá psát. Nasměrujte DATABASE_URL na primární server.
doctor-unfit-fsync = fsync je vypnuté: výpadek proudu databázi zničí. Nastavte fsync = on a načtěte nastavení serveru znovu.
doctor-unfit-full-page-writes = full_page_writes je vypnuté: výpadek proudu poškodí stránky. Nastavte full_page_writes = on a načtěte nastavení serveru znovu.
doctor-unfit-synchronous-commit = synchronous_commit je vypnuté: po pádu zmizí potvrzené objednávky. Zapněte ho pro server, databázi i roli.
doctor-unfit-btree-gist = Chybí rozšíření btree_gist, bez něj nelze vyloučit dvojí rezervaci. Nainstalujte doplňky PostgreSQL (v Debianu postgresql-contrib).

doctor-login = Role, pod kterou portál pracuje, smí jen to, co potřebuje.
doctor-login-unfit =
    { $fault ->
        [superuser] Portál pracuje jako správce databáze (superuser). Nasměrujte DATABASE_URL na roli linka_server.
        [attributes] Role portálu smí zakládat role či databáze nebo obcházet oddělení zákazníků. Odeberte jí to (alter role).
        [inherits] Role portálu dědí práva svých rolí. Odeberte jí to (alter role … noinherit).
        [other_roles] Role portálu je členem i jiných rolí než linka_member, linka_staff a linka_system. Odeberte je (revoke).
        [owns] Role portálu vlastní databázi nebo něco v ní. Nasměrujte DATABASE_URL na roli linka_server.
        [creates] Role portálu smí v databázi zakládat tabulky. Odeberte jí to (revoke create).
       *[lacks_roles] Roli portálu chybí některá z rolí linka_member, linka_staff a linka_system. Spusťte `linka migrate` jako vlastník.
    }

doctor-schema = Schéma databáze odpovídá tomuto programu.
doctor-schema-too-new = Databáze slouží jen programům, které znají migraci { $needed }, tento zná nejvýš { $known }. Spusťte novější vydání.
doctor-schema-behind = Ve schématu databáze chybí migrace { $missing }. Spusťte `linka migrate` jako jeho vlastník.
doctor-schema-stuck = Schéma databáze nelze přečíst: { $why }. Zkontrolujte práva role a výpis `linka migrate`.

doctor-clock = Hodiny databáze se liší o { $apart } ms.
doctor-clock-remedy = Zapněte na obou počítačích synchronizaci času (chrony nebo systemd-timesyncd).
doctor-time-zone = Databáze zná pásmo Europe/Prague stejně jako portál.
doctor-time-zone-differs = Den { $day } začíná pro databázi jindy než pro portál. Aktualizujte data časových pásem (tzdata) a PostgreSQL.

doctor-ledger = Účet minut vychází; zkontrolován před { $hours } h.
doctor-ledger-remedy = Kontroluje se každou hodinu: podívejte se, zda portál běží a co píše do logu.
doctor-ledger-unchecked = Účet minut ještě nikdo nezkontroloval. Kontroluje se každou hodinu, kdy portál běží.
doctor-ledger-faults = Účet minut nevychází, chyb je { $faults }: stojí v logu pod „ledger“. Dejte vědět autorům a nic ručně neopravujte.
doctor-jobs = Úlohy na řadě: { $due }, nejstarší čeká { $minutes } min; vzdané za týden: { $given_up }.
doctor-jobs-remedy = Podívejte se do logu, proč se nedaří. Vzdané se počítají týden.
doctor-mails = E-maily k odeslání: { $waiting }, nejstarší čeká { $minutes } min; neodeslané: { $failed }.
doctor-mails-remedy = Důvody jsou na stránce /desk/mails, odkud se dají poslat znovu.
doctor-backup = Poslední záloha je stará { $days } d.
doctor-backup-remedy = Nechte `linka backup` spouštět každou noc.
doctor-no-backup = Záloha ještě žádná není. Nechte `linka backup` spouštět každou noc a soubory ukládejte jinam.
doctor-disk = U dat je volných { $megabytes } MB, { $percent } % disku.
doctor-disk-remedy = Uvolněte místo, nebo disk zvětšete: bez místa se databáze zastaví.

doctor-no-mail-server = Není nastaven poštovní server: e-maily čekají. Nastavte LINKA_SMTP a LINKA_MAIL_FROM.
doctor-mail-server = Poštovní server odpovídá.
doctor-mail-server-away = Poštovní server nás neobslouží: { $why }. Zkontrolujte LINKA_SMTP.
doctor-mailbox = Schránka s e-maily na linku je přístupná.
doctor-mailbox-away = Ze schránky nejde vyzvedávat e-maily: { $why }. Zkontrolujte LINKA_IMAP a co k němu patří.
doctor-no-stripe = Kartou se neplatí.
doctor-stripe = Stripe zná náš klíč.
doctor-stripe-test = Stripe zná náš klíč, ale je zkušební: žádné peníze se nepřevádějí. Nastavte klíč pro ostrý provoz.
doctor-stripe-refuses = Stripe nás neobslouží: { $why }. Zkontrolujte LINKA_STRIPE_KEY a zda je api.stripe.com dosažitelné.
doctor-site = Portál odpovídá na { $address }.
doctor-no-site = Není nastaveno, kde lidé portál najdou: odkazy v e-mailech povedou na tento počítač. Nastavte LINKA_URL.
doctor-site-anothers = Na { $address } odpovídá něco jiného (stav { $status }). Zkontrolujte LINKA_URL a proxy před portálem.
doctor-site-away = Na { $address } nikdo neodpovídá: { $why }. Zkontrolujte LINKA_URL, DNS a proxy před portálem.
doctor-certificate = Certifikát { $host } platí ještě { $days } d.
doctor-certificate-remedy = Dejte ho obnovit, dokud platí.
doctor-certificate-refused = Certifikát { $host } neplatí: { $why }. Dokud nebude v pořádku, nikdo se tam nepřipojí.
