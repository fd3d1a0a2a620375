-- What a vendor goes on from is taken over too: where numbers go on, what is sold, and what customers owe from before.

-- Numbers of requests go on from where they were elsewhere: the first of a year is at least this one. The sequence is counted up to
-- it, as setting it could give a number twice.
create table request_number_start (
    year   integer primary key check (year between 2000 and 9999),
    first  integer not null check (first between 1 and 90000)
);
create function request_number_issued(p_year integer) returns bigint
    language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    v_sequence text := format('request_number_%s', p_year);
    v_issued   bigint;
begin
    if to_regclass(v_sequence) is null then
        return 0;
    end if;
    execute format('select case when is_called then last_value else 0 end from %I', v_sequence) into v_issued;
    return v_issued;
end
$$;
create or replace function next_request_number(year integer) returns text
    language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    v_sequence text := format('request_number_%s', $1);
    v_first    bigint := coalesce((select s.first from request_number_start s where s.year = $1), 1);
    v_number   bigint;
begin
    if to_regclass(v_sequence) is null then
        perform pg_advisory_xact_lock(hashtextextended('sequence of request numbers', $1));
        execute format('create sequence if not exists %I', v_sequence);
    end if;
    loop
        v_number := nextval(v_sequence::regclass);
        exit when v_number >= v_first;
    end loop;
    return $1 || '-' || padded(v_number, 6);
end
$$;

-- No series goes on below what is taken.
create function keep_request_numbers() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if new.first <= request_number_issued(new.year) then
        raise exception using errcode = 'check_violation', constraint = 'requests_go_on',
            message = 'the number of a request is taken';
    end if;
    return null;
end $$;
create trigger requests_go_on after insert or update on request_number_start
    for each row execute function keep_request_numbers();

-- Whoever places a purchase holds the row's lock until it stands, so this one waits and then sees it.
alter table purchase_number drop constraint if exists order_number_last_check,
    drop constraint if exists purchase_number_last_check,
    add constraint purchase_number_last check (last >= 0),
    -- Where it goes on when tables have said so.
    add column begins_with integer check (begins_with > 0);
create function keep_purchase_numbers() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if current_user = 'linka_staff' and exists (
        select from purchase p
        where p.number like 'B' || new.year || '-%' and split_part(p.number, '-', 2)::bigint > new.last)
    then
        raise exception using errcode = 'check_violation', constraint = 'purchases_go_on',
            message = 'the number of a purchase is taken';
    end if;
    return null;
end $$;
create trigger purchases_go_on after insert or update on purchase_number
    for each row execute function keep_purchase_numbers();

-- Every series of which something is known, with the number that comes next.
create view number_series with (security_invoker = true) as
    select 'requests' as series, y.year, greatest(coalesce(s.first, 1), request_number_issued(y.year) + 1)::integer as next
    from generate_series(2000, 2099) y (year)
    left join request_number_start s on s.year = y.year
    where s.year is not null or request_number_issued(y.year) > 0
    union all
    select 'purchases', year, last + 1 from purchase_number
    union all
    select kind, year, last + 1 from document_series;

-- Prices may be taken over by the command of the operator, as nobody of the staff.
alter table line_setting_change alter column made_by drop not null;

-- A bundle of another system is known by its key there, together with its first day: what takes its place later has the same key.
alter table bundle
    add column external_key text check (is_kept_text(external_key)),
    add constraint one_bundle_of_a_key exclude using gist (external_key with =, on_sale with &&) deferrable;

