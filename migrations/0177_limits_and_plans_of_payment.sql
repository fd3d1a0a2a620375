-- How far a trusted customer is credited, how what is overdue is agreed to be paid, and from when on nobody who owes orders any more
-- (design, Receivables).

-- Decided from a day on; the latest decision about a day holds.
create table credit_limit (
    id           bigint generated always as identity primary key,
    customer_id  bigint not null references customer,
    from_day     date not null,
    amount       bigint check (amount between 0 and 100000000000), -- haléře, including VAT; null: as much as there is to buy
    staff_id     bigint not null references staff,
    at           timestamptz not null
);
create index credit_limit_of_customer on credit_limit (customer_id, from_day desc, id desc);
call build_tenant_wall('credit_limit');
create trigger append_only before update or delete or truncate on credit_limit
    for each statement execute function refuse_change();
call keep_audit('credit_limit');
grant select (id, customer_id, from_day, amount) on credit_limit to linka_member;
grant select, insert on credit_limit to linka_staff;
grant select on credit_limit to linka_system;

-- What a customer has had that is not paid: what is owed on invoices, what was done and stands on none yet, and what agreed
-- appointments will cost at most beyond the grants, all including VAT.
create function exposure_of(p_customer bigint) returns table (unpaid bigint, not_invoiced bigint, agreed bigint)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform refuse_foreign_customer(p_customer);
    return query select
        coalesce((select sum(d.owed) from debts(p_customer) d), 0)::bigint,
        coalesce((select round(sum(e.amount * (100 + i.vat_percent) / 100.0))
                  from ledger_entry e join intervention i on i.id = e.intervention_id
                  where e.customer_id = p_customer and e.kind in ('charge', 'waive')
                    and not exists (select from invoiced_entry n where n.entry_id = e.id)), 0)::bigint,
        coalesce((select sum((r.estimate #>> '{remainder_price,to}')::bigint)
                  from service_request r
                  where r.customer_id = p_customer
                    and exists (select from appointment a where a.request_id = r.id and a.state in ('confirmed', 'running'))), 0)::bigint;
end
$$;

-- How a customer pays what is overdue, as it was agreed: on which days how much, or only that nothing is asked for until a day.
create table payment_plan (
    id           uuid primary key,
    customer_id  bigint not null references customer,
    note         text not null check (note <> '' and is_kept_text(note)),
    agreed_on    date not null,
    rests_until  date not null,
    due_days     date[] not null default '{}',
    sums         bigint[] not null default '{}',
    staff_id     bigint not null references staff,
    at           timestamptz not null,
    ended_at     timestamptz,
    ended_by     bigint references staff,
    constraint each_day_has_its_sum check (cardinality(due_days) = cardinality(sums) and cardinality(sums) <= 36 and 0 < all (sums)),
    constraint plan_is_ended_by_somebody check ((ended_at is null) = (ended_by is null))
);
create unique index one_plan_at_a_time on payment_plan (customer_id) where ended_at is null;
call build_tenant_wall('payment_plan');
call keep_audit('payment_plan');
grant select, insert, update (ended_at, ended_by) on payment_plan to linka_staff;
grant select on payment_plan to linka_system;
insert into erased_text values ('payment_plan', 'note');
grant select on payment_plan to linka_eraser;
grant update (note) on payment_plan to linka_eraser;

-- What was promised by the plan that holds, up to the day before one, and what has come for what was due when it was agreed.
create function plan_standing(p_customer bigint, p_day date)
    returns table (plan uuid, rests_until date, missed_on date, promised bigint, came bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    select p.id, p.rests_until, s.last_day, coalesce(s.promised, 0)::bigint, coalesce(c.came, 0)::bigint
    from payment_plan p
    left join lateral (
        select sum(part.sum) as promised, max(part.day) as last_day
        from unnest(p.due_days, p.sums) as part (day, sum) where part.day < p_day) s on true
    left join lateral (
        select sum(m.amount) as came
        from (select b.amount, b.document_id, b.earlier_invoice_id
              from bank_payment b where b.state = 'matched' and b.booked_on >= p.agreed_on
              union all
              -- What was too much pays nothing; what is used of a balance does.
              select -e.amount, e.document_id, e.earlier_invoice_id
              from balance_entry e
              left join bank_payment k on k.id = e.payment_id
              left join balance_entry u on u.id = e.undoes_id
              where coalesce(k.booked_on, (coalesce(u.at, e.at) at time zone 'Europe/Prague')::date) >= p.agreed_on) m
        left join tax_document d on d.id = m.document_id
        left join earlier_invoice i on i.id = m.earlier_invoice_id
        where d.customer_id = p.customer_id and d.kind = 'invoice' and d.due_on < p.agreed_on
           or i.customer_id = p.customer_id and i.due_on < p.agreed_on) c on true
    where p.ended_at is null and (p_customer is null or p.customer_id = p_customer)
      and (current_setting('role') <> 'linka_member' or p.customer_id = current_customer())
$$;

-- What follows from debts by itself: no row but one.
create table receivable_rule (
    only_row          boolean primary key default true check (only_row),
    -- How many days past its due day a debt keeps a customer from ordering what is not urgent; 0: never.
    block_after_days  integer not null default 0 check (block_after_days between 0 and 366),
    -- Interest on what is late, in hundredths of per cent a year; 0: none is told.
    interest          integer not null default 0 check (interest between 0 and 10000)
);
insert into receivable_rule default values;
call keep_audit('receivable_rule');
grant select, update (block_after_days, interest) on receivable_rule to linka_staff;
grant select on receivable_rule to linka_system;

-- Whether a customer's debt keeps it from ordering what is not urgent: it is older than the rule allows, and no plan of payment is
-- kept.
create function owes_too_long(p_customer bigint, p_day date) returns boolean
    language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    v_days  integer := (select block_after_days from receivable_rule);
begin
    perform refuse_foreign_customer(p_customer);
    return v_days > 0
        and exists (select from debts(p_customer) d where p_day - d.due_on > v_days)
        and not exists (select from plan_standing(p_customer, p_day) s where s.rests_until >= p_day and s.came >= s.promised);
end
$$;

-- Somebody may be kept from ordering all but urgent help.
alter table customer
    add column block_spares_urgent boolean not null default false,
    add constraint only_a_block_spares check (blocked_at is not null or not block_spares_urgent);
grant update (block_spares_urgent) on customer to linka_staff;

alter table payment_alert drop constraint payment_alert_kind_check;
alter table payment_alert add constraint payment_alert_kind_check check (kind in (
    'amount_differs', 'unreadable_event', 'unknown_payment', 'refund_failed', 'foreign_refund', 'dispute', 'paid_after_close',
    'checkout_refused', 'transfer_reversed', 'statement_refused', 'plan_missed', 'urgent_while_owing'));

-- As in migrations/0049, but for who may order urgent help nevertheless.
create or replace function refuse_blocked_customer() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_row      jsonb := to_jsonb(new);
    v_urgent   boolean := coalesce(v_row ->> 'urgency' = 'urgent', false);
    v_is_begun boolean := tg_op = 'INSERT' and coalesce(v_row ->> 'state' = 'draft', false);
begin
    if tg_op = 'UPDATE' and (old.state <> 'draft' or new.state in ('draft', 'cancelled')) then
        return null; -- nothing is sent by it
    end if;
    perform from customer where id = new.customer_id and active
        and (blocked_at is null or block_spares_urgent and tg_table_name = 'service_request' and (v_urgent or v_is_begun))
    for share;
    if not found then
        raise exception using errcode = 'check_violation', constraint = 'customer_is_not_blocked',
            message = 'the customer is blocked';
    end if;
    return null;
end
$$;

-- Whoever owes too long sends nothing but what is urgent; that is never refused, and a manager is told. What is written down at the
-- desk is the desk's decision, and what is agreed goes on.
create function refuse_owing_customer() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_customer  record;
begin
    if old.state <> 'draft' or new.state in ('draft', 'cancelled') then
        return null; -- nothing is sent by it
    end if;
    select blocked_at is not null as is_blocked, name into v_customer from customer where id = new.customer_id;
    if not v_customer.is_blocked
        and not owes_too_long(new.customer_id, (new.submitted_at at time zone 'Europe/Prague')::date) then
        return null;
    end if;
    if new.urgency <> 'urgent' then
        raise exception using errcode = 'check_violation', constraint = 'customer_owes_too_long',
            message = 'the customer owes too long';
    end if;
    insert into payment_alert (kind, source, at, details)
    values ('urgent_while_owing', new.number, new.submitted_at, jsonb_build_object('customer', v_customer.name))
    on conflict do nothing;
    return null;
end
$$;
grant create on schema public to linka_system;
alter function refuse_owing_customer owner to linka_system;
revoke create on schema public from linka_system;
create constraint trigger customer_owes_too_long after update of state on service_request
    for each row execute function refuse_owing_customer();

grant create on schema public to linka_system;
alter function exposure_of owner to linka_system;
alter function plan_standing owner to linka_system;
alter function owes_too_long owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function exposure_of from public;
revoke execute on function plan_standing from public;
revoke execute on function owes_too_long from public;
grant execute on function exposure_of to linka_member, linka_staff, linka_system;
grant execute on function plan_standing to linka_staff, linka_system;
grant execute on function owes_too_long to linka_member, linka_staff, linka_system;
