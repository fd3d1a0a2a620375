-- What does not come out even between documents and transfers: differences that are written off, and overpayments, which are a
-- balance that is owed to the customer until it is returned or used (design, Bank transfer). Both only grow; what is taken back is
-- the opposite entry, once.

-- A small difference that is asked for no more: with it, the document is settled. It stays as it was issued and taxed.
create table difference (
    id                  uuid primary key,
    customer_id         bigint not null references customer,
    document_id         bigint,
    earlier_invoice_id  bigint references earlier_invoice,
    amount              bigint not null, -- haléře, including VAT
    reason              text not null check (reason <> '' and is_kept_text(reason)),
    staff_id            bigint not null references staff,
    at                  timestamptz not null,
    undoes_id           uuid unique,
    undone_amount       bigint generated always as (case when undoes_id is not null then -amount end) stored,
    unique (id, customer_id, amount),
    foreign key (document_id, customer_id) references tax_document (id, customer_id),
    foreign key (undoes_id, customer_id, undone_amount) references difference (id, customer_id, amount),
    constraint difference_of_one_thing check (num_nonnulls(document_id, earlier_invoice_id) = 1),
    constraint only_undoing_is_negative check ((amount > 0) = (undoes_id is null) and amount <> 0)
);
create index difference_customer on difference (customer_id, at desc);
create index difference_document on difference (document_id) where document_id is not null;
create index difference_earlier_invoice on difference (earlier_invoice_id) where earlier_invoice_id is not null;
call build_tenant_wall('difference');
call keep_decisions('difference', 'insert', 'true', 'amount reason', 'staff');
create trigger append_only before update or delete on difference for each row execute function refuse_change();
grant select (customer_id, document_id, amount) on difference to linka_member;
grant select on difference to linka_staff, linka_system;
grant insert on difference to linka_staff;

-- What is owed to a customer because more came than was asked for. Each entry begins with what the one before it left, and leaves
-- nothing below zero: no two entries can use the same money.
create table balance_entry (
    id                  uuid primary key,
    customer_id         bigint not null references customer,
    seq                 integer not null check (seq > 0),
    former_seq          integer generated always as (nullif(seq - 1, 0)) stored,
    balance_before      bigint not null,
    balance_after       bigint not null constraint balance_is_never_negative check (balance_after >= 0),
    kind                text not null constraint balance_entry_kind_check check (kind in ('kept', 'used', 'returned')),
    amount              bigint not null, -- haléře: by how much more is owed
    payment_id          bigint references bank_payment,  -- of what is kept
    document_id         bigint,  -- that of which it was too much, or that which it pays
    earlier_invoice_id  bigint references earlier_invoice,
    reason              text not null check (reason <> '' and is_kept_text(reason)),
    staff_id            bigint not null references staff,
    at                  timestamptz not null,
    undoes_id           uuid unique,
    undone_amount       bigint generated always as (case when undoes_id is not null then -amount end) stored,
    unique (customer_id, seq),
    unique (customer_id, seq, balance_after),
    unique (id, customer_id, kind, amount),
    foreign key (customer_id, former_seq, balance_before) references balance_entry (customer_id, seq, balance_after),
    foreign key (document_id, customer_id) references tax_document (id, customer_id),
    foreign key (undoes_id, customer_id, kind, undone_amount) references balance_entry (id, customer_id, kind, amount),
    constraint balance_begins_with_nothing check (seq > 1 or balance_before = 0),
    constraint balance_adds_up check (balance_after = balance_before + amount and amount <> 0),
    constraint balance_grows_by_what_is_kept check ((amount > 0) = ((kind = 'kept') = (undoes_id is null))),
    constraint kept_of_a_payment check ((kind = 'kept') = (payment_id is not null)),
    constraint balance_is_of_what_it_says check (
        num_nonnulls(document_id, earlier_invoice_id) = case kind when 'returned' then 0 else 1 end)
);
create index balance_entry_document on balance_entry (document_id) where document_id is not null;
create index balance_entry_earlier_invoice on balance_entry (earlier_invoice_id) where earlier_invoice_id is not null;
create index balance_entry_payment on balance_entry (payment_id) where payment_id is not null;
call build_tenant_wall('balance_entry');
call keep_decisions('balance_entry', 'insert', 'true', 'kind amount reason', 'staff');
create trigger append_only before update or delete on balance_entry for each row execute function refuse_change();
grant select on balance_entry to linka_staff, linka_system;
grant insert on balance_entry to linka_staff;

