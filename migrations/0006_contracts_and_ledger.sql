-- What a contract says beyond its first form, and the account of minutes: append-only, its balances derived and checked.

alter table contract
    add column rollover                text not null default 'none' check (rollover in ('none', 'one_period')),
    add column urgent_rate_per_minute  bigint check (urgent_rate_per_minute >= 0), -- haléře, excluding VAT
    add column minimum_minutes         integer not null default 20 check (minimum_minutes between 0 and 240),
    add column ceiling_minutes         integer check (ceiling_minutes > 0),
    add constraint contract_identity unique (id, customer_id);
update contract set urgent_rate_per_minute = rate_per_minute;
alter table contract alter column urgent_rate_per_minute set not null;

-- Refuses what would rewrite history. The application's roles lack the privilege too; this also stops the owner.
create function refuse_change() returns trigger
    language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'LK002';
end
$$;

-- What a contract said from each edit on.
create table contract_version (
    contract_id  bigint not null,
    version      integer not null check (version > 0),
    customer_id  bigint not null,
    at           timestamptz not null,
    staff_id     bigint references staff,
    reason       text not null,
    terms        jsonb not null,
    key          uuid unique, -- the idempotency key of the form
    primary key (contract_id, version),
    foreign key (contract_id, customer_id) references contract (id, customer_id)
);
call build_tenant_wall('contract_version');
create trigger append_only before update or delete or truncate on contract_version
    execute function refuse_change();

-- One row per customer: locked before the ledger is read for spending.
create table minute_account (
    customer_id  bigint primary key references customer
);
call build_tenant_wall('minute_account');
insert into minute_account (customer_id) select id from customer;

create function open_minute_account() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into minute_account (customer_id) values (new.id);
    return null;
end
$$;
create trigger open_minute_account after insert on customer
    for each row execute function open_minute_account();

alter table minute_grant
    drop constraint minute_grant_kind_check,
    add constraint minute_grant_kind_check check (kind in ('contract', 'bundle', 'correction')),
    add column credited_at timestamptz,
    -- Of a contract's allowance: which contract, and until when it covers the contract's time. With a rollover the minutes
    -- can be drawn longer than that.
    add column contract_id bigint,
    add column covers_until timestamptz,
    add column reason text not null default '',
    add column staff_id bigint references staff,
    add constraint minute_grant_identity unique (id, customer_id),
    add constraint grant_of_own_contract foreign key (contract_id, customer_id) references contract (id, customer_id);
update minute_grant g set credited_at = effective_at,
    contract_id = case kind when 'contract' then (select c.id from contract c where c.number = split_part(g.source, '/', 1)) end;
update minute_grant set covers_until = expires_at where contract_id is not null;
alter table minute_grant
    alter column credited_at set not null,
    add constraint allowance_says_what_it_covers check ((contract_id is null) = (covers_until is null)),
    -- No moment of a contract is credited twice, whatever its periods have been.
    add constraint no_moment_credited_twice exclude using gist (
        contract_id with =, tstzrange(effective_at, covers_until) with &&) where (contract_id is not null);
create index minute_grant_expiry on minute_grant (expires_at);
create trigger append_only before update or delete or truncate on minute_grant
    execute function refuse_change();

create table intervention (
    id               bigint generated always as identity primary key,
    customer_id      bigint not null,
    request_id       uuid not null,
    -- Which of the request's: work that is resumed later than the design's §2.7 allows is another one.
    ordinal          integer not null check (ordinal > 0),
    state            text not null check (state in ('open', 'closed')),
    started_at       timestamptz not null,
    closed_at        timestamptz,
    report           text not null default '',
    -- The terms in force when it began; a later edit of the contract does not change what it costs.
    minimum_minutes  integer not null check (minimum_minutes >= 0),
    rate_per_minute  bigint not null check (rate_per_minute >= 0), -- haléře, excluding VAT
    vat_percent      integer not null check (vat_percent between 0 and 100),
    ceiling_minutes  integer check (ceiling_minutes > 0),
    unique (request_id, ordinal),
    unique (id, customer_id),
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    constraint closed_says_when check ((state = 'closed') <= (closed_at is not null))
);
create unique index one_open_intervention_per_request on intervention (request_id) where state = 'open';
create index intervention_list on intervention (customer_id, started_at desc, id desc);
create index intervention_open on intervention (customer_id, started_at) where state = 'open';
call build_tenant_wall('intervention');

alter table appointment add column intervention_id bigint,
    add constraint appointment_intervention foreign key (intervention_id, customer_id)
        references intervention (id, customer_id);
create index appointment_technician on appointment (technician_id, lower(during)) where state <> 'held';

