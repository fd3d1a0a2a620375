-- What the vendor offers and how the line works: data that a manager may edit, seeded with the facts of the line.

create table program (
    id    bigint generated always as identity primary key,
    name  text not null unique check (name <> '')
);

create table licence (
    customer_id  bigint not null references customer,
    program_id   bigint not null references program,
    primary key (customer_id, program_id)
);
call build_tenant_wall('licence');

create table skill (
    code  text primary key check (code ~ '^[a-z_]+$'),
    name  text not null
);

create table work_type (
    id            bigint generated always as identity primary key,
    name          text not null unique check (name <> ''),
    description   text not null default '',
    minutes_from  integer not null check (minutes_from > 0),
    minutes_to    integer not null check (minutes_to >= minutes_from),
    slot_minutes  integer not null check (slot_minutes between 15 and 480 and slot_minutes % 15 = 0),
    plannable     boolean not null,
    skill         text not null references skill,
    -- Who picks the time: the customer from computed offers, or a dispatcher who offers some.
    choice        text not null default 'customer' check (choice in ('customer', 'dispatch')),
    active        boolean not null default true
);

create table response_tier (
    code                   text primary key check (code ~ '^[a-z_]+$'),
    name                   text not null unique,
    urgent_target_minutes  integer not null check (urgent_target_minutes > 0),
    normal_lead_minutes    integer not null check (normal_lead_minutes >= 0),
    position               integer not null unique
);

insert into response_tier (code, name, urgent_target_minutes, normal_lead_minutes, position) values
    ('basic',    'Základní', 480, 1530, 1),
    ('standard', 'Standard', 240, 1020, 2),
    ('fast',     'Rychlá',   120,  510, 3),
    ('express',  'Expresní',  60,  120, 4);

create table contract (
    id                  bigint generated always as identity primary key,
    customer_id         bigint not null references customer,
    number              text not null unique,
    tier                text not null references response_tier,
    valid               daterange not null check (not isempty(valid)),
    minutes_per_period  integer not null check (minutes_per_period >= 0),
    period              text not null check (period in ('month', 'quarter', 'year')),
    rate_per_minute     bigint not null check (rate_per_minute >= 0), -- haléře, excluding VAT
    exclude using gist (customer_id with =, valid with &&)
);
call build_tenant_wall('contract');

-- Minutes credited to a customer: a contract's allowance for a period, or a bundle.
create table minute_grant (
    id            bigint generated always as identity primary key,
    customer_id   bigint not null references customer,
    kind          text not null check (kind in ('contract', 'bundle')),
    minutes       integer not null check (minutes > 0),
    effective_at  timestamptz not null,
    expires_at    timestamptz check (expires_at > effective_at),
    source        text not null, -- natural key of what credited them, so that nothing credits twice
    unique (kind, source)
);
create index minute_grant_customer on minute_grant (customer_id, effective_at);
call build_tenant_wall('minute_grant');

create table bundle (
    id               bigint generated always as identity primary key,
    minutes          integer not null check (minutes > 0),
    price            bigint not null check (price > 0), -- haléře, excluding VAT
    validity_months  integer not null check (validity_months > 0),
    position         integer not null unique
);

insert into bundle (minutes, price, validity_months, position) values
    ( 60, 138000, 12, 1),
    (120, 264000, 12, 2),
    (300, 630000, 12, 3),
    (600, 1200000, 18, 4);

create table line_region (
    name      text primary key,
    phone     text not null,
    position  integer not null unique
);

insert into line_region (name, phone, position) values
    ('Jihozápad',    '377 457 977', 1),
    ('Morava',       '377 462 201', 2),
    ('Severovýchod', '377 462 520', 3);

-- Exactly one row.
create table line_setting (
    only_row                 boolean primary key default true check (only_row),
    opens                    time not null default '7:00',
    closes                   time not null default '15:30' check (closes > opens),
    urgent_reserve_percent   integer not null default 25 check (urgent_reserve_percent between 0 and 100),
    reserve_released_at      time not null default '8:00',
    urgent_first_minutes     integer not null default 15 check (urgent_first_minutes >= 0),
    normal_horizon_days      integer not null default 15 check (normal_horizon_days between 1 and 60),
    urgent_horizon_days      integer not null default 3 check (urgent_horizon_days between 1 and 60),
    hold_minutes             integer not null default 10 check (hold_minutes between 1 and 60),
    max_holds                integer not null default 3 check (max_holds > 0),
    cutoff_normal_minutes    integer not null default 120 check (cutoff_normal_minutes >= 0),
    cutoff_urgent_minutes    integer not null default 30 check (cutoff_urgent_minutes >= 0),
    max_moves                integer not null default 3 check (max_moves >= 0),
    minimum_with_contract    integer not null default 20 check (minimum_with_contract >= 0),
    minimum_one_off          integer not null default 30 check (minimum_one_off >= 0),
    list_rate_per_minute     bigint not null default 2500 check (list_rate_per_minute >= 0), -- haléře, excluding VAT
    vat_percent              integer not null default 21 check (vat_percent between 0 and 100)
);
insert into line_setting default values;

-- Days on which the line is closed though the calendar says otherwise; public holidays are computed, not stored.
create table closure (
    date    date primary key,
    reason  text not null check (reason <> '')
);

create table technician_skill (
    technician_id  bigint not null references staff,
    skill          text not null references skill,
    primary key (technician_id, skill)
);

-- Working plan in local wall time; a lunch break is the gap between two spans of one day.
create table working_plan (
    technician_id  bigint not null references staff,
    weekday        smallint not null check (weekday between 1 and 7), -- ISO: Monday is 1
    starts         time not null,
    ends           time not null check (ends > starts),
    primary key (technician_id, weekday, starts)
);

create table plan_exception (
    id             bigint generated always as identity primary key,
    technician_id  bigint not null references staff,
    during         tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
    kind           text not null check (kind in ('off', 'extra')),
    note           text not null default ''
);
create index plan_exception_during on plan_exception using gist (during);

-- Members may compute offers, so they read plans: technicians' numbers and times, never names or notes.
grant select on program, licence, skill, work_type, response_tier, contract, minute_grant, bundle, line_region,
    line_setting, closure, technician_skill, working_plan to linka_member;
grant select (technician_id, during, kind) on plan_exception to linka_member;
grant select on program, licence, skill, work_type, response_tier, contract, minute_grant, bundle, line_region,
    line_setting, closure, technician_skill, working_plan, plan_exception to linka_staff, linka_system;
grant insert, update, delete on closure, working_plan, plan_exception, technician_skill, licence to linka_staff;
grant insert, update on program, skill, work_type, response_tier, contract, bundle, line_region, line_setting to linka_staff;
grant insert on minute_grant to linka_staff;
