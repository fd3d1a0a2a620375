-- Minutes that are bought from a saved card when few are free (design, Top-ups).

create table top_up (
    customer_id     bigint primary key references customer,
    -- Who agreed to it, when, and to which words.
    member_id       bigint not null,
    agreed_at       timestamptz not null,
    consent         integer not null check (consent > 0),
    bundle_id       bigint not null references bundle,
    -- The most that it may cost, including VAT; haléře.
    total           bigint not null check (total > 0),
    below_minutes   integer not null check (below_minutes between 1 and 600),
    most_per_month  integer not null check (most_per_month between 1 and 5),
    state           text not null constraint top_up_state_check check (state in ('on', 'off', 'failed', 'dearer')),
    foreign key (member_id, customer_id) references member (id, customer_id)
);
create index top_up_on on top_up (customer_id) where state = 'on';
call build_tenant_wall('top_up');
insert into erased_row values ('top_up');
grant select, delete on top_up to linka_eraser;
grant select on top_up to linka_member;
grant select, insert, update on top_up to linka_system;
call keep_decisions('top_up', 'insert or update of state, bundle_id, below_minutes, most_per_month, total', 'true',
                    'state below_minutes most_per_month total');

-- What it has bought, by month: no more than was agreed then.
create table top_up_purchase (
    customer_id  bigint not null references customer,
    month        date not null check (extract(day from month) = 1),
    place        integer not null check (place > 0),
    most         integer not null,
    purchase_id  uuid not null unique,
    primary key (customer_id, month, place),
    foreign key (purchase_id, customer_id) references purchase (id, customer_id),
    constraint no_more_than_was_agreed check (place <= most)
);
call build_tenant_wall('top_up_purchase');
create trigger append_only before update or delete on top_up_purchase
    for each row execute function refuse_change();
grant select on top_up_purchase to linka_member;
grant select, insert on top_up_purchase to linka_system;

-- What nobody waits for is not tried again: a top-up is switched off instead.
alter table card_debit add column once boolean not null default false;

-- Who was merged into another customer buys nothing by itself any more.
create or replace function end_subscriptions() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update subscription set state = 'ended', wish = null, next_bundle_id = null where customer_id = new.id and state <> 'ended';
    update top_up set state = 'off' where customer_id = new.id and state = 'on';
    return null;
end
$$;
