//! Faults that are put into the database on purpose, each of which a season has to find. docs/simulation.md lists them.

/// A fault: how it is called, the statements that make it, and a word of what is said of it when it is found.
pub struct Mutant {
    pub name: &'static str,
    pub broken: &'static str,
    pub found: &'static str,
}

const fn mutant(name: &'static str, broken: &'static str, found: &'static str) -> Mutant {
    Mutant { name, broken, found }
}

pub const MUTANTS: &[Mutant] = &[
    mutant(
        "offers-forget-appointments",
        "alter table appointment drop constraint no_double_booking;
         create or replace function free_busy(p_from timestamptz, p_to timestamptz, p_now timestamptz,
             p_unmet_since timestamptz, p_request uuid)
             returns table (technician_id bigint, starts_at timestamptz, ends_at timestamptz, urgent boolean)
             language sql stable security definer set search_path = public, pg_temp
             as $$ select null::bigint, p_from, p_to, false where false $$;",
        "at once",
    ),
    mutant(
        "draws-lose-a-minute",
        "create function loses() returns trigger language plpgsql as $$ begin
             new.minutes := new.minutes + 1; return new;
         end $$;
         create trigger a_loses before insert on ledger_entry for each row when (new.kind = 'draw' and new.minutes < -1)
             execute function loses();",
        "receipt and ledger differ",
    ),
    mutant(
        "bundles-credited-twice",
        "create function doubles() returns trigger language plpgsql as $$ begin
             insert into minute_grant (customer_id, kind, minutes, effective_at, expires_at, source, credited_at)
                 values (new.customer_id, 'bundle', new.minutes, new.effective_at, new.expires_at, new.source || ' ', new.credited_at);
             return null;
         end $$;
         create trigger zz_doubles after insert on minute_grant for each row
             when (new.kind = 'bundle' and right(new.source, 1) <> ' ') execute function doubles();",
        "credited",
    ),
    mutant(
        "mails-doubled",
        "create function doubles() returns trigger language plpgsql security definer as $$ declare v_again bigint; begin
             insert into mail (customer_id, to_address, to_name, language, content, created_at, key)
                 values (new.customer_id, new.to_address, new.to_name, new.language, new.content, new.created_at, new.key || ':again')
                 returning id into v_again;
             perform queue_mail(v_again);
             return null;
         end $$;
         create trigger zz_doubles after insert on mail for each row
             when (new.state = 'queued' and new.id % 5 = 0 and new.key not like '%:again') execute function doubles();",
        "say the same",
    ),
    mutant(
        "mails-forgotten",
        "create or replace function queue_mail(p_mail bigint) returns void language plpgsql security definer
             set search_path = public, pg_temp as $$ begin
             if p_mail % 4 <> 0 then perform add_mail_job(p_mail, 'mails', 0, null); end if;
         end $$;",
        "in the evening",
    ),
    mutant(
        "numbers-skipped",
        "create function skips() returns trigger language plpgsql as $$ begin
             if new.last % 3 = 0 then new.last := new.last + 1; end if; return new;
         end $$;
         create trigger a_skips before update on document_series for each row execute function skips();",
        "series",
    ),
    mutant(
        "queue-forgets-appointments",
        "drop trigger desk_update on appointment; drop trigger desk_insert on appointment; drop trigger desk_delete on appointment;
         drop trigger desk_update on service_request; drop trigger desk_insert on service_request;",
        "not kept in the queue",
    ),
    mutant(
        "walls-open",
        "drop policy own_customer on receipt;
         create policy own_customer on receipt to linka_member using (true) with check (true);",
        "rows of others",
    ),
    mutant(
        "payments-matched-twice",
        "create function doubles() returns trigger language plpgsql security definer as $$ begin
             insert into bank_payment (statement_id, booked_on, amount, currency, variable_symbol, counter_name, reference,
                                       state, document_id, decided_at)
                 values (new.statement_id, new.booked_on, new.amount, new.currency, new.variable_symbol, new.counter_name,
                         new.reference || '+', 'matched', new.document_id, new.decided_at);
             return null;
         end $$;
         create trigger zz_doubles after insert or update on bank_payment for each row
             when (new.state = 'matched' and new.document_id is not null and new.reference not like '%+') execute function doubles();",
        "documents of payments say",
    ),
    mutant(
        "keys-forgotten",
        "create function forgets() returns trigger language plpgsql as $$ begin new.key := null; return new; end $$;
         create trigger a_forgets before insert on request_event for each row execute function forgets();
         create trigger a_forgets before insert on time_segment for each row execute function forgets();",
        "again:",
    ),
    mutant(
        "cancelled-times-stay",
        "create function stays() returns trigger language plpgsql as $$ begin return null; end $$;
         create trigger a_stays before update of state on appointment for each row
             when (old.state = 'confirmed' and new.state = 'cancelled') execute function stays();
         drop index one_agreed_time_per_request;",
        "agreed times",
    ),
    mutant(
        "clocks-stop-late",
        "create function runs_on() returns trigger language plpgsql as $$ begin
             new.billed_minutes := new.billed_minutes + 1; new.over_minutes := new.over_minutes + 1; return new;
         end $$;
         create trigger a_runs_on before insert on receipt for each row execute function runs_on();",
        "intervention",
    ),
    mutant(
        "refused-by-the-database",
        "alter table request_event add constraint nobody_writes check (kind <> 'customer_wrote');",
        "writes",
    ),
];