-- What a document asks for: less what was credited of it, and what of it was written off.
create or replace function asked_by(p_document bigint) returns bigint
    language sql stable as $$
    select (sum(d.total) - coalesce((select sum(w.amount) from difference w where w.document_id = p_document), 0))::bigint
    from tax_document d where d.id = p_document or d.corrects_id = p_document
$$;

-- What came in for a document so far and stays with it, as far as the role sees the document: less what was too much, and what came
-- from the customer's balance.
create or replace function paid_by_transfer(p_document bigint) returns bigint
    language sql stable security definer set search_path = public, pg_temp as $$
    select case
        when current_setting('role') = 'linka_member'
             and not exists (select from tax_document d where d.id = p_document and d.customer_id = current_customer()) then 0
        else (coalesce((select sum(p.amount) from bank_payment p where p.document_id = p_document and p.state = 'matched'), 0)
              - coalesce((select sum(b.amount) from balance_entry b where b.document_id = p_document), 0))::bigint
    end
$$;

-- What of an invoice from before is settled, before and since, as far as the role sees it.
create or replace function paid_of_earlier_invoice(p_invoice bigint) returns bigint
    language sql stable security definer set search_path = public, pg_temp as $$
    select (i.paid_before
            + coalesce((select sum(p.amount) from bank_payment p where p.earlier_invoice_id = i.id and p.state = 'matched'), 0)
            - coalesce((select sum(b.amount) from balance_entry b where b.earlier_invoice_id = i.id), 0)
            + coalesce((select sum(w.amount) from difference w where w.earlier_invoice_id = i.id), 0))::bigint
    from earlier_invoice i
    where i.id = p_invoice and (current_setting('role') <> 'linka_member' or i.customer_id = current_customer())
$$;

