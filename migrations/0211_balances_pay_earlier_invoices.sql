-- A balance pays invoices from before, too (design, Bank transfer): the account in money says which, and what was given up is recovered on
-- the day on which a balance paid it.

create or replace function account_entries_of_balance(p_customer bigint)
    returns table (day date, kind text, number text, about text, total bigint, change bigint, place integer)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform refuse_foreign_customer(p_customer);
    return query
    select (w.at at time zone 'Europe/Prague')::date, 'difference', coalesce(d.number, i.number), '', abs(w.amount), -w.amount, 6
    from difference w left join tax_document d on d.id = w.document_id left join earlier_invoice i on i.id = w.earlier_invoice_id
    where w.customer_id = p_customer and (d.id is null or d.kind = 'invoice')
    union all
    select (b.at at time zone 'Europe/Prague')::date, 'balance_' || b.kind, coalesce(d.number, i.number, ''), '', abs(b.amount),
           case b.kind when 'returned' then -b.amount else 0 end, 7
    from balance_entry b left join tax_document d on d.id = b.document_id left join earlier_invoice i on i.id = b.earlier_invoice_id
    where b.customer_id = p_customer and b.kind in ('used', 'returned');
end
$$;

create or replace function given_up(p_customer bigint)
    returns table (id uuid, day date, number text, amount bigint, recovered bigint, recovered_on date)
    language sql stable security definer set search_path = public, pg_temp as $$
    select w.id, w.day, w.number, w.amount, greatest(w.amount - w.unpaid, 0), greatest(w.day, w.changed_on)
    from (
        select w.id, (w.at at time zone 'Europe/Prague')::date as day, d.number, w.amount,
               left_to_pay(d.id) as unpaid,
               greatest((select max(b.booked_on) from bank_payment b where b.document_id = d.id and b.state = 'matched'),
                        (select max((e.at at time zone 'Europe/Prague')::date) from balance_entry e where e.document_id = d.id),
                        (select max(c.supplied_on) from tax_document c where c.corrects_id = d.id)) as changed_on
        from write_off w join tax_document d on d.id = w.document_id
        where w.customer_id = p_customer
        union all
        select w.id, (w.at at time zone 'Europe/Prague')::date, i.number, w.amount, i.total - paid_of_earlier_invoice(i.id),
               greatest((select max(b.booked_on) from bank_payment b where b.earlier_invoice_id = i.id and b.state = 'matched'),
                        (select max((e.at at time zone 'Europe/Prague')::date) from balance_entry e where e.earlier_invoice_id = i.id))
        from write_off w join earlier_invoice i on i.id = w.earlier_invoice_id
        where w.customer_id = p_customer
    ) w
    where current_setting('role') <> 'linka_member' or p_customer = current_customer()
$$;
