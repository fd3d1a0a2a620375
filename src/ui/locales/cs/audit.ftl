audit-title = Kdo co změnil
audit-export = Stáhnout jako tabulku (CSV)
audit-search = Hledat podle jména osoby, věci nebo zákazníka
audit-subject-label = Co se měnilo
audit-every-subject = Všechno
audit-find = Najít
audit-none = Žádná taková změna
audit-none-help = Změny nastavení, práv, smluv a zákazníků, rozhodnutí o penězích, importy a exporty se tu objeví samy.
audit-older = Starší
audit-to-account = Zpět na účet
audit-nobody = Linka sama, nebo příkaz na serveru
audit-empty = nic
audit-from = od { $first }
audit-until = do { $last }
audit-always = bez omezení
audit-yes = ano
audit-no = ne
audit-entry =
    { $change ->
        [insert] { $thing }: nově
        [delete] { $thing }: odstraněno
        [erase] { $thing }: smazání osobních údajů
       *[update] { $thing }
    }
audit-change =
    { $change ->
        [insert] nově
        [delete] odstraněno
        [done] provedeno
        [erase] smazání osobních údajů
       *[update] změna
    }
audit-column-date = Datum
audit-column-time = Čas
audit-column-who = Kdo
audit-column-address = Odkud
audit-column-customer = Zákazník
audit-column-what = Co
audit-column-name = Název
audit-column-change = Změna
audit-column-field = Údaj
audit-column-before = Dříve
audit-column-after = Nyní
file-audit = zmeny
audit-subject =
    { $subject ->
        [customer] Zákazník
        [member] Osoba zákazníka
        [staff] Náš člověk
        [technician_skill] Dovednost technika
        [staff_region] Region osoby
        [login] Přihlášení
        [password_link] Odkaz k volbě hesla
        [required_provider] Povinné přihlašování přes službu
        [push_device] Prohlížeč s upozorněním
        [webhook_endpoint] Webhook
        [calendar_feed] Adresa pro kalendář
        [contract] Smlouva
        [licence] Licence
        [api_token] Přístup programu
        [bundle] Balíček
        [subscription] Předplatné minut
        [top_up] Automatické dobíjení
        [saved_card] Uložená karta
        [supplier] Firma na dokladech
        [vat_rate] Sazba DPH
        [vat_period] Účetní měsíc
        [fee_invoicing] Začátek fakturace poplatků
        [credit_limit] Limit na fakturu
        [payment_plan] Splátkový plán
        [write_off] Odpis pohledávky
        [payment_stage] Upomínka
        [receivable_rule] Co následuje z dluhů
        [series_pattern] Podoba čísel dokladů
        [teamviewer_user] Jméno technika v TeamVieweru
        [teamviewer_setting] Uchovávání spojení z TeamVieweru
        [voice_setting] Hlasové zprávy z ústředny
        [won_back] Doklad na peníze vrácené po sporu
        [undone_match] Platba vzatá z objednávky zpět
        [site_notice] Oznámení na stránkách
        [outage] Hromadný výpadek
        [public_text] Text veřejné stránky
        [embed_setting] Linka na webu
        [everyday_words] Slova, podle kterých se hledá
        [program] Program
        [program_version] Verze programu
        [skill] Dovednost
        [work_type] Druh práce
        [response_tier] Rychlost
        [line_region] Region
        [line_setting] Nastavení linky
        [line_limit] Limity
        [closure] Zavřený den
        [working_plan] Pracovní plán
        [plan_exception] Výjimka z plánu
        [customer_contact] Kontakt zákazníka
        [computer] Počítač
        [computer_program] Program na počítači
        [contract_amendment] Dodatek ke smlouvě
        [contract_file] Podepsaná smlouva
        [line_setting_change] Změna nastavení linky od data
        [refund] Vrácení peněz k objednávce
        [tax_document] Opravný daňový doklad
        [earlier_invoice] Faktura z dřívějška
        [difference] Odepsaný rozdíl platby
        [balance_entry] Přeplatek
        [bank_payment] Přijatá platba
        [purchase] Objednávka minut
        [contest] Námitka k požadavku
        [document_series] První číslo řady
        [bank_statement] Bankovní výpis
        [import_run] Převzetí dat
        [backup] Záloha
        [restore] Obnova ze zálohy
        [data_export] Export dat
        [own_data] Stažení vlastních údajů
        [audit_export] Stažení přehledu změn
        [sign_in_lock] Odemčení přihlášení
        [catalogue_change] Změna katalogu od data
       *[other] { $subject }
    }
