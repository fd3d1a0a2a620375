-- What goes wrong at Stripe, for one purchase and for no other (design, Purchase).

-- An answer of 5xx is kept at Stripe under its key for a day: after such an answer the page is asked for under the next key. What
-- was refused for good is said to the customer, and asked again only when they ask.
alter table purchase
    add column checkout_try integer not null default 1 check (checkout_try > 0),
    add column checkout_refused_at timestamptz;

-- To whom Stripe sends its receipt: frozen with the order, so that asking again asks the same. A table of its own, as it is a
-- person's and goes when it is no longer asked for.
create table checkout_email (
    purchase_id  uuid primary key,
    customer_id  bigint not null,
    member_id    bigint not null,
    email        text not null check (is_kept_text(email) and length(email) between 3 and 254),
    foreign key (purchase_id, customer_id) references purchase (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id)
);
create index checkout_email_customer on checkout_email (customer_id, member_id);
call build_tenant_wall('checkout_email');
insert into erased_row values ('checkout_email');
grant select, delete on checkout_email to linka_eraser;
grant select, insert, delete on checkout_email to linka_system;

create function freeze_checkout_email() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        insert into checkout_email (purchase_id, customer_id, member_id, email)
            select new.id, new.customer_id, new.member_id, l.email from login l where l.member_id = new.member_id;
    else
        delete from checkout_email where purchase_id = new.id;
    end if;
    return null;
end
$$;
grant create on schema public to linka_system;
alter function freeze_checkout_email owner to linka_system;
revoke create on schema public from linka_system;
create trigger freeze_checkout_email after insert on purchase
    for each row when (new.method = 'card') execute function freeze_checkout_email();
create trigger forget_checkout_email after update on purchase
    for each row when (new.method = 'card' and (new.paid_at is not null and old.paid_at is null
                                                or new.closed_as is not null and old.closed_as is null))
    execute function freeze_checkout_email();

-- A payment may be disputed several times, and a dispute that was lost may be won after all. Each goes forward only; what they mean
-- for the purchase follows from all of them.
create table dispute (
    purchase_id     uuid not null,
    stripe_dispute  text not null check (stripe_dispute <> ''),
    customer_id     bigint not null,
    state           text not null constraint dispute_state_check check (state in ('none', 'open', 'lost', 'won')),
    primary key (purchase_id, stripe_dispute),
    foreign key (purchase_id, customer_id) references purchase (id, customer_id)
);
create index dispute_customer on dispute (customer_id);
call build_tenant_wall('dispute');
grant select on dispute to linka_member, linka_staff;
grant select, insert, update (state) on dispute to linka_system;

insert into dispute (stripe_dispute, purchase_id, customer_id, state)
    select e.source, e.purchase_id, e.customer_id,
           case when bool_or(e.kind = 'dispute_lost') then 'lost' when bool_or(e.kind = 'dispute_won') then 'won' else 'open' end
    from purchase_event e where e.kind in ('dispute_opened', 'dispute_won', 'dispute_lost') and e.source <> ''
    group by e.source, e.purchase_id, e.customer_id
    on conflict do nothing;

create or replace function keep_purchase_facts() returns trigger
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
       or new.checkout_try < old.checkout_try then
        raise exception 'a purchase goes forward only' using errcode = 'LK003';
    end if;
    return new;
end
$$;

alter table payment_alert drop constraint payment_alert_kind_check;
alter table payment_alert add constraint payment_alert_kind_check check (kind in (
    'amount_differs', 'unreadable_event', 'unknown_payment', 'refund_failed', 'foreign_refund', 'dispute', 'paid_after_close',
    'checkout_refused', 'transfer_reversed'));
