-- As in migrations/0176, and which write-off it is: a number only names the document.
drop function given_up(bigint);
create function given_up(p_customer bigint)
    returns table (id uuid, day date, number text, amount bigint, recovered bigint, recovered_on date)
    language sql stable security definer set search_path = public, pg_temp as $$
    select w.id, w.day, w.number, w.amount, greatest(w.amount - w.unpaid, 0), greatest(w.day, w.changed_on)
    from (
        select w.id, (w.at at time zone 'Europe/Prague')::date as day, d.number, w.amount,
               left_to_pay(d.id) as unpaid,
               greatest((select max(b.booked_on) from bank_payment b where b.document_id = d.id and b.state = 'matched'),
                        (select max(c.supplied_on) from tax_document c where c.corrects_id = d.id)) as changed_on
        from write_off w join tax_document d on d.id = w.document_id
        where w.customer_id = p_customer
        union all
        select w.id, (w.at at time zone 'Europe/Prague')::date, i.number, w.amount, i.total - paid_of_earlier_invoice(i.id),
               (select max(b.booked_on) from bank_payment b where b.earlier_invoice_id = i.id and b.state = 'matched')
        from write_off w join earlier_invoice i on i.id = w.earlier_invoice_id
        where w.customer_id = p_customer
    ) w
    where current_setting('role') <> 'linka_member' or p_customer = current_customer()
$$;
grant create on schema public to linka_system;
alter function given_up owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function given_up from public;
grant execute on function given_up to linka_staff, linka_system;
