-- Where a mail goes is written down in the transaction that makes something of it: two who assign it at the same moment never make two
-- things of it, and what is begun is finished as it was begun, whoever died in between. With it stands which of its files could not be
-- taken over. Its request is the one to which it goes, and what goes somewhere is not put aside.
alter table inbound_mail add column goes_to uuid;
update inbound_mail set goes_to = request_id where request_id is not null;
alter table inbound_mail
    add constraint mail_stands_where_it_goes check (request_id is null or request_id is not distinct from goes_to),
    add constraint only_what_is_open_goes_somewhere
        check (goes_to is null or state in ('received', 'waiting', 'auto_reply', 'request', 'reply'));
grant update (goes_to) on inbound_mail to linka_system, linka_staff;

-- Says where a mail goes, and which of its files do not; false where it goes elsewhere, or is not to be made anything of any more. What is
-- made of it for a customer is said in that customer's transaction only.
create function send_mail_to(p_key uuid, p_request uuid, p_left_out text) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not exists (select from service_request
                   where id = p_request and customer_id = nullif(current_setting('app.customer', true), '')::bigint) then
        return false;
    end if;
    -- Whoever says it again, and has something to add, does.
    update inbound_mail set goes_to = p_request, left_out = p_left_out
    where key = p_key and coalesce(goes_to, p_request) = p_request and state in ('received', 'waiting', 'auto_reply');
    return found or exists (select from inbound_mail where key = p_key and goes_to = p_request);
end
$$;
grant create on schema public to linka_system;
alter function send_mail_to owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function send_mail_to from public;
grant execute on function send_mail_to to linka_member, linka_staff, linka_system;
