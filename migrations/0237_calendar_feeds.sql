-- Agreed times that somebody's own calendar reads by itself: an address with a secret, of which the database keeps the SHA-256
-- (design, Calendar feeds).
create table calendar_feed (
    login_id    bigint primary key references login on delete cascade,
    token_hash  bytea not null constraint feed_has_its_own_secret unique check (octet_length(token_hash) = 32),
    busy_only   boolean not null,
    -- Of the form that made it: sent twice, it makes one.
    form_key    uuid not null,
    made_at     timestamptz not null
);
call keep_audit('calendar_feed', 'token_hash');

-- What a feed said last, and since when it has: a calendar that knows that is not told again. Beside it, as it is nobody's change.
create table calendar_feed_shown (
    login_id  bigint primary key references calendar_feed on delete cascade,
    digest    bytea not null check (octet_length(digest) = 32),
    since     timestamptz not null
);
grant select, insert, update, delete on calendar_feed, calendar_feed_shown to linka_system;

-- Whoever is let in no more is told nothing more either, and makes a new one after coming back.
create function forget_calendar_feeds() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from calendar_feed f using login l
    where l.id = f.login_id
      and case tg_table_name
              when 'staff' then l.staff_id = new.id
              when 'member' then l.member_id = new.id
              else l.member_id in (select m.id from member m where m.customer_id = new.id)
          end;
    return null;
end $$;
grant create on schema public to linka_system;
alter function forget_calendar_feeds owner to linka_system;
revoke create on schema public from linka_system;
create trigger forget_calendar_feeds after update of active on staff
    for each row when (old.active and not new.active) execute function forget_calendar_feeds();
create trigger forget_calendar_feeds after update of active on member
    for each row when (old.active and not new.active) execute function forget_calendar_feeds();
create trigger forget_calendar_feeds after update of active on customer
    for each row when (old.active and not new.active) execute function forget_calendar_feeds();
