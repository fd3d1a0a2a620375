## /developers: Jak programy objednávají

developers-title = Pro programy: jak objednávat
developers-lead = Váš program objedná zásah, vybere termín a přečte si, jak to dopadlo. Přes HTTP a JSON.
developers-token = Program se v každém požadavku prokáže tokenem vaší organizace: Authorization: Bearer … Vytvoří ho ten, kdo u vás spravuje osoby, na stránce „Programy, které objednávají samy“.
developers-key = Co něco mění, nese váš klíč Idempotency-Key. Stejný požadavek poslaný znovu do 24 hodin už nic nezmění a dostane stejnou odpověď. Když odpověď nepřijde, pošlete ho tedy znovu.
developers-document = Totéž pro programy (OpenAPI 3.1)
developers-refusals = Co můžeme odmítnout
developers-refusals-lead = Každé odmítnutí je JSON s kódem, který nikdy nemění význam (RFC 9457).
developers-scope = Potřebuje token pro: { $scope ->
        [read] čtení požadavků a volných termínů
        [order] objednávání
        [billing] minuty a doklady
       *[other] { $scope }
    }
developers-parameters = V adrese a hlavičkách
developers-body = Co posíláte
developers-answer = Co odpovíme ({ $status })
developers-optional = nemusí být

developers-summary = { $operation ->
        [list_work_types] Co se dá objednat
        [list_slots] Kdy se můžeme připojit
        [list_requests] Co bylo objednáno
        [place_order] Objednat
        [get_request] Jeden požadavek
        [attach_file] Poslat soubor
        [write_message] Napsat k požadavku
        [hold_slot] Podržet termín
        [confirm_slot] Potvrdit podržený termín
        [move_request] Vybrat jiný termín
        [cancel_request] Zrušit
        [get_balance] Které minuty zbývají
        [list_usage] Na co padly minuty
        [list_documents] Doklady
       *[other] { $text }
    }

developers-description = { $operation ->
        [list_work_types] Druhy práce; objednávka uvede jeden z nich.
        [list_slots] Volné termíny pro druh práce, u každého důvod, proč ho nabízíme. Dotazem se žádný nepodrží.
        [list_requests] Všechny požadavky zákazníka, ať je poslal kdokoli, po stovkách.
        [place_order] Požadavek od té chvíle vidí dispečer a čeká na termín: podržte ho a potvrďte. Kde termín navrhuje dispečer, nějaké nabídne.
        [get_request] Celý, i s tím, co se s ním dělo.
        [attach_file] Půjde se zprávou k požadavku. Podíváme se, co to je, a podle toho ho pojmenujeme.
        [write_message] Technik, který se připojí, se to dozví; odpověď přijde e-mailem a zůstane u požadavku.
        [hold_slot] Deset minut ho nenabídneme nikomu jinému. Co bylo pro požadavek podrženo dřív, se uvolní.
        [confirm_slot] Od té chvíle je domluvený a lidem, kterých se týká, o něm napíšeme.
        [move_request] Nový platí dřív, než se vzdáte toho původního; požadavek, který na termín čeká, dostane tenhle.
        [cancel_request] Požadavek i jeho termín, do doby, kterou požadavek uvádí.
        [get_balance] Podle toho, odkud jsou, a kolik z nich nepotřebuje žádný domluvený termín.
        [list_usage] Uzavřená práce, která začala v těchto dnech.
        [list_documents] Daňové doklady a výzvy k platbě, a jak je to s jejich zaplacením.
       *[other] { $text }
    }

developers-parameter = { $name ->
        [number] Číslo požadavku
        [work_type] O který druh práce jde.
        [urgency] Jak je to naléhavé; u práce, která se plánuje, to uvádět nemusíte.
        [state] Jen ty, které jsou v tomto stavu.
        [updated_after] Jen ty, se kterými se od té doby něco stalo.
        [cursor] Kde předchozí seznam skončil.
        [from] První den.
        [to] Poslední den.
        [Idempotency-Key] Vaše jméno pro tuto změnu; pro každou jiné
       *[other] { $text }
    }