audit-field =
    { $column ->
        [accepted_minutes] Uznané minuty
        [auth] Tajemství prohlížeče
        [browser] Znak prohlížeče
        [busy_only] Jen obsazené časy
        [endpoint] Adresa prohlížeče
        [url] Adresa
        [kinds] Co se hlásí
        [secret] Tajemství
        [former_secret] Předchozí tajemství
        [former_until] Předchozí tajemství platí do
        [disabled_at] Vypnuto
        [disabled_why] Proč vypnuto
        [p256dh] Klíč prohlížeče
        [account] Účet
        [active] Platí
        [amount] Částka
        [answer] Odpověď
        [bank] Banka
        [began_at] Začátek
        [resolved_at] Vyřešeno
        [lifted_at] Minimum prominuto
        [lifted_reason] Proč je minimum prominuto
        [merged_into] Sloučen do
        [invited_in_vain_until] Pozvání, které nešlo přijmout, do
        [is_of_visitors] Místo návštěvníků
        [goes_on_as] Pokračuje jako
        [moved] Přešla k jinému zákazníkovi
        [called_off] Skončila dřív, než začala
        [first_day] První den u zákazníka, od kterého přešla
        [credited_until] Minuty připsané do
        [invoiced_until] Zaplaceno do
        [awaits_nod_since] Čeká na potvrzení od
        [begins_with] První pořadové číslo
        [bic] BIC
        [block_reason] Proč nesmí objednávat
        [bytes] Velikost (B)
        [capabilities] Oprávnění
        [domain] Doména
        [provider] Služba
        [ceiling_minutes] Zeptat se nad (min)
        [choice] Termín vybírá
        [city] Obec
        [closed_as] Uzavřeno jako
        [closes] Zavírá
        [confirmed_at] Potvrzeno
        [contact_roles] Role kontaktu
        [content] Obsah souboru
        [contest_days] Námitka nejpozději po (dny)
        [country] Země
        [created_at] Založeno
        [cutoff_normal_minutes] Změna běžného nejpozději (min předem)
        [cutoff_urgent_minutes] Změna urgentního nejpozději (min předem)
        [date] Den
        [description] Popis
        [description_en] Popis anglicky
        [dic] DIČ
        [downloads] Stahování najednou
        [drafts] Rozepsaných objednávek
        [sms_per_day] Krátkých zpráv na osobu za den
        [devices] Prohlížečů s upozorněními na osobu
        [dry_run] Jen zkouška
        [during] Kdy
        [email] E-mail
        [ends] Do
        [ends_at] Do
        [expires_at] Platí do
        [fee] Pravidelná cena
        [fee_day] Fakturuje se (den, 31: poslední)
        [fee_period] Pravidelná cena za
        [from_day] Od dne
        [patterns] Podoby e-mailů z ústředny
        [pattern] Vzor
        [vouches] Přihlašuje uživatele
        [prefix] Začíná
        [revoked_at] Odebráno
        [scopes] K čemu je
        [future_appointments] Budoucích termínů
        [hold_minutes] Podržení termínu (min)
        [holds] Podržených termínů
        [holds_per_hour] Podržení za hodinu
        [messages_per_hour] Zprávy za hodinu
        [open_outages] Neukončených výpadků jednoho programu
        [outage_messages] Zpráv všem, které výpadek zasáhl
        [attachment_megabytes] Přílohy v megabajtech
        [iban] IBAN
        [ico] IČO
        [is_mailbox] Schránka více lidí
        [incoming] Nových příchozích plateb
        [invoice_days] Splatnost faktury (dny)
        [kept_days] Spojení uchovat (dny)
        [kind] Druh
        [label] Čí je
        [language] Jazyk
        [leaves_on] Odchází
        [lines] Plateb ve výpisu
        [write_off_limit] Odepsat rozdíl do
        [list_rate_per_minute] Ceníková cena za minutu
        [max_moves] Přesunů nejvýš
        [method] Způsob platby
        [minimum_minutes] Minimum (min)
        [minimum_one_off] Minimum jednorázově (min)
        [minimum_with_contract] Minimum se smlouvou (min)
        [minutes] Minut
        [lost] O kolik je zaplaceno méně
        [claimed] Minut k zaplacení
        [minutes_from] Minut od
        [minutes_per_period] Minut za období
        [minutes_to] Minut do
        [month] Měsíc
        [name] Název
        [name_en] Název anglicky
        [normal_horizon_days] Nabídka běžných dopředu (dny)
        [normal_lead_minutes] Běžný nejdřív za (pracovní min)
        [note] Poznámka
        [number] Číslo
        [on_sale] V prodeji
        [opens] Otevírá
        [password_hash] Heslo
        [is_locked] Uzavřeno
        [percent] Sazba (%)
        [period] Období
        [phone] Telefon
        [plannable] Plánuje se předem
        [position] Pořadí
        [postal_code] PSČ
        [postal_prefixes] PSČ začíná
        [price] Cena
        [proforma_days] Splatnost zálohy (dny)
        [purchases_per_day] Objednávek minut za den
        [rate_per_minute] Cena nad rámec za minutu
        [reason] Důvod
        [region] Region
        [register] Zápis v rejstříku
        [released_on] Vyšla
        [reserve_released_at] Rezerva se uvolní
        [missed_credit_minutes] Připsat za zmeškání naší vinou (min)
        [returned_minutes_days] Vrácené minuty platí (dny)
        [roles] Role
        [rollover] Převod minut
        [skill] Dovednost
        [slot_minutes] Délka termínu (min)
        [starts] Od
        [starts_at] Od
        [state] Stav
        [street] Ulice
        [supplied_on] Den plnění
        [is_on] Ukazuje se
        [origins] Weby, které ji smějí rámovat
        [text_cs] Text česky
        [spoken] Slova
        [text_en] Text anglicky
        [tier] Rychlost
        [token_hash] Tajemství odkazu
        [total] Celkem s DPH
        [trusted] Platí na fakturu
        [unpaid_purchases] Nezaplacených objednávek minut
        [urgent_first_minutes] Urgentní nejdřív za (min)
        [urgent_horizon_days] Nabídka urgentních dopředu (dny)
        [urgent_rate_per_minute] Cena urgentně za minutu
        [urgent_reserve_percent] Rezerva pro urgentní (%)
        [urgent_target_minutes] Urgentní nejpozději za (pracovní min)
        [valid] Platnost
        [valid_from] Platí od
        [validity_months] Platnost (měsíce)
        [comes] Jak často přijdou
        [value] Číslo nebo adresa
        [vat_percent] DPH (%)
        [version] Verze
        [waiting_requests] Čekajících požadavků
        [weekday] Den v týdnu
        [wish] Na konci období
        [below_minutes] Když zbývá méně než (min)
        [most_per_month] Nejvýš za měsíc
        [saved_at] Kdy byla uložena
        [withdrawn_at] Vzato zpět
        [writes_per_minute] Odeslaných formulářů za minutu
        [due_on] Splatnost
        [issued_on] Vystaveno
        [paid_before] Uhrazeno dříve
        [variable_symbol] Variabilní symbol
        [agreed_on] Domluveno
        [rests_until] Neupomínat do
        [due_days] Dny splátek
        [sums] Splátky
        [ended_at] Zrušeno
        [at] Kdy
        [ended_by] Zrušil
        [block_after_days] Zastavit objednávky po (dny)
        [interest] Úrok (setiny % ročně)
        [stage] Stupeň
        [days_after] Kolik dnů po splatnosti
        [subject_cs] Předmět česky
        [subject_en] Předmět anglicky
        [block_spares_urgent] Urgentní objednat smí
       *[other] { $column }
    }
