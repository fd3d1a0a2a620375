-- Payments by bank transfer: statements that a manager imports, and what each payment in them pays.

create table bank_statement (
    id           bigint generated always as identity primary key,
    sha256       bytea not null unique check (length(sha256) = 32), -- of the file
    file_name    text not null,
    format       text not null check (format in ('gpc', 'csv')),
    imported_at  timestamptz not null,
    staff_id     bigint not null references staff,
    lines        integer not null check (lines >= 0),    -- payments in it, ours or not
    incoming     integer not null check (incoming >= 0)  -- those that came in and were new
);

create table bank_payment (
    id               bigint generated always as identity primary key,
    statement_id     bigint not null references bank_statement,
    booked_on        date not null,
    amount           bigint not null check (amount > 0), -- haléře
    currency         text not null check (currency ~ '^[A-Z]{3}$'),
    variable_symbol  text not null default '' check (variable_symbol ~ '^[0-9]{0,10}$'),
    counter_account  text not null default '',
    counter_name     text not null default '',
    message          text not null default '',
    -- What makes it this payment and no other: the bank's own reference, or all it says and its place among equals.
    reference        text not null unique,
    state            text not null check (state in ('unmatched', 'matched', 'set_aside')),
    -- Why it was not matched by itself.
    reason           text check (reason in ('unknown_symbol', 'underpaid', 'overpaid', 'already_paid', 'foreign_currency', 'closed_order',
                                              'repeated')),
    document_id      bigint references tax_document,
    decided_at       timestamptz,
    staff_id         bigint references staff, -- none: matched by itself
    note             text not null default '',
    constraint matched_to_a_document check ((state = 'matched') = (document_id is not null)),
    constraint undecided_says_why check ((state = 'unmatched') = (reason is not null)),
    constraint decided_some_time check ((state = 'unmatched') = (decided_at is null))
);
create index bank_payment_unmatched on bank_payment (booked_on, id) where state = 'unmatched';
create index bank_payment_statement on bank_payment (statement_id);
-- What looks like a payment that came before.
create index bank_payment_alike on bank_payment (variable_symbol, amount, booked_on);
create index bank_payment_document on bank_payment (document_id) where document_id is not null;

-- A decision is made once.
create function keep_bank_payment() returns trigger
    language plpgsql as $$
begin
    if old.state <> 'unmatched'
       or (new.id, new.statement_id, new.booked_on, new.amount, new.currency, new.variable_symbol, new.counter_account,
           new.counter_name, new.message, new.reference)
          is distinct from
          (old.id, old.statement_id, old.booked_on, old.amount, old.currency, old.variable_symbol, old.counter_account,
           old.counter_name, old.message, old.reference) then
        raise exception 'a payment is decided once' using errcode = 'LK003';
    end if;
    return new;
end
$$;
create trigger decided_once before update on bank_payment
    for each row execute function keep_bank_payment();

-- What came in for a document so far, as far as the role sees the document.
create function paid_by_transfer(p_document bigint) returns bigint
    language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(sum(p.amount), 0)::bigint from bank_payment p
    where p.document_id = p_document and p.state = 'matched'
      and (current_setting('role') <> 'linka_member'
           or exists (select 1 from tax_document d where d.id = p_document and d.customer_id = current_customer()))
$$;

-- What a document asks for: less what was credited of it.
create function asked_by(p_document bigint) returns bigint
    language sql stable as $$
    select sum(total)::bigint from tax_document where id = p_document or corrects_id = p_document
$$;

-- How many jobs of payments and documents the queue has given up.
create function given_up_jobs() returns bigint
    language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return (select count(*) from graphile_worker.jobs
            where attempts >= max_attempts and locked_at is null and (key is null or key not like 'mail:%'));
end
$$;
revoke execute on function given_up_jobs from public;
grant execute on function given_up_jobs to linka_staff;

grant select, insert on bank_statement to linka_staff;
grant select, insert, update on bank_payment to linka_staff;
grant select on bank_payment to linka_system;
grant create on schema public to linka_system;
alter function paid_by_transfer owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function paid_by_transfer from public;
grant execute on function paid_by_transfer to linka_member, linka_staff, linka_system;
