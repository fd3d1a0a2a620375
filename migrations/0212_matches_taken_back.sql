-- A payment that turns out to be another's is taken back from a purchase that it paid (design, Bank transfer): what is documented is
-- credited, minutes that are left are taken back, what was used is invoiced, an invoice is owed again. Rows that only grow.

-- Which of the decisions about a payment stands, counted from one: each is taken back once.
alter table bank_payment add column decision integer not null default 0;
alter table bank_payment disable trigger user;
update bank_payment set decision = 1 where decided_at is not null;
alter table bank_payment enable trigger user;

create table undone_match (
    id           uuid primary key, -- made with the form
    customer_id  bigint not null,
    purchase_id  uuid not null,
    document_id  bigint not null, -- what the payment had paid
    payment_id   bigint not null references bank_payment,
    decision     integer not null,
    amount       bigint not null check (amount > 0),      -- haléře: what of the payment had paid it
    lost         bigint not null check (lost >= 0),       -- haléře: what of the price nobody has paid any more, and no minutes are left for
    minutes      integer not null check (minutes >= 0),   -- taken back
    claimed      integer not null check (claimed >= 0),   -- used meanwhile, and invoiced
    reason       text not null check (reason <> '' and is_kept_text(reason)),
    staff_id     bigint not null references staff,
    at           timestamptz not null,
    foreign key (purchase_id, customer_id) references purchase (id, customer_id),
    foreign key (document_id, customer_id) references tax_document (id, customer_id),
    constraint a_decision_is_undone_once unique (payment_id, decision),
    constraint minutes_are_lost_with_money check (lost > 0 or minutes = 0 and claimed = 0)
);
create index undone_match_purchase on undone_match (purchase_id);
create index undone_match_customer on undone_match (customer_id);
create index undone_match_document on undone_match (document_id);
call build_tenant_wall('undone_match');
call keep_decisions('undone_match', 'insert', 'true', 'amount lost minutes claimed reason', 'staff');
create trigger append_only before update or delete or truncate on undone_match execute function refuse_change();
grant select on undone_match to linka_staff, linka_system;
grant insert on undone_match to linka_staff;

-- Under which key the tax document of a payment of a purchase stands: when it was credited, as the payment was taken back, the next one
-- stands under another.
create function payment_document_key(p_purchase uuid, p_payment bigint) returns text
    language sql stable set search_path = public, pg_temp as $$
    select 'payment:' || p_purchase || ':' || p_payment || coalesce(':' || nullif(count(*), 0), '')
    from undone_match u where u.payment_id = p_payment and u.purchase_id = p_purchase
$$;
revoke execute on function payment_document_key from public;
grant execute on function payment_document_key to linka_staff, linka_system;

create or replace function may_be_undone(p_payment bank_payment) returns boolean
    language sql stable set search_path = public, pg_temp as $$
    select p_payment.state <> 'unmatched'
        and not exists (select from tax_document d join tax_document t on t.key = payment_document_key(d.purchase_id, p_payment.id)
                        where d.id = p_payment.document_id and d.purchase_id is not null)
        and not exists (select from tax_document d join purchase p on p.id = d.purchase_id
                        where d.id = p_payment.document_id and p.paid_at is not null
                          and p_payment.amount <> (select coalesce(sum(b.amount), 0) from balance_entry b where b.payment_id = p_payment.id))
$$;

create or replace function keep_bank_payment() returns trigger
    language plpgsql as $$
begin
    if (old.state <> 'unmatched'
        and (new.state <> 'unmatched' or new.reason <> 'undone' or new.staff_id is null or new.note = ''
             or not (exists (select from undone_match u where u.payment_id = old.id and u.decision = old.decision) or may_be_undone(old))))
       or (new.id, new.statement_id, new.booked_on, new.amount, new.currency, new.variable_symbol, new.counter_account,
           new.counter_name, new.message, new.reference)
          is distinct from
          (old.id, old.statement_id, old.booked_on, old.amount, old.currency, old.variable_symbol, old.counter_account,
           old.counter_name, old.message, old.reference) then
        raise exception 'a payment is decided once, and a decision is taken back while nothing rests on it' using errcode = 'LK003';
    end if;
    new.decision := old.decision + (old.state = 'unmatched' and new.state <> 'unmatched')::integer;
    return new;
end
$$;

-- What was taken back does not stay decided.
create function undone_match_is_undone() returns trigger
    language plpgsql as $$
begin
    if exists (select from bank_payment p where p.id = new.payment_id and p.decision = new.decision and p.state <> 'unmatched') then
        raise exception using errcode = 'check_violation', constraint = 'undone_match_is_undone', message = 'the payment still pays it';
    end if;
    return null;
