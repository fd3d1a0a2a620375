-- A plan of payment is about what is overdue when it is agreed, and is kept by whatever lowers that: a payment, a balance that is used,
-- a credit note, a write-off (design, Receivables).

alter table payment_plan add unique (id, customer_id);

create table planned_debt (
    plan_id             uuid not null,
    customer_id         bigint not null references customer,
    document_id         bigint,
    earlier_invoice_id  bigint references earlier_invoice,
    owed                bigint not null check (owed > 0), -- haléře: what was owed of it when the plan was agreed
    constraint planned_of_one_thing check (num_nonnulls(document_id, earlier_invoice_id) = 1),
    unique (plan_id, document_id),
    unique (plan_id, earlier_invoice_id),
    foreign key (plan_id, customer_id) references payment_plan (id, customer_id),
    foreign key (document_id, customer_id) references tax_document (id, customer_id)
);
call build_tenant_wall('planned_debt');
create trigger append_only before update or delete or truncate on planned_debt
    for each statement execute function refuse_change();
grant select on planned_debt to linka_staff;
grant select, insert on planned_debt to linka_system;

create function plan_what_is_overdue() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into planned_debt (plan_id, customer_id, document_id, earlier_invoice_id, owed)
    select new.id, d.customer_id, d.document_id, d.earlier_invoice_id, d.owed
    from debts(new.customer_id) d where d.due_on < new.agreed_on;
    return null;
end
$$;
create trigger plan_is_about_what_is_overdue after insert on payment_plan
    for each row execute function plan_what_is_overdue();

-- Of the plans that hold: what is owed now, and what has come since.
set local role linka_system;
insert into planned_debt (plan_id, customer_id, document_id, earlier_invoice_id, owed)
select p.id, p.customer_id, d.id, null, o.owed
from payment_plan p join tax_document d on d.customer_id = p.customer_id and d.kind = 'invoice' and d.due_on < p.agreed_on
cross join lateral (
    select still_owed(d.id)
           + coalesce((select sum(b.amount) from bank_payment b
                       where b.document_id = d.id and b.state = 'matched' and b.booked_on >= p.agreed_on), 0)
           - coalesce((select sum(e.amount) from balance_entry e
                       where e.document_id = d.id and e.at >= p.at), 0) as owed) o
where p.ended_at is null and o.owed > 0
union all
select p.id, p.customer_id, null, i.id, o.owed
from payment_plan p join earlier_invoice i on i.customer_id = p.customer_id and i.due_on < p.agreed_on
cross join lateral (
    select coalesce((select d.owed from debts(p.customer_id) d where d.earlier_invoice_id = i.id), 0)
           + coalesce((select sum(b.amount) from bank_payment b
                       where b.earlier_invoice_id = i.id and b.state = 'matched' and b.booked_on >= p.agreed_on), 0)
           - coalesce((select sum(e.amount) from balance_entry e
                       where e.earlier_invoice_id = i.id and e.at >= p.at), 0) as owed) o
where p.ended_at is null and o.owed > 0;
reset role;

-- What was promised by the plan that holds, up to the day before one, but no more than was owed; and by how much of that less is owed.
create or replace function plan_standing(p_customer bigint, p_day date)
    returns table (plan uuid, rests_until date, missed_on date, promised bigint, came bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    select p.id, p.rests_until, s.last_day, least(coalesce(s.promised, 0), o.owed_then)::bigint,
           greatest(o.owed_then - o.owed_now, 0)::bigint
    from payment_plan p
    left join lateral (
        select sum(part.sum) as promised, max(part.day) as last_day
        from unnest(p.due_days, p.sums) as part (day, sum) where part.day < p_day) s on true
    cross join lateral (
        select coalesce(sum(t.owed), 0) as owed_then, coalesce(sum(d.owed), 0) as owed_now
        from planned_debt t
        left join debts(p.customer_id) d on d.document_id = t.document_id or d.earlier_invoice_id = t.earlier_invoice_id
        where t.plan_id = p.id) o
    where p.ended_at is null and (p_customer is null or p.customer_id = p_customer)
      and (current_setting('role') <> 'linka_member' or p.customer_id = current_customer())
$$;

-- Whether nothing is asked for on a day, as a plan is kept that is not over.
create function plan_rests(p_customer bigint, p_day date) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from plan_standing(p_customer, p_day) s where s.rests_until >= p_day and s.came >= s.promised)
$$;

create or replace function owes_too_long(p_customer bigint, p_day date) returns boolean
    language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    v_days  integer := (select block_after_days from receivable_rule);
begin
    perform refuse_foreign_customer(p_customer);
    return v_days > 0
        and exists (select from debts(p_customer) d where p_day - d.due_on > v_days)
        and not plan_rests(p_customer, p_day);
end
$$;

grant create on schema public to linka_system;
alter function plan_what_is_overdue owner to linka_system;
alter function plan_rests owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function plan_what_is_overdue from public;
revoke execute on function plan_rests from public;
grant execute on function plan_rests to linka_staff, linka_system;
