-- As in migrations/0176, but a document is paid under its symbol, which its number is only as long as no pattern of the vendor's own is
-- set.
create or replace function debts(p_customer bigint)
    returns table (customer_id bigint, document_id bigint, earlier_invoice_id bigint, number text, variable_symbol text,
                   issued_on date, due_on date, total bigint, owed bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    select d.customer_id, d.id, null::bigint, d.number, d.symbol, (d.issued_at at time zone 'Europe/Prague')::date, d.due_on,
           d.total, o.owed
    from tax_document d cross join lateral (select still_owed(d.id) as owed) o
    where d.kind = 'invoice' and d.due_on is not null and o.owed > 0
      and (p_customer is null or d.customer_id = p_customer)
      and (current_setting('role') <> 'linka_member' or d.customer_id = current_customer())
    union all
    select i.customer_id, null, i.id, i.number, i.variable_symbol, i.issued_on, i.due_on, i.total, e.unpaid - coalesce(w.amount, 0)
    from open_earlier_invoices(p_customer) e join earlier_invoice i on i.id = e.id
    left join write_off w on w.earlier_invoice_id = i.id
    where e.unpaid > coalesce(w.amount, 0)
$$;
