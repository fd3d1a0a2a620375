-- What goes back to a card and comes again, and what came and went back in a period.


-- An answer of 5xx is kept at Stripe under its key for a day: after such an answer a refund is asked for under the next key.
alter table refund add column send_try integer not null default 1 constraint refund_is_tried check (send_try > 0);

-- How much a dispute is about, in haléře; none for one of before, which was about all of the payment.
alter table dispute add column amount bigint constraint dispute_is_about_money check (amount >= 0);
grant update (amount) on dispute to linka_system;

-- What a lost dispute took, was credited, and came again when the dispute was won after all: each with its tax document.
create table won_back (
    id           uuid primary key, -- made with the form
    customer_id  bigint not null,
    purchase_id  uuid not null,
    amount       bigint not null constraint something_came_back check (amount > 0), -- haléře, including VAT
    document_id  bigint not null unique,
    staff_id     bigint not null references staff,
    noted_at     timestamptz not null,
    foreign key (purchase_id, customer_id) references purchase (id, customer_id),
    foreign key (document_id, customer_id) references tax_document (id, customer_id)
);
create index won_back_purchase on won_back (purchase_id);
create index won_back_customer on won_back (customer_id);
call build_tenant_wall('won_back');
create trigger append_only before update or delete or truncate on won_back execute function refuse_change();
call keep_decisions('won_back', 'insert', 'true', 'amount', 'staff');
grant select on won_back to linka_member, linka_staff, linka_system;
grant insert on won_back to linka_staff;

-- What of that stands on the account in money of a customer, in the shape of account_entries(): money that came again.
create function account_entries_of_disputes(p_customer bigint)
    returns table (day date, kind text, number text, about text, total bigint, change bigint, place integer)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform refuse_foreign_customer(p_customer);
    return query
    select (w.noted_at at time zone 'Europe/Prague')::date, 'card', p.number, '', w.amount, -w.amount, 4
    from won_back w join purchase p on p.id = w.purchase_id
    where w.customer_id = p_customer;
end
$$;
grant create on schema public to linka_system;
alter function account_entries_of_disputes owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function account_entries_of_disputes from public;
grant execute on function account_entries_of_disputes to linka_member, linka_staff, linka_system;

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

-- So does the check of the ledger.
create or replace function ledger_faults() returns table (customer_id bigint, fault text)
    language sql stable as $$
    select * from account_faults()
    union all
    -- minutes were taken back exactly once for each refund that took any
    select coalesce(r.customer_id, e.customer_id), format('refund %s and the ledger differ', coalesce(r.id::text, e.source_id))
    from (select * from refund where minutes > 0) r
    full join (select * from ledger_entry where kind = 'refund') e on e.source_id = r.id::text
    where e.minutes is distinct from -r.minutes or e.customer_id is distinct from r.customer_id
    union all
    -- no more is thawed than was frozen
    select e.customer_id, format('grant %s: more minutes thawed than frozen', e.grant_id)
    from ledger_entry e where e.kind in ('freeze', 'thaw')
    group by e.customer_id, e.grant_id having sum(e.minutes) > 0
    union all
    -- nothing can be drawn while its payment is disputed, nor when that was lost; all is back when it was won
    select p.customer_id, format('purchase %s is %s and has %s minutes left, %s frozen', p.number, p.dispute, b.left_minutes, f.frozen)
    from purchase p
    join minute_grant g on g.kind = 'bundle' and g.source = 'order:' || p.id
    join grant_balance b on b.id = g.id
    cross join lateral (
        select -coalesce(sum(e.minutes), 0) as frozen from ledger_entry e
        where e.grant_id = g.id and e.kind in ('freeze', 'thaw')) f
    where case when p.dispute in ('open', 'lost') then b.left_minutes <> 0 else f.frozen <> 0 end
    union all
    -- what went back is the sum of what is settled, less what came again
    select p.customer_id, format('purchase %s: %s refunded, but its refunds are %s', p.number, p.refunded, r.settled)
    from purchase p
    cross join lateral (
        select coalesce(sum(r.amount), 0)
               - (select coalesce(sum(w.amount), 0) from won_back w where w.purchase_id = p.id) as settled
        from refund r
        where r.purchase_id = p.id and r.state in ('succeeded', 'paid_otherwise')) r
    where p.paid_at is not null and p.refunded <> least(r.settled, p.total)
$$;
