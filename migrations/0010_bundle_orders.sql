-- Bundles on sale and their purchase. What is known of a purchase is kept as facts that only grow; its state follows from
-- them (`model::bundle_orders::OrderFacts`).

alter table bundle
    add column on_sale daterange not null default daterange('2026-01-01', null) check (not isempty(on_sale));

alter table customer
    add column street text not null default '',
    add column city text not null default '',
    add column postal_code text not null default '' check (postal_code ~ '^([0-9]{3} [0-9]{2})?$'),
    add column dic text not null default '' check (dic ~ '^(CZ[0-9]{8,10})?$'),
    -- Whether an order paid by transfer credits its minutes at once, against an invoice.
    add column trusted boolean not null default false;

alter table line_setting
    add column proforma_days integer not null default 14 check (proforma_days between 1 and 90),
    add column invoice_days integer not null default 14 check (invoice_days between 1 and 90);

create table order_number (
    year  integer primary key check (year between 2000 and 2100),
    last  integer not null check (last > 0)
);

-- Orders need no gapless series, but a row lock is short and keeps their numbers in the order of time.
create function next_order_number(p_year integer) returns text
    language sql volatile security definer set search_path = public, pg_temp as $$
    insert into order_number as o (year, last) values (p_year, 1)
        on conflict (year) do update set last = o.last + 1
        returning 'B' || year || '-' || lpad(last::text, 6, '0')
$$;

create table bundle_order (
    id                uuid primary key, -- made with the form: its idempotency key, and of what we ask Stripe for
    customer_id       bigint not null references customer,
    number            text not null unique,
    member_id         bigint not null,
    bundle_id         bigint not null references bundle,
    -- As it was on sale when it was ordered; a later edit of the catalogue changes nothing here.
    quantity          integer not null check (quantity between 1 and 100),
    minutes           integer not null check (minutes > 0),         -- of all of them
    price             bigint not null check (price > 0),            -- of all of them; haléře, excluding VAT
    vat_percent       integer not null check (vat_percent between 0 and 100),
    total             bigint not null check (total >= price),       -- of all of them; haléře, including VAT
    validity_months   integer not null check (validity_months > 0),
    reference         text not null default '' check (length(reference) <= 60), -- the customer's own
    method            text not null check (method in ('card', 'transfer')),
    at_once           boolean not null default false, -- minutes before the payment, for a trusted customer
    created_at        timestamptz not null,
    -- Facts.
    awaiting_since    timestamptz,
    paid_at           timestamptz,
    closed_as         text check (closed_as in ('expired', 'cancelled')),
    closed_at         timestamptz,
    refunded          bigint not null default 0 check (refunded between 0 and total), -- settled refunds; haléře, including VAT
    dispute           text not null default 'none' check (dispute in ('none', 'open', 'won', 'lost')),
    state             text not null generated always as (
        case when paid_at is null then coalesce(closed_as, case when awaiting_since is null then 'created' else 'awaiting_payment' end)
             when dispute in ('open', 'lost') then 'disputed'
             when refunded >= total then 'refunded'
             when refunded > 0 then 'partly_refunded'
             else 'paid' end) stored,
    -- Of a payment by card.
    checkout_session  text unique,
    checkout_url      text,
    checkout_expires_at timestamptz,
    payment_intent    text unique,
    unique (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id),
    constraint closed_some_time check ((closed_as is null) = (closed_at is null)),
    constraint only_what_was_paid_comes_back check (paid_at is not null or refunded = 0),
    constraint at_once_by_transfer check (method = 'transfer' or not at_once),
    constraint checkout_by_card check (method = 'card' or num_nonnulls(checkout_session, checkout_url, payment_intent) = 0)
);
create index bundle_order_customer on bundle_order (customer_id, created_at desc);
create index bundle_order_paid on bundle_order (paid_at) where paid_at is not null;
create index bundle_order_awaiting on bundle_order (created_at) where paid_at is null and closed_as is null;
call build_tenant_wall('bundle_order');

-- Facts are learnt, never unlearnt: whoever brings them late or twice changes nothing.
create function keep_order_facts() returns trigger
    language plpgsql as $$
begin
    if (new.id, new.customer_id, new.number, new.member_id, new.bundle_id, new.quantity, new.minutes, new.price, new.vat_percent,
        new.total, new.validity_months, new.reference, new.method, new.at_once, new.created_at)
       is distinct from
       (old.id, old.customer_id, old.number, old.member_id, old.bundle_id, old.quantity, old.minutes, old.price, old.vat_percent,
        old.total, old.validity_months, old.reference, old.method, old.at_once, old.created_at)
       or (old.awaiting_since is not null and new.awaiting_since is distinct from old.awaiting_since)
       or (old.paid_at is not null and new.paid_at is distinct from old.paid_at)
       or (old.closed_as = 'cancelled' and new.closed_as is distinct from 'cancelled')
       or (old.closed_as = 'expired' and new.closed_as is null)
       or (old.checkout_session is not null and new.checkout_session is distinct from old.checkout_session)
       or (old.payment_intent is not null and new.payment_intent is distinct from old.payment_intent)
       or array_position(array['none', 'open', 'won', 'lost'], new.dispute)
          < array_position(array['none', 'open', 'won', 'lost'], old.dispute) then
        raise exception 'an order goes forward only' using errcode = 'LK003';
    end if;
    return new;
