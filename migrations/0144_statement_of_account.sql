-- The account in money of one customer, entry by entry: what was charged by tax documents and what came for it. It is derived from
-- what there is anyway. `change` is by how much more is owed; an order and a proforma change nothing. A document stands on its tax
-- day, a transfer on the day of its booking, money that went back on the day on which that was known.
create function account_entries(p_customer bigint)
    returns table (day date, kind text, number text, about text, total bigint, change bigint, place integer)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform refuse_foreign_customer(p_customer);
    return query
    select (p.created_at at time zone 'Europe/Prague')::date, 'ordered', p.number, p.reference, p.total, 0::bigint, 1
    from purchase p where p.customer_id = p_customer
    union all
    select i.issued_on, 'earlier_invoice', i.number, i.variable_symbol, i.total, i.total - i.paid_before, 2
    from earlier_invoice i where i.customer_id = p_customer
    union all
    select coalesce(d.supplied_on, (d.issued_at at time zone 'Europe/Prague')::date), d.kind, d.number,
           coalesce(p.number, c.number, ''), d.total, case d.kind when 'proforma' then 0 else d.total end, 3
    from tax_document d left join purchase p on p.id = d.purchase_id left join tax_document c on c.id = d.corrects_id
    where d.customer_id = p_customer
    union all
    select b.booked_on, 'transfer', d.number, '', b.amount, -b.amount, 4
    from tax_document d join bank_payment b on b.document_id = d.id
    where d.customer_id = p_customer and b.state = 'matched'
    union all
    select b.booked_on, 'transfer', i.number, '', b.amount, -b.amount, 4
    from earlier_invoice i join bank_payment b on b.earlier_invoice_id = i.id
    where i.customer_id = p_customer and b.state = 'matched'
    union all
    -- A card pays all of a purchase, on the day that its tax document names.
    select coalesce(d.supplied_on, (p.paid_at at time zone 'Europe/Prague')::date), 'card', p.number, '', p.total, -p.total, 4
    from purchase p left join tax_document d on d.key = 'payment:' || p.id
    where p.customer_id = p_customer and p.method = 'card' and p.paid_at is not null
      and not exists (select from tax_document t join bank_payment b on b.document_id = t.id
                      where t.purchase_id = p.id and b.state = 'matched')
    union all
    select (coalesce((select max(e.at) from purchase_event e
                      where e.purchase_id = r.purchase_id and e.kind = 'refunded' and e.source in (r.id::text, r.id || ':otherwise')),
                     r.requested_at) at time zone 'Europe/Prague')::date,
           'returned', p.number, '', r.amount, r.amount, 5
    from refund r join purchase p on p.id = r.purchase_id
    where r.customer_id = p_customer and r.state in ('succeeded', 'paid_otherwise') and r.amount > 0 and p.paid_at is not null;
end
$$;
grant create on schema public to linka_system;
alter function account_entries owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function account_entries from public;
grant execute on function account_entries to linka_member, linka_staff, linka_system;
