### What `linka doctor` says to whoever runs the portal.

doctor-set = Nothing is set that would work and not be safe.
doctor-unsafe = The portal does not start like this: { $why }.

doctor-database = PostgreSQL { $version } keeps all that the portal promises.
doctor-database-away = The database does not answer: { $why }. See whether it runs and whether DATABASE_URL leads to it.
doctor-database-stopped = The portal does not run, and neither does its private database. Start it, or set LINKA_DATA or DATABASE_URL.
doctor-database-open = What is said to the database can be read or forged on the way. Add sslmode=verify-full to its address.
doctor-unfit-version = PostgreSQL { $version } is too old. Upgrade it to 15 or newer.
doctor-unfit-primary = The database is a read-only replica. Point DATABASE_URL at the primary.
doctor-unfit-fsync = fsync is off: a power cut destroys the database. Set fsync = on and reload the server.
doctor-unfit-full-page-writes = full_page_writes is off: a power cut damages pages. Set full_page_writes = on and reload the server.
doctor-unfit-synchronous-commit = synchronous_commit is off: a crash loses confirmed bookings. Set it on for the server, the database and the role.
doctor-unfit-btree-gist = The extension btree_gist is missing, without which double booking cannot be excluded. Install the server's contrib package (Debian: postgresql-contrib).

doctor-login = The role as which the portal works may what it needs and no more.
doctor-login-unfit =
    { $fault ->
        [superuser] The portal works as a superuser of the database. Point DATABASE_URL at the role linka_server.
        [attributes] The portal's role may make roles or databases, or look past the walls between customers. Take that away (alter role).
        [inherits] The portal's role inherits from its roles. Take that away (alter role … noinherit).
        [other_roles] The portal's role is a member of others than linka_member, linka_staff and linka_system. Take those away (revoke).
        [owns] The portal's role owns the database or something in it. Point DATABASE_URL at the role linka_server.
        [creates] The portal's role may create in the database. Take that away (revoke create).
       *[lacks_roles] The portal's role lacks one of the roles linka_member, linka_staff and linka_system. Run `linka migrate` as the owner.
    }

doctor-schema = The database's schema is the one that this program knows.
doctor-schema-too-new = The database serves programs that know its migration { $needed }, and this one knows { $known } at most. Start a newer release.
doctor-schema-behind = Migration { $missing } is missing in the database's schema. Run `linka migrate` as its owner.
doctor-schema-stuck = The database's schema cannot be read: { $why }. See what the role may and what `linka migrate` says.

doctor-clock = The database's clock is { $apart } ms apart.
doctor-clock-remedy = Have both machines keep the time (chrony or systemd-timesyncd).
doctor-time-zone = The database knows Europe/Prague as the portal does.
doctor-time-zone-differs = The day { $day } begins at another instant for the database than for the portal. Update the time zone data (tzdata) and PostgreSQL.

doctor-ledger = The account of minutes comes out even; checked { $hours } h ago.
doctor-ledger-remedy = It is checked each hour: see whether the portal runs, and what its log says.
doctor-ledger-unchecked = Nobody has checked the account of minutes yet. It is checked each hour while the portal runs.
doctor-ledger-faults = The account of minutes does not come out even, faults: { $faults }; the log has them under “ledger”. Tell the authors and mend nothing by hand.
doctor-jobs = Jobs that are due: { $due }, the oldest for { $minutes } min; given up within a week: { $given_up }.
doctor-jobs-remedy = See in the log why they fail. Those given up count for a week.
doctor-mails = Mails to be sent: { $waiting }, the oldest waits for { $minutes } min; not sent: { $failed }.
doctor-mails-remedy = The reasons stand at /desk/mails, from where they can be sent again.
doctor-backup = The last backup is { $days } d old.
doctor-backup-remedy = Have `linka backup` run each night.
doctor-no-backup = There is no backup yet. Have `linka backup` run each night, and keep the files elsewhere.
doctor-disk = { $megabytes } MB are free where the data are, { $percent } % of the disk.
doctor-disk-remedy = Make room or enlarge it: without room the database stops.

doctor-no-mail-server = No mail server is set: mails wait. Set LINKA_SMTP and LINKA_MAIL_FROM.
doctor-mail-server = The mail server answers.
doctor-mail-server-away = The mail server does not serve us: { $why }. Check LINKA_SMTP.
doctor-mailbox = The mailbox with mails to the line is open to us.
doctor-mailbox-away = Mails cannot be fetched from the mailbox: { $why }. Check LINKA_IMAP and what belongs to it.
doctor-no-stripe = Nobody pays by card.
doctor-stripe = Stripe knows our key.
doctor-stripe-test = Stripe knows our key, which is one of its test mode: no money moves. Set a live one.
doctor-stripe-refuses = Stripe does not serve us: { $why }. Check LINKA_STRIPE_KEY, and whether api.stripe.com can be reached.
doctor-site = The portal answers at { $address }.
doctor-no-site = It is not set where people reach the portal: links in mails lead to this machine. Set LINKA_URL.
doctor-site-anothers = Something else answers at { $address } (status { $status }). Check LINKA_URL and the proxy before the portal.
doctor-site-away = Nobody answers at { $address }: { $why }. Check LINKA_URL, DNS and the proxy before the portal.
doctor-certificate = The certificate of { $host } is good for { $days } d.
doctor-certificate-remedy = Have it renewed while it is.
doctor-certificate-refused = The certificate of { $host } is not good: { $why }. Until it is, nobody connects there.