-- What a customer owes that was invoiced before Linka, by another system: no document of ours, of no series of ours, never printed
-- by us. It is known by its number there. What came for it by transfer since is matched as with our own documents.
create table earlier_invoice (
    id               bigint generated always as identity primary key,
    customer_id      bigint not null references customer,
    number           text not null constraint earlier_invoice_of_a_number unique
                     constraint earlier_number_is_kept check (number <> '' and is_kept_text(number)),
    variable_symbol  text not null check (variable_symbol ~ '^[0-9]{1,10}$'),
    issued_on        date not null,
    due_on           date not null,
    total            bigint not null check (total > 0), -- haléře, including VAT
    paid_before      bigint not null,                   -- of it, before it was taken over
    created_at       timestamptz not null,
    constraint earlier_invoice_is_due_once_issued check (due_on >= issued_on),
    constraint no_more_is_paid_than_owed check (paid_before between 0 and total)
);
create index earlier_invoice_of_customer on earlier_invoice (customer_id, due_on, id);
create index earlier_invoice_of_symbol on earlier_invoice (variable_symbol);
create index earlier_invoice_by_due_day on earlier_invoice (due_on, id);
call build_tenant_wall('earlier_invoice');
call keep_audit('earlier_invoice');

alter table bank_payment
    add column earlier_invoice_id bigint references earlier_invoice,
    drop constraint matched_to_a_document,
    add constraint matched_to_one_thing check (num_nonnulls(document_id, earlier_invoice_id) = (state = 'matched')::integer),
    drop constraint bank_payment_reason_check,
    add constraint bank_payment_reason_check check (reason in (
        'unknown_symbol', 'underpaid', 'overpaid', 'already_paid', 'foreign_currency', 'closed_purchase', 'repeated', 'ambiguous'));
create index bank_payment_earlier_invoice on bank_payment (earlier_invoice_id) where earlier_invoice_id is not null;

-- What of an invoice from before is paid, before and since, as far as the role sees it.
create function paid_of_earlier_invoice(p_invoice bigint) returns bigint
    language sql stable security definer set search_path = public, pg_temp as $$
    select (i.paid_before + coalesce((select sum(p.amount) from bank_payment p
                                      where p.earlier_invoice_id = i.id and p.state = 'matched'), 0))::bigint
    from earlier_invoice i
    where i.id = p_invoice and (current_setting('role') <> 'linka_member' or i.customer_id = current_customer())
$$;

grant select on earlier_invoice to linka_member, linka_staff, linka_system;
grant insert, update on earlier_invoice to linka_staff;
grant create on schema public to linka_system;
alter function paid_of_earlier_invoice owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function paid_of_earlier_invoice from public;
grant execute on function paid_of_earlier_invoice to linka_member, linka_staff, linka_system;

-- A period of a contract may have been credited in full before its balance is taken over: then what was used elsewhere is taken from
-- that grant, once for each key.
alter table ledger_entry
    drop constraint ledger_entry_kind_check,
    add constraint ledger_entry_kind_check check (kind in (
        'grant', 'draw', 'return', 'expiry', 'charge', 'waive', 'freeze', 'thaw', 'refund', 'correction')),
    drop constraint ledger_entry_source_kind_check,
    add constraint ledger_entry_source_kind_check check (source_kind in ('grant', 'receipt', 'expiry', 'dispute', 'refund', 'import')),
    drop constraint sign_fits_kind,
    add constraint sign_fits_kind check (
        case kind when 'grant' then minutes > 0 when 'draw' then minutes < 0 when 'return' then minutes > 0
                  when 'expiry' then minutes < 0 when 'freeze' then minutes < 0 when 'thaw' then minutes > 0
                  when 'refund' then minutes < 0 when 'correction' then minutes < 0
                  when 'charge' then over_minutes > 0 and amount >= 0 when 'waive' then over_minutes < 0 and amount <= 0 end);
create table taken_balance (
    key       text primary key check (is_kept_text(key)),
    grant_id  bigint not null constraint a_balance_is_taken_once unique references minute_grant,
    minutes   integer not null check (minutes >= 0),
    reason    text not null check (is_kept_text(reason))
);
create trigger append_only before update or delete or truncate on taken_balance
    execute function refuse_change();
grant select, insert on taken_balance to linka_staff;

grant select, insert, update on request_number_start to linka_staff;
grant select, insert, update on purchase_number to linka_staff;
grant select on number_series to linka_staff;
revoke execute on function request_number_issued from public;
grant execute on function request_number_issued to linka_staff;
