-- What the numbers of documents look like: by the vendor's own pattern, from a day on. Where none is set they are those of
-- document_number().

create table series_pattern (
    kind      text not null constraint series_pattern_kind_check check (kind in ('proforma', 'payment', 'invoice', 'credit_note')),
    from_day  date not null,
    -- Letters, digits and hyphens as they are, the year as {YYYY} or {YY}, and the serial as {N}, with as many N as it has digits at
    -- least.
    pattern   text not null constraint series_pattern_has_year_and_serial check (
        pattern ~ '^[A-Za-z0-9-]*(\{YYYY\}|\{YY\})[A-Za-z0-9-]*\{N{1,7}\}[A-Za-z0-9-]*$'
        or pattern ~ '^[A-Za-z0-9-]*\{N{1,7}\}[A-Za-z0-9-]*(\{YYYY\}|\{YY\})[A-Za-z0-9-]*$'),
    primary key (kind, from_day)
);
call keep_audit('series_pattern');
grant select, insert, update (pattern), delete on series_pattern to linka_staff;
grant select on series_pattern to linka_system;

-- The number of a serial by a pattern: a serial that outgrows it is never cut.
create function number_by_pattern(p_pattern text, p_year integer, p_serial integer) returns text language sql immutable as $$
    select replace(replace(
        regexp_replace(p_pattern, '\{N+\}', padded(p_serial, length(substring(p_pattern from '\{(N+)\}')))),
        '{YYYY}', p_year::text), '{YY}', padded(p_year % 100, 2))
$$;
-- The number of a serial of a kind on a day.
create function series_number(p_kind text, p_year integer, p_serial integer, p_day date) returns text
    language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(
        (select number_by_pattern(s.pattern, p_year, p_serial) from series_pattern s
         where s.kind = p_kind and s.from_day <= p_day order by s.from_day desc limit 1),
        document_number(p_kind, p_year, p_serial))
$$;

-- Under which symbol a document is paid: the last ten digits of its number, which are all of ten. No two that ask for a payment have
-- the same.
alter table tax_document
    drop constraint tax_document_number_check,
    add constraint document_number_is_plain check (number ~ '^[A-Za-z0-9-]{4,24}$'),
    add column symbol text not null
        generated always as (ltrim(right(regexp_replace(number, '[^0-9]', '', 'g'), 10), '0')) stored;
create unique index one_document_of_a_symbol on tax_document (symbol) where kind in ('proforma', 'invoice');

create or replace function issue_tax_document(
    p_customer bigint, p_kind text, p_year integer, p_issued_at timestamptz, p_supplied_on date, p_due_on date, p_purchase uuid,
    p_corrects bigint, p_base bigint, p_tax bigint, p_total bigint, p_content jsonb, p_key text
) returns table (id bigint, number text)
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_serial  integer;
    v_number  text;
    v_day     date := (p_issued_at at time zone 'Europe/Prague')::date;
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
    v_number := series_number(p_kind, p_year, v_serial, v_day);
    -- What an invoice from before is called, or a document that was numbered otherwise, is given to nothing else: the series goes on
    -- beyond it. The same holds for the symbols of what asks for a payment.
    while exists (select from earlier_invoice i where i.number = v_number)
          or exists (select from tax_document d where d.number = v_number)
          or p_kind in ('proforma', 'invoice')
             and exists (select from tax_document d where d.kind in ('proforma', 'invoice')
                         and d.symbol = ltrim(right(regexp_replace(v_number, '[^0-9]', '', 'g'), 10), '0')) loop
        update document_series s set last = s.last + 1 where s.kind = p_kind and s.year = p_year returning s.last into v_serial;
        v_number := series_number(p_kind, p_year, v_serial, v_day);
    end loop;
    return query insert into tax_document as d (customer_id, kind, year, serial, number, issued_at, supplied_on, due_on, purchase_id,
                                                corrects_id, base, tax, total, content, key)
        values (p_customer, p_kind, p_year, v_serial, v_number, p_issued_at, p_supplied_on, p_due_on, p_purchase, p_corrects,
                p_base, p_tax, p_total, p_content, p_key)
        returning d.id, d.number;
end
$$;
grant create on schema public to linka_system;
alter function series_number owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function series_number from public;
grant execute on function series_number to linka_staff, linka_system;