end
$$;
create trigger keep_facts before update on bundle_order
    for each row execute function keep_order_facts();

-- What happened to an order, by whom and when. Neither a member nor staff: Stripe, the bank or the system itself.
create table order_event (
    id           bigint generated always as identity primary key,
    customer_id  bigint not null,
    order_id     uuid not null,
    at           timestamptz not null,
    kind         text not null check (kind in (
        'created', 'payment_started', 'payment_failed', 'paid', 'credited', 'cancelled', 'expired', 'refund_requested',
        'refunded', 'refund_failed', 'dispute_opened', 'dispute_won', 'dispute_lost')),
    member_id    bigint,
    staff_id     bigint references staff,
    note         text not null default '',
    source       text not null default '', -- which refund or dispute; with the kind, the natural key
    unique (order_id, kind, source),
    foreign key (order_id, customer_id) references bundle_order (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id),
    constraint one_actor check (num_nonnulls(member_id, staff_id) <= 1)
);
call build_tenant_wall('order_event');
create trigger append_only before update or delete or truncate on order_event
    execute function refuse_change();

create table refund (
    id             uuid primary key, -- made with the form: its idempotency key, and of what we ask Stripe for
    customer_id    bigint not null,
    order_id       uuid not null,
    -- Minutes taken back from the bundle's grant; none for a refund that was made at Stripe and not here.
    minutes        integer not null check (minutes >= 0),
    -- Haléře, including VAT; none for minutes whose money went back before, at Stripe and not here.
    amount         bigint not null check (amount >= 0),
    reason         text not null,
    staff_id       bigint references staff,
    requested_at   timestamptz not null,
    -- In this order, and never back: 'failed' may follow 'succeeded' (Stripe's documentation of refunds).
    state          text not null check (state in ('requested', 'pending', 'succeeded', 'failed', 'paid_otherwise')),
    stripe_refund  text unique,
    document_id    bigint, -- its credit note
    unique (id, customer_id),
    foreign key (order_id, customer_id) references bundle_order (id, customer_id),
    constraint something_goes_back check (minutes > 0 or amount > 0),
    constraint made_by_somebody check (staff_id is not null or stripe_refund is not null)
);
create index refund_order on refund (order_id);
create index refund_open on refund (requested_at) where state in ('requested', 'pending');
call build_tenant_wall('refund');

create function keep_refund_facts() returns trigger
    language plpgsql as $$
declare
    v_ranks constant text[] := array['requested', 'pending', 'succeeded', 'failed', 'paid_otherwise'];
begin
    if (new.id, new.customer_id, new.order_id, new.minutes, new.amount, new.reason, new.staff_id, new.requested_at)
       is distinct from
       (old.id, old.customer_id, old.order_id, old.minutes, old.amount, old.reason, old.staff_id, old.requested_at)
       or (old.stripe_refund is not null and new.stripe_refund is distinct from old.stripe_refund)
       or (old.document_id is not null and new.document_id is distinct from old.document_id)
       or array_position(v_ranks, new.state) < array_position(v_ranks, old.state) then
        raise exception 'a refund goes forward only' using errcode = 'LK003';
    end if;
    return new;
end
$$;
create trigger keep_facts before update on refund
    for each row execute function keep_refund_facts();

-- What Stripe told us, as it said it. Stored before it is answered; what it means is looked up again at Stripe.
create table stripe_event (
    id            text primary key,
    kind          text not null,
    payload       jsonb not null,
    received_at   timestamptz not null,
    -- Whether the client library could read it: one that it cannot read is handled all the same, and staff are told.
    readable      boolean not null,
    state         text not null default 'queued' check (state in ('queued', 'done', 'ignored', 'failed')),
    attempts      integer not null default 0,
    last_error    text not null default '',
    done_at       timestamptz
);
create index stripe_event_open on stripe_event (received_at) where state in ('queued', 'failed');

-- What a manager has to look at, once per cause.
create table payment_alert (
    id           bigint generated always as identity primary key,
    kind         text not null check (kind in (
        'amount_differs', 'unreadable_event', 'unknown_payment', 'refund_failed', 'foreign_refund', 'dispute', 'paid_after_close')),
    source       text not null,
    order_id     uuid references bundle_order,
    at           timestamptz not null,
    details      jsonb not null default '{}',
    resolved_at  timestamptz,
    staff_id     bigint references staff,
    unique (kind, source),
    constraint resolved_by_somebody check ((resolved_at is null) = (staff_id is null))
);
create index payment_alert_open on payment_alert (at) where resolved_at is null;

-- The ledger: minutes of a disputed bundle are frozen and thawed; those of a refunded one are taken back.
alter table ledger_entry
    drop constraint ledger_entry_kind_check,
    add constraint ledger_entry_kind_check check (kind in (
        'grant', 'draw', 'return', 'expiry', 'charge', 'waive', 'freeze', 'thaw', 'refund')),
    drop constraint ledger_entry_source_kind_check,
    add constraint ledger_entry_source_kind_check check (source_kind in ('grant', 'receipt', 'expiry', 'dispute', 'refund')),
    drop constraint sign_fits_kind,
    add constraint sign_fits_kind check (
        case kind when 'grant' then minutes > 0 when 'draw' then minutes < 0 when 'return' then minutes > 0
                  when 'expiry' then minutes < 0 when 'freeze' then minutes < 0 when 'thaw' then minutes > 0
                  when 'refund' then minutes < 0 when 'charge' then over_minutes > 0 and amount >= 0
                  when 'waive' then over_minutes < 0 and amount <= 0 end);

-- The account's check knows refunds and disputes too.
alter function ledger_faults() rename to account_faults;
create function ledger_faults() returns table (customer_id bigint, fault text)
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
    select o.customer_id, format('order %s is %s and has %s minutes left, %s frozen', o.number, o.dispute, b.left_minutes, f.frozen)
    from bundle_order o
    join minute_grant g on g.kind = 'bundle' and g.source = 'order:' || o.id
    join grant_balance b on b.id = g.id
    cross join lateral (
        select -coalesce(sum(e.minutes), 0) as frozen from ledger_entry e
        where e.grant_id = g.id and e.kind in ('freeze', 'thaw')) f
    where case when o.dispute in ('open', 'lost') then b.left_minutes <> 0 else f.frozen <> 0 end
    union all
    -- what went back is the sum of what is settled
    select o.customer_id, format('order %s: %s refunded, but its refunds are %s', o.number, o.refunded, r.settled)
    from bundle_order o
    cross join lateral (
        select coalesce(sum(r.amount), 0) as settled from refund r
        where r.order_id = o.id and r.state in ('succeeded', 'paid_otherwise')) r
    where o.paid_at is not null and o.refunded <> least(r.settled, o.total)
$$;

-- The door to the queue for payments and documents, as queue_mail() is for mails.
create function queue_payment_job(p_task text, p_payload json, p_key text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if p_task not in ('start_checkout', 'end_checkout', 'handle_stripe_event', 'send_refund', 'print_document') then
        raise insufficient_privilege using message = 'not a job of payments';
    end if;
    if current_setting('role') = 'linka_member' and p_task not in ('start_checkout', 'print_document') then
        raise insufficient_privilege using message = 'not a job that members cause';
    end if;
    perform graphile_worker.add_job(p_task, p_payload, max_attempts => 16, job_key => p_task || ':' || p_key);
end
$$;

grant select on bundle_order, order_event, refund to linka_member, linka_staff, linka_system;
grant insert on bundle_order, order_event to linka_member;
grant update (closed_as, closed_at, awaiting_since) on bundle_order to linka_member;
grant insert, update on bundle_order, refund to linka_staff, linka_system;
grant insert on order_event to linka_staff, linka_system;
grant select, insert, update on stripe_event, payment_alert to linka_staff, linka_system;
-- A member writes down what members do.
create policy own_deeds_only on order_event as restrictive for insert to linka_member with check (
    staff_id is null and kind in ('created', 'payment_started', 'cancelled'));
-- Nobody marks an order of their own as paid, names its price, or has the minutes at once without being trusted.
create policy unpaid_only on bundle_order as restrictive for insert to linka_member with check (
    paid_at is null and refunded = 0 and dispute = 'none' and not at_once and closed_as is null
    and num_nonnulls(checkout_session, checkout_url, payment_intent) = 0);
create policy at_the_catalogues_price on bundle_order as restrictive for insert to linka_member with check (
    total = price + round(price * vat_percent / 100.0) and vat_percent = (select s.vat_percent from line_setting s)
    and exists (select 1 from bundle b
                where b.id = bundle_id and b.minutes * quantity = bundle_order.minutes
                  and b.price * quantity = bundle_order.price and b.validity_months = bundle_order.validity_months));
-- Minutes that were credited at once are owed.
create policy owed_is_not_called_off on bundle_order as restrictive for update to linka_member
    using (true) with check (not at_once or closed_as is null);
revoke execute on function next_order_number, queue_payment_job from public;
grant execute on function next_order_number to linka_member, linka_staff, linka_system;
grant execute on function queue_payment_job to linka_member, linka_staff, linka_system;
