-- Passkeys (WebAuthn): what a browser or a device proves instead of a password, or beside it. Of a key only its public half is here.

create table passkey (
    id             bigint generated always as identity primary key,
    login_id       bigint not null references login on delete cascade,
    credential_id  bytea not null check (length(credential_id) between 1 and 1023),
    credential     jsonb not null, -- the public key and its counter, as webauthn-rs reads them
    name           text not null check (name <> '' and is_kept_text(name)),
    made_at        timestamptz not null,
    used_at        timestamptz,
    constraint passkey_is_one_persons unique (credential_id)
);
create index passkey_of_login on passkey (login_id);

-- What a ceremony has begun with, which the browser does not see: a key is made for a sign-in, or anybody signs in. It is used once.
create table passkey_ceremony (
    id          uuid primary key,
    login_id    bigint references login on delete cascade,
    state       jsonb not null,
    expires_at  timestamptz not null
);
create index passkey_ceremony_expires on passkey_ceremony (expires_at);

grant select, insert, update, delete on passkey, passkey_ceremony to linka_system;

-- Whether the password alone does not sign in.
create function has_second_factor(p_login bigint) returns boolean
    language sql stable set search_path = public, pg_temp as $$
    select exists (select from authenticator where login_id = p_login and confirmed_at is not null)
        or exists (select from passkey where login_id = p_login)
$$;
revoke execute on function has_second_factor from public;
grant execute on function has_second_factor to linka_system;
