-- What came in a period, from its first day to its last, and what went back, which is negative: for our documents and for invoices
-- from before, however it came. What a card paid came on the day that its tax document names.
create function money_moved(p_from date, p_until date)
    returns table (day date, customer_id bigint, pays text, amount bigint, method text)
    language sql stable set search_path = public, pg_temp as $$
    select p.booked_on, d.customer_id, d.number, p.amount, 'transfer'
    from bank_payment p join tax_document d on d.id = p.document_id
    where p.state = 'matched' and p.booked_on between p_from and p_until
    union all
    select p.booked_on, i.customer_id, i.number, p.amount, 'transfer'
    from bank_payment p join earlier_invoice i on i.id = p.earlier_invoice_id
    where p.state = 'matched' and p.booked_on between p_from and p_until
    union all
    select d.supplied_on, p.customer_id, p.number, d.total, 'card'
    from tax_document d join purchase p on p.id = d.purchase_id and d.key = 'payment:' || p.id
    where p.method = 'card' and d.supplied_on between p_from and p_until
    union all
    select b.day, b.customer_id, b.number, -b.amount, b.method
    from (select (coalesce((select max(e.at) from purchase_event e
                            where e.purchase_id = r.purchase_id and e.kind = 'refunded'
                              and e.source in (r.id::text, r.id || ':otherwise')),
                           r.requested_at) at time zone 'Europe/Prague')::date as day,
                 r.customer_id, p.number, r.amount,
                 -- Minutes whose money did not go back to the card went back by transfer.
                 case when r.state = 'paid_otherwise' and r.minutes > 0 then 'transfer' else p.method end as method
          from refund r join purchase p on p.id = r.purchase_id
          where r.state in ('succeeded', 'paid_otherwise') and r.amount > 0 and p.paid_at is not null) b
    where b.day between p_from and p_until
    union all
    select (w.noted_at at time zone 'Europe/Prague')::date, w.customer_id, p.number, w.amount, 'card'
    from won_back w join purchase p on p.id = w.purchase_id
    where (w.noted_at at time zone 'Europe/Prague')::date between p_from and p_until
    union all
    -- A balance that was sent back; what was undone of that stands with it.
    select (b.at at time zone 'Europe/Prague')::date, b.customer_id, '', b.amount, 'transfer'
    from balance_entry b
    where b.kind = 'returned' and (b.at at time zone 'Europe/Prague')::date between p_from and p_until
$$;
revoke execute on function money_moved from public;
grant execute on function money_moved to linka_staff;
