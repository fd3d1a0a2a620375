-- Customers and their members, staff, how they sign in, and their sessions.

create table customer (
    id          bigint generated always as identity primary key,
    name        text not null check (name <> ''),
    ico         text not null unique check (ico ~ '^[0-9]{8}$'),
    created_at  timestamptz not null
);

-- A customer's own row is behind the wall too; the column is the key itself, so the policies are written out.
alter table customer enable row level security;
alter table customer force row level security;
create policy own_customer on customer to linka_member
    using (id = (select current_customer())) with check (id = (select current_customer()));
create policy every_customer on customer to linka_staff, linka_system using (true) with check (true);

create table member (
    id            bigint generated always as identity primary key,
    customer_id   bigint not null references customer,
    name          text not null check (name <> ''),
    phone         text not null default '',
    capabilities  text[] not null default '{}'
                  check (capabilities <@ array['order', 'see_all', 'buy', 'see_billing', 'manage']),
    active        boolean not null default true,
    unique (id, customer_id)
);
create index member_customer on member (customer_id);
call build_tenant_wall('member');

create table staff (
    id      bigint generated always as identity primary key,
    name    text not null check (name <> ''),
    role    text not null check (role in ('dispatcher', 'technician', 'manager')),
    active  boolean not null default true
);

-- One person, one e-mail address, one password; a member or a member of staff, never both.
create table login (
    id             bigint generated always as identity primary key,
    email          text not null unique check (email = lower(email) and email like '%_@_%'),
    password_hash  text not null check (password_hash like '$argon2id$%'),
    member_id      bigint unique references member,
    staff_id       bigint unique references staff,
    check (num_nonnulls(member_id, staff_id) = 1)
);

-- Only the SHA-256 of the token is kept: who reads the table cannot sign in with it.
create table session (
    token_hash           bytea primary key check (length(token_hash) = 32),
    id                   uuid not null unique,
    login_id             bigint not null references login,
    created_at           timestamptz not null,
    last_seen_at         timestamptz not null,
    idle_expires_at      timestamptz not null,
    absolute_expires_at  timestamptz not null,
    user_agent           text not null default ''
);
create index session_login on session (login_id);

-- Failed sign-ins by account and by address, both as SHA-256, so that an attack is slowed across all server processes.
create table sign_in_failure (
    subject  bytea not null check (length(subject) = 32),
    at       timestamptz not null
);
create index sign_in_failure_subject on sign_in_failure (subject, at);
create index sign_in_failure_at on sign_in_failure (at);

grant select on customer, member to linka_member;
grant select, insert, update on customer, member, staff to linka_staff;
grant select on customer, member, staff to linka_system;
grant select, insert, update on login to linka_system;
grant select, insert, update, delete on session to linka_system;
grant select, insert, update, delete on sign_in_failure to linka_system; -- update: for the locks of the sweep
