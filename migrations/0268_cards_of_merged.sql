-- The saved card of a customer who is merged is let go: another organisation has agreed to what is taken from it. What was to be taken for a
-- period of their subscription is asked for by transfer, as when a card is removed.
create or replace function end_subscriptions() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update subscription set state = 'ended', wish = null, next_bundle_id = null where customer_id = new.id and state <> 'ended';
    update top_up set state = 'off' where customer_id = new.id and state = 'on';
    if exists (select from saved_card where customer_id = new.id) then
        update subscription set method = 'transfer' where customer_id = new.id and method = 'card';
        delete from saved_card where customer_id = new.id;
    end if;
    return null;
end
$$;

-- What of a customer ends when they are merged, for whoever decides that.
create function ends_when_merged(p_customer bigint, out subscription boolean, out top_up boolean, out card boolean)
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from subscription s where s.customer_id = p_customer and s.state <> 'ended'),
           exists (select from top_up t where t.customer_id = p_customer and t.state = 'on'),
           exists (select from saved_card c where c.customer_id = p_customer)
$$;
grant create on schema public to linka_system;
alter function ends_when_merged owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function ends_when_merged from public;
grant execute on function ends_when_merged to linka_staff;
