-- What is left to pay of the invoices from before, all of a list at once: paid_of_earlier_invoice() asks for one, and a list that asks
-- so for every invoice that there ever was, paid ones too, asks more from year to year.

-- Those of which something is left, a customer's or everybody's, as far as the role sees them.
create function open_earlier_invoices(p_customer bigint) returns table (id bigint, unpaid bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    select i.id, (i.total - i.paid_before - coalesce(sum(p.amount), 0))::bigint
    from earlier_invoice i
    left join bank_payment p on p.earlier_invoice_id = i.id and p.state = 'matched'
    where i.total > i.paid_before and (p_customer is null or i.customer_id = p_customer)
      and (current_setting('role') <> 'linka_member' or i.customer_id = current_customer())
    group by i.id
    having i.total - i.paid_before > coalesce(sum(p.amount), 0)
$$;

grant create on schema public to linka_system;
alter function open_earlier_invoices owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function open_earlier_invoices from public;
grant execute on function open_earlier_invoices to linka_member, linka_staff, linka_system;
