-- Customers, their people, licences and contracts, as the vendor's people keep them.

-- A customer from abroad has no IČO, nor has a person who is no business. The region is the one that somebody chose, else the
-- one in which the postal code lies.
alter table customer rename constraint customer_ico_key to ico_is_one_customers;
alter table customer
    alter column ico drop not null,
    add column country text not null default 'CZ' check (country ~ '^[A-Z]{2}$'),
    add column region text references line_region on update cascade on delete set null,
    add column note text not null default '', -- pinned: the vendor's people see it wherever they meet the customer
    add column active boolean not null default true,
    add column blocked_at timestamptz,
    add column blocked_by bigint references staff,
    add column block_reason text check (block_reason <> ''),
    add column form_key uuid constraint one_customer_of_a_form unique, -- the idempotency key of the form, if it came by one
    add constraint blocked_says_why check (
        (blocked_at is null) = (block_reason is null) and (blocked_by is null or blocked_at is not null)),
    add constraint note_is_kept check (is_kept_text(note) and is_kept_text(block_reason)),
    drop constraint customer_postal_code_check,
    add constraint postal_code_of_country check (
        case country when 'CZ' then postal_code ~ '^([0-9]{3} [0-9]{2})?$' else length(postal_code) <= 20 end),
    drop constraint customer_dic_check,
    add constraint dic_of_country check (case country when 'CZ' then dic ~ '^(CZ[0-9]{8,10})?$' else dic ~ '^[A-Z0-9]{0,20}$' end);
-- Tax documents that were issued keep what they said.

-- Where a customer is reached, apart from its people: in the order in which to try. Phones are E.164, addresses in small letters.
create table customer_contact (
    customer_id  bigint not null references customer,
    kind         text not null check (kind in ('phone', 'email')),
    position     integer not null check (position >= 0),
    value        text not null check (case kind when 'phone' then value ~ '^\+[0-9]{6,15}$'
                                                else value = lower(value) and value like '%_@_%' end),
    label        text not null default '' check (is_kept_text(label)), -- whose it is: "účtárna"
    primary key (customer_id, kind, position),
    constraint one_contact_once unique (customer_id, kind, value)
);
call build_tenant_wall('customer_contact');

-- What a person is asked or told, with a sign-in or without: orders by telephone, consents to going on beyond the ceiling, is
-- sent documents.
alter table member
    add column contact_roles text[] not null default '{}'
        constraint known_contact_roles check (contact_roles <@ array['orders', 'consents', 'documents']),
    add column form_key uuid constraint one_person_of_a_form unique,
    add constraint kept_name check (is_kept_text(name)) not valid;

-- The programs that a customer runs. The number is that of the licence, or its key.
alter table licence
    add column number text not null default '' check (is_kept_text(number));

-- A computer, by the number under which TeamViewer knows it: nine or ten digits, without blanks.
create table computer (
    id             bigint generated always as identity primary key,
    customer_id    bigint not null references customer,
    name           text collate "cs-x-icu" not null check (name <> '' and is_kept_text(name)),
    teamviewer_id  text not null check (teamviewer_id ~ '^[1-9][0-9]{8,9}$'),
    constraint one_computer_of_an_id unique (customer_id, teamviewer_id),
    unique (id, customer_id)
);
call build_tenant_wall('computer');

-- On which computers a licensed program runs.
create table computer_program (
    computer_id  bigint not null,
    customer_id  bigint not null,
    program_id   bigint not null,
    primary key (computer_id, program_id),
    foreign key (computer_id, customer_id) references computer (id, customer_id) on delete cascade,
    foreign key (customer_id, program_id) references licence (customer_id, program_id) on delete cascade
);
create index computer_program_licence on computer_program (customer_id, program_id);
call build_tenant_wall('computer_program');

-- What is paid for the contract itself, whatever is done: an amount in each period of its own.
alter table contract
    add column fee bigint check (fee > 0), -- haléře, excluding VAT
    add column fee_period text check (fee_period in ('month', 'quarter', 'year')),
    add constraint fee_has_a_period check ((fee is null) = (fee_period is null));