end
$$;
create constraint trigger undone_match_is_undone after insert on undone_match deferrable initially deferred
    for each row execute function undone_match_is_undone();

-- An invoice whose payment was another's is owed again: then its purchase is paid no more.
create function may_be_unpaid(p_purchase uuid) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from undone_match u where u.purchase_id = p_purchase)
       and exists (select from tax_document d
                   where d.purchase_id = p_purchase and d.kind = 'invoice' and asked_by(d.id) > paid_by_transfer(d.id))
$$;
grant create on schema public to linka_system;
alter function may_be_unpaid owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function may_be_unpaid from public;
grant execute on function may_be_unpaid to linka_member, linka_staff, linka_system;

create or replace function keep_purchase_facts() returns trigger
    language plpgsql as $$
begin
    if (new.id, new.customer_id, new.number, new.member_id, new.bundle_id, new.quantity, new.minutes, new.price, new.vat_percent,
        new.total, new.validity_months, new.reference, new.at_once, new.created_at)
       is distinct from
       (old.id, old.customer_id, old.number, old.member_id, old.bundle_id, old.quantity, old.minutes, old.price, old.vat_percent,
        old.total, old.validity_months, old.reference, old.at_once, old.created_at)
       or (new.method <> old.method and (old.paid_at is not null or old.at_once))
       or (old.awaiting_since is not null and new.awaiting_since is distinct from old.awaiting_since)
       or (old.paid_at is not null and new.paid_at is distinct from old.paid_at
           and not (new.paid_at is null and old.at_once and may_be_unpaid(old.id)))
       or (old.closed_as = 'cancelled' and new.closed_as is distinct from 'cancelled')
       or (old.closed_as = 'expired' and new.closed_as is null)
       or (old.payment_intent is not null and new.payment_intent is distinct from old.payment_intent)
       or new.checkout_try < old.checkout_try then
        raise exception 'a purchase goes forward only' using errcode = 'LK003';
    end if;
    -- A page is left only for another way to pay, and is known afterwards.
    if old.checkout_session is not null and new.checkout_session is distinct from old.checkout_session then
        if new.checkout_session is not null or new.method <> 'transfer'
           or not exists (select from former_checkout f where f.session = old.checkout_session) then
            raise exception 'a purchase goes forward only' using errcode = 'LK003';
        end if;
    end if;
    return new;
end
$$;

alter table purchase_event
    drop constraint purchase_event_kind_check,
    add constraint purchase_event_kind_check check (kind in (
        'created', 'payment_started', 'payment_failed', 'paid', 'credited', 'cancelled', 'expired', 'refund_requested',
        'refunded', 'refund_failed', 'credit_note_issued', 'payment_undone', 'dispute_opened', 'dispute_won', 'dispute_lost'));

create or replace function ledger_faults() returns table (customer_id bigint, fault text)
    language sql stable as $$
    select * from account_faults()
    union all
    -- minutes were taken back exactly once for each refund, and each payment that was taken back, that took any
    select coalesce(r.customer_id, e.customer_id), format('refund %s and the ledger differ', coalesce(r.id::text, e.source_id))
    from (select f.id, f.customer_id, f.minutes from refund f where f.minutes > 0
          union all
          select u.id, u.customer_id, u.minutes from undone_match u where u.minutes > 0) r
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
    -- what went back, or was taken back, is the sum of what is settled, less what came again
    select p.customer_id, format('purchase %s: %s refunded, but its refunds are %s', p.number, p.refunded, r.settled)
    from purchase p
    cross join lateral (
        select coalesce(sum(r.amount), 0)
               + (select coalesce(sum(u.lost), 0) from undone_match u where u.purchase_id = p.id)
               - (select coalesce(sum(w.amount), 0) from won_back w where w.purchase_id = p.id) as settled
        from refund r
        where r.purchase_id = p.id and r.state in ('succeeded', 'paid_otherwise')) r
    where p.paid_at is not null and p.refunded <> least(r.settled, p.total)
    union all
    -- nobody has used more minutes than were paid or invoiced when a payment was taken back
    select u.customer_id, format('purchase %s: more was taken back than its price and its minutes', u.purchase_id)
    from (select u.customer_id, u.purchase_id, sum(u.lost) as lost, sum(u.minutes + u.claimed) as minutes
          from undone_match u group by u.customer_id, u.purchase_id) u
    join purchase p on p.id = u.purchase_id
    where u.lost > p.total or u.minutes > p.minutes
$$;