create or replace function open_earlier_invoices(p_customer bigint) returns table (id bigint, unpaid bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    select i.id, (i.total - i.paid_before - s.settled)::bigint
    from earlier_invoice i
    cross join lateral (
        select coalesce((select sum(p.amount) from bank_payment p where p.earlier_invoice_id = i.id and p.state = 'matched'), 0)
               - coalesce((select sum(b.amount) from balance_entry b where b.earlier_invoice_id = i.id), 0)
               + coalesce((select sum(w.amount) from difference w where w.earlier_invoice_id = i.id), 0) as settled) s
    where i.total > i.paid_before and (p_customer is null or i.customer_id = p_customer)
      and (current_setting('role') <> 'linka_member' or i.customer_id = current_customer())
      and i.total - i.paid_before > s.settled
$$;

-- What of that stands on the account in money of a customer, in the shape of account_entries(): what was written off of an invoice (by
-- a proforma nothing is owed), and what became of a balance.
create function account_entries_of_balance(p_customer bigint)
    returns table (day date, kind text, number text, about text, total bigint, change bigint, place integer)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform refuse_foreign_customer(p_customer);
    return query
    select (w.at at time zone 'Europe/Prague')::date, 'difference', coalesce(d.number, i.number), '', abs(w.amount), -w.amount, 6
    from difference w left join tax_document d on d.id = w.document_id left join earlier_invoice i on i.id = w.earlier_invoice_id
    where w.customer_id = p_customer and (d.id is null or d.kind = 'invoice')
    union all
    select (b.at at time zone 'Europe/Prague')::date, 'balance_' || b.kind, coalesce(d.number, ''), '', abs(b.amount),
           case b.kind when 'returned' then -b.amount else 0 end, 7
    from balance_entry b left join tax_document d on d.id = b.document_id
    where b.customer_id = p_customer and b.kind in ('used', 'returned');
end
$$;
grant create on schema public to linka_system;
alter function account_entries_of_balance owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function account_entries_of_balance from public;
grant execute on function account_entries_of_balance to linka_member, linka_staff, linka_system;

-- A decision about a payment may be taken back as long as nothing rests on it that cannot: no tax document on it, and no purchase that
-- it paid. What was all too much paid none.
create function may_be_undone(p_payment bank_payment) returns boolean
    language sql stable set search_path = public, pg_temp as $$
    select p_payment.state <> 'unmatched'
        and not exists (select from tax_document d join tax_document t on t.key = 'payment:' || d.purchase_id || ':' || p_payment.id
                        where d.id = p_payment.document_id)
        and not exists (select from tax_document d join purchase p on p.id = d.purchase_id
                        where d.id = p_payment.document_id and p.paid_at is not null
                          and p_payment.amount <> (select coalesce(sum(b.amount), 0) from balance_entry b where b.payment_id = p_payment.id))
$$;
-- The same of what settles a document otherwise: nothing follows from an invoice alone.
create function rests_on_nothing(p_document bigint) returns boolean
    language sql stable set search_path = public, pg_temp as $$
    select not exists (select from tax_document d left join purchase p on p.id = d.purchase_id
                       where d.id = p_document and (d.kind <> 'invoice' or p.paid_at is not null))
$$;
create or replace function keep_bank_payment() returns trigger
    language plpgsql as $$
begin
    if (old.state <> 'unmatched'
        and (new.state <> 'unmatched' or new.reason <> 'undone' or new.staff_id is null or new.note = '' or not may_be_undone(old)))
       or (new.id, new.statement_id, new.booked_on, new.amount, new.currency, new.variable_symbol, new.counter_account,
           new.counter_name, new.message, new.reference)
          is distinct from
          (old.id, old.statement_id, old.booked_on, old.amount, old.currency, old.variable_symbol, old.counter_account,
           old.counter_name, old.message, old.reference) then
        raise exception 'a payment is decided once, and a decision is taken back while nothing rests on it' using errcode = 'LK003';
    end if;
    return new;
end
$$;
revoke execute on function may_be_undone, rests_on_nothing from public;
grant execute on function may_be_undone, rests_on_nothing to linka_staff;

-- No more is kept of a payment than came, and nothing of one that pays nothing.
create function kept_is_of_what_came() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_payment bigint := case tg_table_name when 'bank_payment' then (to_jsonb(new) ->> 'id') else (to_jsonb(new) ->> 'payment_id') end;
begin
    if exists (select from bank_payment p
               cross join lateral (select coalesce(sum(b.amount), 0) as kept from balance_entry b where b.payment_id = p.id) k
               where p.id = v_payment and k.kept > case p.state when 'matched' then p.amount else 0 end) then
        raise exception using errcode = 'check_violation', constraint = 'kept_is_of_what_came', message = 'more is kept than came';
    end if;
    return null;
end
$$;
grant create on schema public to linka_system;
alter function kept_is_of_what_came owner to linka_system;
revoke create on schema public from linka_system;
create constraint trigger kept_is_of_what_came after update of state on bank_payment deferrable initially deferred
    for each row execute function kept_is_of_what_came();
create constraint trigger kept_is_of_what_came after insert on balance_entry deferrable initially deferred
    for each row when (new.payment_id is not null) execute function kept_is_of_what_came();

alter table bank_payment
    drop constraint bank_payment_reason_check,
    add constraint bank_payment_reason_check check (reason in (
        'no_symbol', 'odd_day', 'unknown_symbol', 'underpaid', 'overpaid', 'already_paid', 'foreign_currency', 'closed_purchase',
        'repeated', 'ambiguous', 'undone'));
create index bank_payment_decided on bank_payment (decided_at desc, id desc) where decided_at is not null;

-- Up to how much a manager writes off, without asking for it again.
alter table line_setting
    add column write_off_limit bigint not null default 1000
        constraint line_setting_write_off_limit_check check (write_off_limit between 0 and 100000); -- haléře, including VAT
alter table line_setting_change
    add column write_off_limit bigint
        constraint line_setting_change_write_off_limit_check check (write_off_limit between 0 and 100000);

-- What was overpaid before: the last payment of a document brought what is more than its price.
set local role linka_staff;
insert into balance_entry (id, customer_id, seq, balance_before, balance_after, kind, amount, payment_id, document_id, reason, staff_id, at)
select gen_random_uuid(), o.customer_id, row_number() over w, coalesce(sum(o.amount) over w, 0) - o.amount,
       coalesce(sum(o.amount) over w, 0), 'kept', o.amount, o.payment_id, o.document_id, o.note, o.staff_id, o.decided_at
from (select d.customer_id, d.id as document_id, l.id as payment_id, l.staff_id, l.decided_at, l.note, least(s.came - d.total, l.amount) as amount
      from tax_document d
      cross join lateral (select sum(p.amount) as came from bank_payment p where p.document_id = d.id and p.state = 'matched') s
      cross join lateral (select p.* from bank_payment p where p.document_id = d.id and p.state = 'matched'
                          order by p.decided_at desc, p.id desc limit 1) l
      where s.came > d.total and l.staff_id is not null and l.note <> '') o
window w as (partition by o.customer_id order by o.decided_at, o.payment_id);
reset role;
