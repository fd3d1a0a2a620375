-- Subscriptions of minutes: a plan is a bundle that comes again each month or quarter, a subscription is somebody's wish for it, and
-- each of its periods is one purchase (design, Subscriptions).

alter table bundle
    add column comes text not null default 'once'
        constraint bundle_comes_check check (comes in ('once', 'month', 'month_rolls', 'quarter', 'quarter_rolls'));

create table subscription (
    id              uuid primary key,
    customer_id     bigint not null references customer,
    member_id       bigint not null,
    bundle_id       bigint not null references bundle,
    -- What it is from the next period on.
    next_bundle_id  bigint references bundle,
    state           text not null default 'active' constraint subscription_state_check check (state in ('active', 'paused', 'ended')),
    -- What happens at the end of its period.
    wish            text constraint subscription_wish_check check (wish in ('pause', 'end')),
    -- From which day its periods are counted, and the ordinal of that first one.
    anchor          date not null,
    anchor_ordinal  integer not null default 0 check (anchor_ordinal >= 0),
    made_at         timestamptz not null,
    unique (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id),
    constraint what_stands_still_wishes_nothing check (state = 'active' or wish is null),
    constraint one_subscription_at_a_time exclude using btree (customer_id with =) where (state <> 'ended')
);
create index subscription_customer on subscription (customer_id, made_at desc);
create index subscription_active on subscription (id) where state = 'active';
call build_tenant_wall('subscription');

create table subscription_period (
    subscription_id  uuid not null,
    ordinal          integer not null check (ordinal >= 0),
    customer_id      bigint not null,
    first_day        date not null,
    -- The day after its last one, and the one after the last on which its minutes can be drawn if they are paid in time.
    until            date not null check (until > first_day),
    usable_until     date not null,
    purchase_id      uuid not null unique,
    -- A period is paid, granted and documented once, as its purchase is.
    primary key (subscription_id, ordinal),
    foreign key (subscription_id, customer_id) references subscription (id, customer_id),
    foreign key (purchase_id, customer_id) references purchase (id, customer_id),
    constraint usable_to_its_end check (usable_until >= until),
    constraint one_period_at_a_time exclude using gist (subscription_id with =, daterange(first_day, until) with &&)
);
create index subscription_period_customer on subscription_period (customer_id);
call build_tenant_wall('subscription_period');
create trigger append_only before update or delete on subscription_period
    for each row execute function refuse_change();

-- What is used is told before a renewal.
grant select on usage_month to linka_system;
grant select on subscription, subscription_period to linka_member, linka_staff, linka_system;
grant insert on subscription, subscription_period to linka_system;
grant update (bundle_id, next_bundle_id, state, wish, anchor, anchor_ordinal) on subscription to linka_system;

-- Who was merged into another customer goes on there, with one subscription at most: their own ends.
create function end_subscriptions() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update subscription set state = 'ended', wish = null, next_bundle_id = null where customer_id = new.id and state <> 'ended';
    return null;
end
$$;
grant create on schema public to linka_system;
alter function end_subscriptions owner to linka_system;
revoke create on schema public from linka_system;
create trigger end_subscriptions after update of merged_into on customer
    for each row when (new.merged_into is not null) execute function end_subscriptions();
