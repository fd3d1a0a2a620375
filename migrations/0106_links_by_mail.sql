-- Ways back in by mail: a link to choose a password, a link to sign in, and another address, which both mailboxes agree to.
-- Secrets of mailed links follow from the key of the installation (`auth::tokens`), so that no mail that waits holds one; here
-- stands what any link leaves: its SHA-256.

create table sign_in_link (
    login_id    bigint primary key references login on delete cascade,
    token_hash  bytea not null unique check (length(token_hash) = 32),
    made_at     timestamptz not null,
    expires_at  timestamptz not null check (expires_at > made_at)
);

create table address_change (
    login_id           bigint primary key references login on delete cascade,
    email              text not null check (email = lower(email) and email like '%_@_%'),
    former_token_hash  bytea not null unique check (length(former_token_hash) = 32),
    new_token_hash     bytea not null unique check (length(new_token_hash) = 32),
    former_agreed_at   timestamptz,
    new_agreed_at      timestamptz,
    made_at            timestamptz not null,
    expires_at         timestamptz not null check (expires_at > made_at)
);

-- That somebody asked for a link, whether or not there is such a sign-in: whoever asks waits for the same work. What was typed is
-- not kept. The job that sends the link notes when; another one of the same kind is not sent at once.
create table link_wish (
    id        uuid primary key,
    login_id  bigint references login on delete cascade,
    kind      text not null check (kind in ('password', 'sign_in')),
    asked_at  timestamptz not null,
    sent_at   timestamptz
);
create index link_wish_of_login on link_wish (login_id, kind, sent_at);
create index link_wish_asked on link_wish (asked_at);

grant select, insert, update, delete on sign_in_link, address_change, link_wish to linka_system;

create function queue_link_wish(p_wish uuid) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform graphile_worker.add_job('send_link', json_build_object('wish', p_wish), max_attempts => 12,
                                    job_key => 'link:' || p_wish);
end
$$;
revoke execute on function queue_link_wish from public;
grant execute on function queue_link_wish to linka_system;

-- As before; and links that were mailed open nothing any more.
create or replace function forget_sign_ins() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    logins bigint[] := array(
        select l.id from login l
        where case tg_table_name
                  when 'login' then l.id = new.id
                  when 'staff' then l.staff_id = new.id
                  when 'member' then l.member_id = new.id
                  else l.member_id in (select m.id from member m where m.customer_id = new.id)
              end);
begin
    delete from session where login_id = any (logins);
    delete from password_link where login_id = any (logins);
    delete from sign_in_link where login_id = any (logins);
    delete from address_change where login_id = any (logins);
    delete from push_device where login_id = any (logins);
    return null;
end $$;
