-- Where somebody is notified is a browser, and a browser is known by its own cookie (`known_device`), not by a session: sessions end by
-- themselves and are swept, and whoever signs in there again is the same person in the same browser. It is anybody's who signs in,
-- the customers' people's too (design, Notifications).

-- In which browser a session began.
alter table session add column browser bytea;
update session set browser = sha256(token_hash);
alter table session
    alter column browser set not null,
    add constraint browser_is_a_digest check (octet_length(browser) = 32);

alter table push_device
    add column login_id bigint references login on delete cascade,
    add column browser bytea;
update push_device d set
    login_id = (select l.id from login l where l.staff_id = d.staff_id),
    browser = coalesce((select s.browser from session s where s.id = d.session_id limit 1), sha256(uuid_send(d.session_id)));
-- A browser subscribes once: of two in one session the later counts.
delete from push_device d where login_id is null
    or exists (select from push_device n where n.browser = d.browser and n.id > d.id);
drop index push_device_of_staff;
alter table push_device
    alter column login_id set not null,
    alter column browser set not null,
    drop column staff_id,
    drop column session_id,
    add constraint browser_is_one_devices unique (browser),
    add constraint browser_is_a_digest check (octet_length(browser) = 32);
create index push_device_of_login on push_device (login_id);
drop trigger zz_audit on push_device;
call keep_audit('push_device', 'endpoint p256dh auth browser');

-- What did not arrive is shown to the desk, the newest first.
create index push_message_failed on push_message (id) where state = 'failed';

-- How many browsers one person may be notified in; of more the one that was added first goes.
alter table line_limit add column devices integer not null default 10 check (devices > 0);

-- To every device of somebody who signs in; what waits of the same topic is overtaken.
drop function write_push;
create function write_push(p_login bigint, p_content jsonb, p_topic text, p_until timestamptz, p_now timestamptz, p_key text)
    returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_new  record;
begin
    for v_new in
        insert into push_message (device_id, key, topic, content, written_at, good_until)
        select d.id, p_key, p_topic, p_content, p_now, p_until
        from push_device d
        join login l on l.id = d.login_id
        left join staff s on s.id = l.staff_id
        left join member m on m.id = l.member_id
        where d.login_id = p_login and coalesce(s.active, m.active)
        on conflict on constraint told_once_per_device do nothing
        returning id, device_id
    loop
        update push_message set state = 'withdrawn', last_error = 'overtaken'
            where device_id = v_new.device_id and topic = p_topic and state in ('queued', 'held') and id < v_new.id;
        perform add_push_job(v_new.id, v_new.device_id);
    end loop;
end
$$;

create or replace function tell_staff(p_staff bigint, p_mail jsonb, p_push jsonb, p_topic text, p_until timestamptz,
                                      p_now timestamptz, p_key text)
    returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_login      bigint := (select id from login where staff_id = p_staff);
    v_is_pushed  boolean := p_push is not null and exists (
        select from staff_wish w join push_device d on d.login_id = v_login
        where w.staff_id = p_staff and 'plan' = any (w.push_kinds));
begin
    if v_is_pushed then
        perform write_push(v_login, p_push, p_topic, p_until, p_now, p_key);
    end if;
    if not v_is_pushed or exists (select from staff_wish where staff_id = p_staff and 'plan' = any (kinds)) then
        perform write_mail_to_staff(p_staff, p_mail, p_now, p_key);
    end if;
end
$$;

-- As before; whoever is signed out for good is notified no more, whoever it is.
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
    delete from push_device where login_id = any (logins);
    return null;
end $$;

grant create on schema public to linka_system;
alter function write_push owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function write_push from public;
grant execute on function write_push to linka_system;