-- Entries change a grant's balance (minutes) or what is to be paid in money (over_minutes, amount), never both. The
-- numbering and the running balances are the trigger's, not the application's.
create table ledger_entry (
    id                   bigint generated always as identity primary key,
    customer_id          bigint not null references minute_account,
    seq                  bigint not null,
    at                   timestamptz not null,
    kind                 text not null check (kind in ('grant', 'draw', 'return', 'expiry', 'charge', 'waive')),
    grant_id             bigint,
    intervention_id      bigint,
    minutes              integer not null default 0,
    over_minutes         integer not null default 0,
    amount               bigint not null default 0, -- haléře, excluding VAT
    grant_balance_after  integer,
    balance_after        integer not null,
    -- What caused it: the natural key by which nothing is posted twice.
    source_kind          text not null check (source_kind in ('grant', 'receipt', 'expiry')),
    source_id            text not null,
    staff_id             bigint references staff,
    reason               text not null default '',
    unique (customer_id, seq),
    unique (source_kind, source_id),
    foreign key (grant_id, customer_id) references minute_grant (id, customer_id),
    foreign key (intervention_id, customer_id) references intervention (id, customer_id),
    constraint no_grant_below_zero check (grant_balance_after >= 0),
    constraint no_account_below_zero check (balance_after >= 0),
    constraint of_a_grant_or_money check (
        case when kind in ('charge', 'waive') then grant_id is null and minutes = 0 and over_minutes <> 0
             else grant_id is not null and minutes <> 0 and over_minutes = 0 and amount = 0 end),
    constraint sign_fits_kind check (
        case kind when 'grant' then minutes > 0 when 'draw' then minutes < 0 when 'return' then minutes > 0
                  when 'expiry' then minutes < 0 when 'charge' then over_minutes > 0 and amount >= 0
                  when 'waive' then over_minutes < 0 and amount <= 0 end),
    constraint of_an_intervention check ((kind in ('draw', 'return', 'charge', 'waive')) = (intervention_id is not null))
);
create index ledger_entry_grant on ledger_entry (grant_id, seq desc) where grant_id is not null;
create index ledger_entry_intervention on ledger_entry (intervention_id, seq) where intervention_id is not null;
create index ledger_entry_at on ledger_entry (customer_id, at, seq);
call build_tenant_wall('ledger_entry');

-- Numbers an entry and derives the balances after it, with the account locked: two entries of one account follow one
-- another, whoever posts them.
create function chain_ledger_entry() returns trigger
    language plpgsql as $$
declare
    v_seq            bigint;
    v_at             timestamptz;
    v_balance        integer;
    v_grant_balance  integer;
begin
    perform 1 from minute_account where customer_id = new.customer_id for update;
    if not found then
        raise exception 'no account for customer %', new.customer_id using errcode = 'foreign_key_violation';
    end if;
    select seq, at, balance_after into v_seq, v_at, v_balance from ledger_entry
        where customer_id = new.customer_id order by seq desc limit 1;
    new.seq := coalesce(v_seq, 0) + 1;
    -- In the order of the account, whatever the clocks of the servers say: the balance of any moment is one entry's.
    new.at := greatest(new.at, v_at);
    new.balance_after := coalesce(v_balance, 0) + new.minutes;
    new.grant_balance_after := null;
    if new.grant_id is not null then
        select grant_balance_after into v_grant_balance from ledger_entry
            where grant_id = new.grant_id order by seq desc limit 1;
        new.grant_balance_after := coalesce(v_grant_balance, 0) + new.minutes;
    end if;
    -- No more comes back than was drawn.
    if new.kind = 'return' and new.minutes > (
        select -coalesce(sum(minutes), 0) from ledger_entry
        where intervention_id = new.intervention_id and grant_id = new.grant_id) then
        raise exception 'more minutes returned than drawn' using errcode = 'check_violation', constraint = 'no_more_returned_than_drawn';
    end if;
    if new.kind = 'waive' and -new.over_minutes > (
        select coalesce(sum(over_minutes), 0) from ledger_entry
        where intervention_id = new.intervention_id and grant_id is null) then
        raise exception 'more minutes waived than charged' using errcode = 'check_violation', constraint = 'no_more_waived_than_charged';
    end if;
    return new;
end
$$;
create trigger chain before insert on ledger_entry
    for each row execute function chain_ledger_entry();
create trigger append_only before update or delete or truncate on ledger_entry
    execute function refuse_change();

-- A grant is an entry of the ledger from the moment it exists.
create function post_grant() returns trigger
    language plpgsql as $$
begin
    insert into ledger_entry (customer_id, at, kind, grant_id, minutes, source_kind, source_id, staff_id, reason)
        values (new.customer_id, new.credited_at, 'grant', new.id, new.minutes, 'grant', new.id::text, new.staff_id,
                new.reason);
    return null;
end
$$;
insert into ledger_entry (customer_id, at, kind, grant_id, minutes, source_kind, source_id)
    select g.customer_id, g.credited_at, 'grant', g.id, g.minutes, 'grant', g.id::text
    from minute_grant g order by g.credited_at, g.id;
create trigger post_grant after insert on minute_grant
    for each row execute function post_grant();

-- The account's balances per grant: the latest entry of each.
create view grant_balance with (security_invoker = true) as
    select g.id, g.customer_id, g.kind, g.minutes as granted, e.grant_balance_after as left_minutes, g.effective_at,
           g.expires_at
    from minute_grant g
    cross join lateral (
        select grant_balance_after from ledger_entry where grant_id = g.id order by seq desc limit 1) e;

alter table line_setting
    add column contest_days integer not null default 30 check (contest_days > 0),
    add column returned_minutes_days integer not null default 90 check (returned_minutes_days > 0);

grant select on contract_version, minute_account, ledger_entry, grant_balance, intervention to linka_member, linka_staff, linka_system;
grant insert on contract_version to linka_staff;
grant update on minute_account to linka_staff, linka_system; -- for the lock
grant insert on ledger_entry to linka_staff, linka_system;
grant insert on minute_grant to linka_system;
grant insert, update on intervention to linka_staff;
