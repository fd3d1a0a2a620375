-- What keeps the demo and a vendor's work apart, and strangers from locking people out.

-- What this database is for: the demo, whose passwords everybody knows, or a vendor's real work. Said once, by the first server
-- that starts on it, and never changed: neither ever serves the other's data (design, Demo).
create table installation (
    only_one boolean primary key default true constraint installation_is_one check (only_one),
    kind text not null constraint installation_kind check (kind in ('demo', 'production'))
);

-- Databases from before this table say it by whom they let in: the demo's sign-ins are of a domain that nobody has.
insert into installation (kind)
select case when bool_or(email like '%.example') then 'demo' else 'production' end
from login
having count(*) > 0;

create trigger append_only before update or delete or truncate on installation
    execute function refuse_change();

-- Browsers in which somebody has signed in rightly: their failures count apart from those of strangers (design, Sign-in). Only
-- the SHA-256 of the cookie is kept, as of a session's.
create table known_device (
    login_id      bigint not null references login,
    token_hash    bytea not null check (length(token_hash) = 32),
    last_used_at  timestamptz not null,
    primary key (login_id, token_hash)
);
create index known_device_token on known_device (token_hash);
create index known_device_last_used on known_device (last_used_at);

-- One attempt to sign in counts for several subjects. A right password takes its attempt back, staff the attempts on an account.
alter table sign_in_failure
    add column attempt uuid,
    add column account bytea check (length(account) = 32);
create index sign_in_failure_attempt on sign_in_failure (attempt);
create index sign_in_failure_account on sign_in_failure (account);

-- When the next attempt on an account may be looked at on which too many have failed.
create table sign_in_turn (
    account  bytea primary key check (length(account) = 32),
    next_at  timestamptz not null
);
create index sign_in_turn_next on sign_in_turn (next_at);

grant select, insert, update, delete on known_device, sign_in_turn to linka_system;
