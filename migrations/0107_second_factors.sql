-- What somebody has proved in a session: when, so that what a browser that was left alone must not do asks anew; and whether a
-- second factor is still to come, until when the session is nobody's.

alter table session
    add column confirmed_at timestamptz,
    add column awaits_factor boolean not null default false;

-- An application that shows one-time codes (TOTP, RFC 6238): offered until the first code was right, and no code counts twice.
create table authenticator (
    login_id      bigint primary key references login on delete cascade,
    secret        bytea not null check (length(secret) = 20),
    offered_at    timestamptz not null,
    confirmed_at  timestamptz,
    last_step     bigint not null default 0 check (last_step >= 0)
);

-- For who has lost it: each once, and only the SHA-256 of each.
create table recovery_code (
    login_id   bigint not null references login on delete cascade,
    code_hash  bytea not null check (length(code_hash) = 32),
    used_at    timestamptz,
    primary key (login_id, code_hash)
);

grant select, insert, update, delete on authenticator, recovery_code to linka_system;
