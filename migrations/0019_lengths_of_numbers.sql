-- Numbers that do not end with their zeros: lpad() cuts what is longer than it should become.

create function padded(p_serial bigint, p_digits integer) returns text
    language sql immutable as $$
    select lpad(p_serial::text, greatest(p_digits, length(p_serial::text)), '0')
$$;

-- The year's sequences that stand ready, and those to come, go on behind six digits.
do $$
declare
    v_sequence regclass;
begin
    for v_sequence in select oid::regclass from pg_class where relkind = 'S' and relname ~ '^request_number_[0-9]+$' loop
        execute format('alter sequence %s no maxvalue', v_sequence);
    end loop;
end
$$;
create or replace function next_request_number(year integer) returns text
    language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    v_sequence text := format('request_number_%s', year);
begin
    if to_regclass(v_sequence) is null then
        perform pg_advisory_xact_lock(hashtextextended('sequence of request numbers', year));
        execute format('create sequence if not exists %I', v_sequence);
    end if;
    return year || '-' || padded(nextval(v_sequence::regclass), 6);
end
$$;

alter table service_request drop constraint service_request_number_check,
    add constraint service_request_number check (number ~ '^[0-9]{4}-([0-9]{6}|[1-9][0-9]{6,})$');

-- Years have four digits in every number.
alter table purchase_number drop constraint purchase_number_year_check,
    add constraint purchase_number_year check (year between 2000 and 9999);
create or replace function next_purchase_number(p_year integer) returns text
    language sql volatile security definer set search_path = public, pg_temp as $$
    insert into purchase_number as n (year, last) values (p_year, 1)
        on conflict (year) do update set last = n.last + 1
        returning 'B' || year || '-' || padded(last, 6)
$$;

-- A document's number is also the variable symbol of its payment, which has ten digits at most: the year, the kind's digit
-- and five digits of the serial. From the hundred thousandth of a year and kind on, the year's century gives way to two more
-- of them; the model's DocumentKind::of_number() reads both.
create function document_number(p_kind text, p_year integer, p_serial integer) returns text
    language sql immutable as $$
    select case when p_serial < 100000 then p_year::text else padded(p_year % 100, 2) end
        || case p_kind when 'proforma' then '1' when 'payment' then '2' when 'invoice' then '3' when 'credit_note' then '4' end
        || padded(p_serial, case when p_serial < 100000 then 5 else 7 end)
$$;
alter table document_series drop constraint document_series_last_check,
    add constraint document_series_last check (last between 1 and 9999999);
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
    return query insert into tax_document as d (customer_id, kind, year, serial, number, issued_at, supplied_on, due_on, purchase_id,
                                                corrects_id, base, tax, total, content, key)
        values (p_customer, p_kind, p_year, v_serial, v_number, p_issued_at, p_supplied_on, p_due_on, p_purchase, p_corrects,
                p_base, p_tax, p_total, p_content, p_key)
        returning d.id, d.number;
end
$$;
