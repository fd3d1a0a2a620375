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

-- One number names one thing, whether it was invoiced before or by us. Where both came at the same moment all the same, whoever
-- assigns a payment to the number is asked for another.
create function earlier_number_is_no_documents() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if exists (select from tax_document d where d.number = new.number) then
        raise exception using errcode = 'unique_violation', constraint = 'earlier_number_is_no_documents',
            message = 'a document has the number';
    end if;
    return null;
end $$;
create trigger earlier_number_is_no_documents after insert or update of number on earlier_invoice
    for each row execute function earlier_number_is_no_documents();

create or replace function issue_tax_document(
    p_customer bigint, p_kind text, p_year integer, p_issued_at timestamptz, p_supplied_on date, p_due_on date, p_purchase uuid,
    p_corrects bigint, p_base bigint, p_tax bigint, p_total bigint, p_content jsonb, p_key text
) returns table (id bigint, number text)
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_serial  integer;
    v_number  text;
begin
    perform refuse_foreign_customer(p_customer);
    -- What members cause is the request for the payment of a purchase of theirs, and nothing that concerns taxes.
    if current_setting('role') = 'linka_member' and not (
        p_kind = 'proforma' and exists (select 1 from purchase p
                                        where p.id = p_purchase and p.customer_id = p_customer and p.total = p_total)) then
        raise insufficient_privilege using message = 'not a document that members cause';
    end if;
    insert into document_series as s (kind, year, last) values (p_kind, p_year, 1)
        on conflict (kind, year) do update set last = s.last + 1
        returning s.last into v_serial;
    -- Under the series' lock nobody else issues: looking first is enough, and the constraint repeats it.
    if exists (select 1 from tax_document d where d.key = p_key) then
        if v_serial = 1 then
            delete from document_series s where s.kind = p_kind and s.year = p_year;
        else
            update document_series s set last = v_serial - 1 where s.kind = p_kind and s.year = p_year;
        end if;
        return;
    end if;
    v_number := document_number(p_kind, p_year, v_serial);
    -- What an invoice from before is called is given to nothing else: the series goes on beyond it.
    while exists (select from earlier_invoice i where i.number = v_number) loop
        update document_series s set last = s.last + 1 where s.kind = p_kind and s.year = p_year returning s.last into v_serial;
        v_number := document_number(p_kind, p_year, v_serial);
    end loop;
    return query insert into tax_document as d (customer_id, kind, year, serial, number, issued_at, supplied_on, due_on, purchase_id,
                                                corrects_id, base, tax, total, content, key)
        values (p_customer, p_kind, p_year, v_serial, v_number, p_issued_at, p_supplied_on, p_due_on, p_purchase, p_corrects,
                p_base, p_tax, p_total, p_content, p_key)
        returning d.id, d.number;
end
$$;
