-- What a pattern of numbers is, as the model has it (`NumberPattern`): among the ten digits of a symbol there is room for its serial.

create function is_number_pattern(p_pattern text) returns boolean
    language sql immutable set search_path = public, pg_temp as $$
    select coalesce(
        (p_pattern ~ '^[A-Za-z0-9-]*(\{YYYY\}|\{YY\})[A-Za-z0-9-]*\{N{1,7}\}[A-Za-z0-9-]*$'
         or p_pattern ~ '^[A-Za-z0-9-]*\{N{1,7}\}[A-Za-z0-9-]*(\{YYYY\}|\{YY\})[A-Za-z0-9-]*$')
        and length(w.written) <= 16
        and length(regexp_replace(w.written, '[^0-9]', '', 'g')) <= 10
        -- What stands behind the serial takes room away from it: the last digits of a number are its symbol.
        and length(regexp_replace(w.behind, '[^0-9]', '', 'g'))
            + greatest(length(substring(p_pattern from '\{(N+)\}')), 6) <= 10, false)
    from (select number_by_pattern(p_pattern, 2000, 1) as written,
                 replace(replace(substring(p_pattern from '\{N+\}(.*)$'), '{YYYY}', '2000'), '{YY}', '00') as behind) w
$$;
alter table series_pattern
    drop constraint series_pattern_has_year_and_serial,
    add constraint serial_of_a_pattern_has_room check (is_number_pattern(pattern));

-- As in migrations/0183, but the search for a free number ends.
create or replace function issue_tax_document(
    p_customer bigint, p_kind text, p_year integer, p_issued_at timestamptz, p_supplied_on date, p_due_on date, p_purchase uuid,
    p_corrects bigint, p_base bigint, p_tax bigint, p_total bigint, p_content jsonb, p_key text
) returns table (id bigint, number text)
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_serial  integer;
    v_number  text;
    v_first   integer;
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
    v_first := v_serial;
    -- What an invoice from before is called, or a document that was numbered otherwise, is given to nothing else: the series goes on
    -- beyond it. The same holds for the symbols of what asks for a payment. Where very many follow one another somebody has set a
    -- pattern or a beginning that meets them, and no search is the answer to that.
    while exists (select from earlier_invoice i where i.number = v_number)
          or exists (select from tax_document d where d.number = v_number)
          or p_kind in ('proforma', 'invoice')
             and exists (select from tax_document d where d.kind in ('proforma', 'invoice')
                         and d.symbol = ltrim(right(regexp_replace(v_number, '[^0-9]', '', 'g'), 10), '0')) loop
        if v_serial - v_first >= 10000 then
            raise exception using errcode = 'check_violation', constraint = 'series_has_a_free_number',
                message = format('no number of the series %s of %s is free from the serial %s to %s: let it begin elsewhere, or set another pattern',
                                 p_kind, p_year, v_first, v_serial);
        end if;
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