audit-code =
    { $code ->
        [by_hand] ručně
        [gone] adresa odpověděla, že zanikla
        [failing] dlouho nic nepřijala
        [month] měsíc
        [quarter] čtvrtletí
        [year] rok
        [none] nepřevádí se
        [one_period] do příštího období
        [technician] technik
        [dispatcher] dispečer
        [manager] vedoucí
        [order] objednávat
        [see_all] vidět všechny požadavky
        [buy] nakupovat minuty
        [read] čtení požadavků
        [billing] minuty a doklady
        [see_billing] vidět vyúčtování
        [manage] spravovat lidi
        [orders] objednává
        [consents] rozhoduje nad strop
        [documents] dostává doklady
        [customer] zákazník
        [dispatch] dispečink
        [off] nepřítomnost
        [extra] práce navíc
        [phone] telefon
        [email] e-mail
        [cs] čeština
        [en] angličtina
        [day1] pondělí
        [day2] úterý
        [day3] středa
        [day4] čtvrtek
        [day5] pátek
        [day6] sobota
        [day7] neděle
        [requested] rozhodnuto
        [pending] na cestě
        [succeeded] vráceno
        [failed] nepodařilo se
        [paid_otherwise] vráceno jinak
        [proforma] zálohová faktura
        [payment] daňový doklad k přijaté platbě
        [invoice] faktura
        [credit_note] opravný daňový doklad
        [unmatched] čeká na rozhodnutí
        [matched] přiřazeno
        [kept] přišlo navíc
        [used] použito na doklad
        [returned] vráceno zákazníkovi
        [set_aside] odloženo
        [open] čeká na rozhodnutí
        [accepted] uznáno
        [partly_accepted] uznáno zčásti
        [rejected] neuznáno
        [expired] propadlo
        [cancelled] zrušeno
        [active] běží
        [paused] pozastaveno
        [ended] skončilo
        [pause] pozastavit
        [end] ukončit
        [card] kartou
        [transfer] převodem
        [on] zapnuto
        [dearer] vypnuto, zdražilo
       *[other] { $code }
    }