-- What a contract says from a day on. Its own row says what it said from its first day; until that day comes, an amendment
-- may be replaced by another from the same day. What was granted, ordered and billed stays as it was.
create table contract_amendment (
    contract_id             bigint not null,
    customer_id             bigint not null,
    from_day                date not null,
    tier                    text not null references response_tier,
    minutes_per_period      integer not null check (minutes_per_period >= 0),
    period                  text not null check (period in ('month', 'quarter', 'year')),
    rollover                text not null check (rollover in ('none', 'one_period')),
    rate_per_minute         bigint not null check (rate_per_minute >= 0), -- haléře, excluding VAT
    urgent_rate_per_minute  bigint not null check (urgent_rate_per_minute >= 0),
    minimum_minutes         integer not null check (minimum_minutes between 0 and 240),
    ceiling_minutes         integer check (ceiling_minutes > 0),
    fee                     bigint check (fee > 0),
    fee_period              text check (fee_period in ('month', 'quarter', 'year')),
    primary key (contract_id, from_day),
    foreign key (contract_id, customer_id) references contract (id, customer_id),
    constraint fee_has_a_period check ((fee is null) = (fee_period is null))
);
call build_tenant_wall('contract_amendment');

-- The terms of every contract by the days on which they are in force; of an amendment from the first day, the contract's own
-- terms are in force on none. The one place that says which terms hold on a day.
create view contract_terms with (security_invoker = true) as
    select c.id, c.customer_id, c.number, c.valid, lower(c.valid) as since,
           c.valid * daterange(lower(c.valid), (
               select min(n.from_day) from contract_amendment n
               where n.contract_id = c.id and n.from_day >= lower(c.valid))) as in_force,
           c.tier, c.minutes_per_period, c.period, c.rollover, c.rate_per_minute, c.urgent_rate_per_minute,
           c.minimum_minutes, c.ceiling_minutes, c.fee, c.fee_period
    from contract c
    union all
    select c.id, c.customer_id, c.number, c.valid, a.from_day,
           c.valid * daterange(a.from_day, (
               select min(n.from_day) from contract_amendment n
               where n.contract_id = c.id and n.from_day > a.from_day)),
           a.tier, a.minutes_per_period, a.period, a.rollover, a.rate_per_minute, a.urgent_rate_per_minute,
           a.minimum_minutes, a.ceiling_minutes, a.fee, a.fee_period
    from contract c join contract_amendment a on a.contract_id = c.id and a.customer_id = c.customer_id;

-- Who writes a contract's next version says which one was read; of two who read the same, the second is refused by this.
alter table contract_version rename constraint contract_version_pkey to one_version_after_another;

-- A contract as it was signed.
create table contract_file (
    id           bigint generated always as identity primary key,
    contract_id  bigint not null,
    customer_id  bigint not null,
    name         text not null check (name <> '' and is_kept_text(name)),
    content      bytea not null check (length(content) between 5 and 4194304),
    sha256       bytea not null generated always as (sha256(content)) stored,
    added_at     timestamptz not null,
    added_by     bigint references staff,
    foreign key (contract_id, customer_id) references contract (id, customer_id),
    constraint one_file_once unique (contract_id, sha256)
);
call build_tenant_wall('contract_file');

-- Who is blocked neither orders nor buys, whoever asks for it: the one place that decides. What is agreed stays, and may be
-- moved or called off. The customer's row is locked meanwhile, so that a block that is being written at the same moment comes
-- before or after.
create function refuse_blocked_customer() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and (old.state <> 'draft' or new.state in ('draft', 'cancelled')) then
        return null; -- nothing is sent by it
    end if;
    perform from customer where id = new.customer_id and active and blocked_at is null for share;
    if not found then
        raise exception using errcode = 'check_violation', constraint = 'customer_is_not_blocked',
            message = 'the customer is blocked';
    end if;
    return null;
end
$$;
grant update (blocked_at) on customer to linka_system; -- for the lock
grant create on schema public to linka_system;
alter function refuse_blocked_customer owner to linka_system;
revoke create on schema public from linka_system;
create constraint trigger customer_is_not_blocked after insert or update of state on service_request
    for each row execute function refuse_blocked_customer();
create constraint trigger customer_is_not_blocked after insert on purchase
    for each row execute function refuse_blocked_customer();

-- Which number of the line is a customer's: that of its own region, else as before.
create or replace function line_phone(p_customer bigint) returns text language sql stable set search_path = public, pg_temp as $$
    select r.phone from line_region r
    left join customer k on k.id = p_customer
    left join lateral (
        select max(length(prefix)) as matched from unnest(r.postal_prefixes) prefix
        where k.country = 'CZ' and starts_with(k.postal_code, prefix)) m on true
    order by (r.name = k.region) desc nulls last, m.matched desc nulls last, r.position limit 1
$$;

grant select on customer_contact, computer, computer_program, contract_amendment, contract_terms, contract_file
    to linka_member, linka_staff, linka_system;
grant insert, update, delete on customer_contact, computer, computer_program, contract_amendment to linka_staff;
grant insert on contract_file to linka_staff;
grant update (number) on licence to linka_staff;