developers-field = { $field ->
        [WorkType-id] Čím se objednává.
        [WorkType-name] Jak se jmenuje.
        [WorkType-description] Co to je.
        [WorkType-minutes_from] Jak dlouho obvykle trvá, od.
        [WorkType-minutes_to] A do.
        [WorkType-plannable] Zda ji jde vidět dopředu: potom není nikdy urgentní.
        [WorkType-you_pick] Zda si termín vyberete; jinak nějaké nabídne dispečer.
        [Slots-urgency] Jak naléhavou práci bereme.
        [Slots-slots] Termíny od nejbližšího; žádné, kde je dispečer nabídne až po objednání.
        [Order-program] O který program jde; když to neuvedete, o ten, kterému patří token.
        [Order-program_version] V jaké verzi běží.
        [Order-work_type] Který druh práce, podle jeho id.
        [Order-urgency] Jak je to naléhavé; u práce, která se plánuje, to uvádět nemusíte.
        [Order-summary] O co jde, jedním řádkem.
        [Order-description] Víc o tom. Se shrnutím dohromady nejméně 10 a nejvýše 4 000 znaků.
        [Order-what_stopped] Co přestalo fungovat, když je to urgentní; bez toho platí shrnutí.
        [Order-since] Od kdy; u toho, co je urgentní, to musí být.
        [Order-contact_name] Kdo sedí u počítače.
        [Order-contact_phone] Kde toho člověka zastihneme.
        [Order-reference] Jak tomu říkáte vy; vrátí se při každém čtení požadavku.
        [Order-diagnostics] Co ví program: poslední chyba, záznam. Půjde s požadavkem jako soubor.
        [Sent-number] Jeho číslo; říkají mu tak i lidé.
        [Sent-state] V jakém je stavu.
        [Sent-page] Jeho stránka pro lidi.
        [Requests-requests] V pořadí, v jakém byly poslány.
        [Requests-next] S ním se zeptejte na další; na konci není.
        [Request-number] Jeho číslo.
        [Request-state] V jakém je stavu.
        [Request-program] Program.
        [Request-program_version] V jaké verzi běžel, když se objednávalo; může chybět.
        [Request-work_type] Druh práce.
        [Request-urgency] Jak je to naléhavé.
        [Request-description] Co se stalo, slovy zákazníka.
        [Request-contact_name] Kdo sedí u počítače.
        [Request-contact_phone] Kde toho člověka zastihneme.
        [Request-reference] Jak mu říká program, který ho objednal; u toho, co objednali lidé, je prázdné.
        [Request-submitted_at] Kdy byl poslán.
        [Request-time] Domluvený termín.
        [Request-awaits_pick] Zda mu teď smíte vybrat termín.
        [Request-change_until] Do kdy ho jde přesunout nebo zrušit.
        [Request-moves_left] Kolikrát ho ještě jde přesunout.
        [Request-events] Co se s ním dělo a co kdo napsal, od nejstaršího.
        [PickedSlot-slot] Jeden z nabízených termínů, tak jak jste ho dostali.
        [Held-time] Termín.
        [Held-expires_at] Do kdy; potom je pro každého.
        [Appointment-number] Kterého požadavku.
        [Appointment-state] V jakém je stavu.
        [Appointment-time] Termín.
        [Appointment-change_until] Do kdy ho jde přesunout nebo zrušit.
        [Cancellation-reason] Vašimi slovy; může chybět.
        [Message-message] Prostý text.
        [Written-number] Ke kterému požadavku.
        [AttachedFile-file] Obrázek (PNG, JPEG), PDF, prostý text nebo ZIP, nejvýše deset megabajtů.
        [AttachedFile-message] Co k němu říkáte; bez toho platí jméno souboru.
        [Balance-free] Minuty, které nepotřebuje žádný domluvený termín.
        [Balance-reserved_over] Minuty, které domluvené zásahy nejspíš vyčerpají nad to, co tu je.
        [Balance-pools] Kde minuty jsou, v pořadí, ve kterém se čerpají.
        [Usage-interventions] Od nejnovějšího.
        [Usage-next] S ním se zeptejte na starší; na konci není.
        [Documents-documents] Od nejnovějšího.
        [Documents-next] S ním se zeptejte na starší; na konci není.
       *[other] { $text }
    }

developers-refusal = { $code ->
        [sign_in_required] chybí platný token: Authorization: Bearer …
        [forbidden] na tohle token nestačí
        [not_found] nic takového není
        [malformed] nejde to přečíst
        [too_large] je to příliš velké
        [invalid] některá pole nejsou v pořádku
        [urgency] urgentní to být nemůže
        [slot_taken] někdo byl rychlejší: termín je pryč
        [slot_refused] tenhle termín nejde mít
        [hold_expired] nic už podrženo není
        [change] už to nejde změnit
        [limit] je dosaženo limitu
        [busy] zkuste to za chvíli znovu
        [awaits_nod] zákazník je nový: zatím nic urgentního
        [blocked] zákazník objednávat nesmí
        [owes_too_long] zákazník dluží příliš dlouho
        [conflict] jak věci teď jsou, to nejde
        [moved_on] jak věci teď jsou, to nejde
        [unavailable] zrovna to nefunguje
        [internal] naše chyba
        [idempotency_key_missing] změna potřebuje hlavičku Idempotency-Key
        [idempotency_mismatch] pod tímto klíčem šlo o něco jiného
        [in_progress] totéž se právě vyřizuje
        [method_not_allowed] tahle adresa bere jinou metodu
        [nobody_manages] zákazníka nikdo nespravuje: token nejedná za nikoho
       *[other] { $text }
    }
