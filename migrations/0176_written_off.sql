-- What a manager gives up of a claim (design, Receivables). The document stays as it is, unpaid, with its tax: it is only owed no
-- longer. What comes for it later is matched as ever. A small difference (migrations/0166) is something else: with it a document is
-- settled, and what comes then is too much.

create table write_off (
    id                  uuid primary key,
    customer_id         bigint not null references customer,
    document_id         bigint constraint document_is_written_off_once unique,
    earlier_invoice_id  bigint references earlier_invoice constraint earlier_invoice_is_written_off_once unique,
    amount              bigint not null check (amount > 0), -- haléře, including VAT: what was left to pay
    reason              text not null check (reason <> '' and is_kept_text(reason)),
    staff_id            bigint not null references staff,
    at                  timestamptz not null,
    constraint written_off_is_one_thing check (num_nonnulls(document_id, earlier_invoice_id) = 1),
    foreign key (document_id, customer_id) references tax_document (id, customer_id)
);
create index write_off_of_customer on write_off (customer_id, at);
call build_tenant_wall('write_off');
create trigger append_only before update or delete or truncate on write_off
    for each statement execute function refuse_change();
call keep_audit('write_off');
grant select (customer_id, document_id, earlier_invoice_id, amount, at) on write_off to linka_member;
grant select, insert on write_off to linka_staff;
grant select on write_off to linka_system;

-- What is owed on a document: what is left to pay of it and was not given up.
create function still_owed(p_document bigint) returns bigint
    language sql stable set search_path = public, pg_temp as $$
    select greatest(left_to_pay(p_document)
                    - coalesce((select w.amount from write_off w where w.document_id = p_document), 0), 0)
$$;
revoke execute on function still_owed from public;
grant execute on function still_owed to linka_member, linka_staff, linka_system;

-- What is owed on invoices, ours and those from before: the one place that says what a debt is.
create function debts(p_customer bigint)
    returns table (customer_id bigint, document_id bigint, earlier_invoice_id bigint, number text, variable_symbol text,
                   issued_on date, due_on date, total bigint, owed bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    select d.customer_id, d.id, null::bigint, d.number, d.number, (d.issued_at at time zone 'Europe/Prague')::date, d.due_on,
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

-- What was given up of a customer's documents, and what of that came or was credited nevertheless, with the last day of it.
create function given_up(p_customer bigint)
    returns table (day date, number text, amount bigint, recovered bigint, recovered_on date)
    language sql stable security definer set search_path = public, pg_temp as $$
    select w.day, w.number, w.amount, greatest(w.amount - w.unpaid, 0), greatest(w.day, w.changed_on)
    from (
        select (w.at at time zone 'Europe/Prague')::date as day, d.number, w.amount,
               left_to_pay(d.id) as unpaid,
               greatest((select max(b.booked_on) from bank_payment b where b.document_id = d.id and b.state = 'matched'),
                        (select max(c.supplied_on) from tax_document c where c.corrects_id = d.id)) as changed_on
        from write_off w join tax_document d on d.id = w.document_id
        where w.customer_id = p_customer
        union all
        select (w.at at time zone 'Europe/Prague')::date, i.number, w.amount, i.total - paid_of_earlier_invoice(i.id),
               (select max(b.booked_on) from bank_payment b where b.earlier_invoice_id = i.id and b.state = 'matched')
        from write_off w join earlier_invoice i on i.id = w.earlier_invoice_id
        where w.customer_id = p_customer
    ) w
    where current_setting('role') <> 'linka_member' or p_customer = current_customer()
$$;

-- What of that stands on the account in money of a customer, in the shape of account_entries(): it is owed no longer from that day on,
-- and what comes for it nevertheless, or is credited, is so much less that was given up.
create function account_entries_of_write_offs(p_customer bigint)
    returns table (day date, kind text, number text, about text, total bigint, change bigint, place integer)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform refuse_foreign_customer(p_customer);
    return query
    select g.day, 'written_off', g.number, '', g.amount, -g.amount, 8 from given_up(p_customer) g
    union all
    select g.recovered_on, 'recovered', g.number, '', g.recovered, g.recovered, 9
    from given_up(p_customer) g where g.recovered > 0;
end
$$;

grant create on schema public to linka_system;
alter function debts owner to linka_system;
alter function given_up owner to linka_system;
alter function account_entries_of_write_offs owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function debts from public;
revoke execute on function given_up from public;
revoke execute on function account_entries_of_write_offs from public;
grant execute on function debts to linka_member, linka_staff, linka_system;
grant execute on function given_up to linka_staff, linka_system;
grant execute on function account_entries_of_write_offs to linka_member, linka_staff, linka_system;
