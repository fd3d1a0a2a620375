-- Who waits for an earlier time when their customer is merged goes on waiting there, in the same turn; for which times they were asked and
-- what they said comes along, so that nobody is asked for the same twice. What is held for them at that moment is held no more, and they
-- may be asked for it again.
create function earlier_wishes_go_on() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into earlier_wish (request_id, customer_id, asked_at, until_at)
        select n.id, n.customer_id, w.asked_at, w.until_at
        from earlier_wish w join service_request n on n.id = new.goes_on_as
        where w.request_id = new.id
        on conflict (request_id) do nothing;
    delete from earlier_wish where request_id = new.id;
    update earlier_offer set state = 'overtaken' where request_id = new.id and state = 'open';
    insert into earlier_offer (customer_id, request_id, technician_id, during, offered_at, expires_at, state)
        select n.customer_id, n.id, o.technician_id, o.during, o.offered_at, o.expires_at, o.state
        from earlier_offer o join service_request n on n.id = new.goes_on_as
        where o.request_id = new.id and o.state in ('declined', 'expired')
        on conflict on constraint asked_once_for_a_time do nothing;
    return null;
end
$$;
create trigger earlier_wishes_go_on after update of goes_on_as on service_request
    for each row when (old.goes_on_as is null and new.goes_on_as is not null)
    execute function earlier_wishes_go_on();

grant insert on earlier_wish, earlier_offer to linka_system;
grant create on schema public to linka_system;
alter function earlier_wishes_go_on owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function earlier_wishes_go_on from public;
