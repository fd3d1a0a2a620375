-- Signing in by another provider (OpenID Connect): whose account there is whose here, and of which addresses it is demanded.

-- By what the provider knows a person for good, not by an address, which it may give to somebody else one day.
create table provider_identity (
    issuer    text not null,
    subject   text not null,
    login_id  bigint not null references login on delete cascade,
    made_at   timestamptz not null,
    primary key (issuer, subject)
);
create index provider_identity_of_login on provider_identity (login_id);

-- Answers that were taken: the same one again is refused, whatever the provider says to it.
create table provider_answer (
    state_hash  bytea primary key check (length(state_hash) = 32),
    taken_at    timestamptz not null
);
create index provider_answer_taken on provider_answer (taken_at);

-- Whoever signs in with an address of the domain does so by the provider only, as long as that is set up.
create table required_provider (
    domain    text primary key check (domain = lower(domain) and domain ~ '^[^@[:space:]]+\.[^@[:space:]]+$'),
    provider  text not null check (provider ~ '^[a-z0-9-]{1,40}$')
);

grant select, insert, update, delete on provider_identity, provider_answer, required_provider to linka_system;
call keep_audit('required_provider');
