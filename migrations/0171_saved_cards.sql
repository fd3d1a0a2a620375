-- Subscriptions that are paid by a card that is kept at Stripe: what is due is taken from it with nobody present (design,
-- Subscriptions).

alter table subscription
    add column method text not null default 'transfer'
        constraint subscription_method_check check (method in ('card', 'transfer'));
grant update (method) on subscription to linka_system;
drop trigger zz_audit on subscription;
call keep_decisions('subscription', 'insert or update of state, wish, next_bundle_id, method', 'true',
                    'state wish next_bundle_id method');

-- The card of a customer. Its number is at Stripe only.
create table saved_card (
    customer_id      bigint primary key references customer,
    member_id        bigint not null,
    stripe_customer  text not null check (stripe_customer <> ''),
    payment_method   text not null check (payment_method <> ''),
    brand            text not null check (is_kept_text(brand) and length(brand) between 1 and 40),
    last4            text not null check (last4 ~ '^[0-9]{4}$'),
    good_through     date not null,
    -- When its holder agreed to what is taken from it.
    saved_at         timestamptz not null,
    foreign key (member_id, customer_id) references member (id, customer_id)
);
call build_tenant_wall('saved_card');
insert into erased_row values ('saved_card');
grant select, delete on saved_card to linka_eraser;
grant select on saved_card to linka_member;
grant select, insert, update on saved_card to linka_system;

-- After so many failures it is tried again so many days after the first time; after more it is not.
create table card_retry (
    failures  integer primary key check (failures > 0),
    days      integer not null check (days > 0)
);
insert into card_retry values (1, 1), (2, 3), (3, 5), (4, 7);
grant select on card_retry to linka_system;

-- A purchase whose money is taken from a saved card.
create table card_debit (
    purchase_id  uuid primary key,
    customer_id  bigint not null,
    begun_on     date not null,
    failures     integer not null default 0 check (failures >= 0),
    -- When it is tried next; never again without a value.
    next_at      timestamptz,
    foreign key (purchase_id, customer_id) references purchase (id, customer_id)
);
create index card_debit_customer on card_debit (customer_id);
create index card_debit_due on card_debit (next_at) where next_at is not null;
call build_tenant_wall('card_debit');
grant select on card_debit to linka_member, linka_staff, linka_system;
grant insert, update (failures, next_at) on card_debit to linka_system;

-- A try to have such a purchase paid: by itself, or by the customer on a page. Its identity is the key under which Stripe is asked,
-- and stands here before that.
create table card_try (
    id               uuid primary key,
    purchase_id      uuid not null references card_debit,
    customer_id      bigint not null,
    kind             text not null constraint card_try_kind_check check (kind in ('debit', 'page')),
    state            text not null default 'open'
                     constraint card_try_state_check check (state in ('open', 'paid', 'declined', 'asks_holder', 'void')),
    stripe_customer  text,
    payment_method   text,
    made_at          timestamptz not null,
    asked_at         timestamptz,
    session          text unique,
    url              text,
    foreign key (purchase_id, customer_id) references purchase (id, customer_id),
    constraint a_debit_names_its_card check (kind = 'page' or stripe_customer <> '' and payment_method <> '')
);
-- Whatever is not known to have come to nothing may have been paid: no two can be so at once.
create unique index one_open_try on card_try (purchase_id) where state = 'open';
create index card_try_customer on card_try (customer_id);
create index card_try_open on card_try (asked_at) where state = 'open';
call build_tenant_wall('card_try');
grant select, insert, update (state, asked_at, session, url) on card_try to linka_system;

create function keep_card_try() returns trigger
    language plpgsql as $$
begin
    if old.state not in ('open', new.state) and new.state <> 'paid' or old.session is not null and new.session is distinct from old.session then
        raise exception 'a try goes forward only' using errcode = 'LK003';
    end if;
    return new;
end
$$;
create trigger keep_card_try before update on card_try for each row execute function keep_card_try();

-- What is paid or closed is not tried again, whoever does that.
create function end_card_debit() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update card_debit set next_at = null where purchase_id = new.id and next_at is not null;
    return null;
end
$$;
grant create on schema public to linka_system;
alter function end_card_debit owner to linka_system;
revoke create on schema public from linka_system;
create trigger end_card_debit after update of paid_at, closed_as on purchase
    for each row when (new.method = 'card' and (new.paid_at is not null or new.closed_as is not null))
    execute function end_card_debit();
