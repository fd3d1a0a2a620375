-- Home (design, Home): what a customer still has to pay, the computers that they name, and that something of theirs has changed.

create index purchase_unpaid on purchase (customer_id, created_at) where paid_at is null and closed_as is null;

-- Members write down by which number a technician connects to them, and take nothing away.
grant insert on computer, computer_program to linka_member;
grant update (name) on computer to linka_member;

-- For pages that show all that is next of one customer. What changes for more of them at once than anybody has open is told to
-- every page instead.
create function live_by_customer() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into live_event (topic)
    select distinct case when told.customers > 100 then 'everything' else 'customer ' || c.customer_id end
    from changed c, (select count(distinct customer_id) as customers from changed) told
    on conflict do nothing;
    return null;
end
$$;
grant create on schema public to linka_system;
alter function live_by_customer owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function live_by_customer from public;

-- Beside what is told of the single thing (tell_live), where there is such a thing.
create procedure tell_customer_live(p_table regclass)
    language plpgsql as $$
declare
    event text;
begin
    foreach event in array array['insert', 'update', 'delete'] loop
        execute format('create trigger %I after %s on %s referencing %s table as changed for each statement
                        execute function live_by_customer()',
                       'live_customer_' || event, event, p_table, case event when 'delete' then 'old' else 'new' end);
    end loop;
end
$$;
revoke execute on procedure tell_customer_live from public;

call tell_customer_live('service_request');
call tell_customer_live('appointment');
call tell_customer_live('request_event');
call tell_customer_live('slot_offer');
call tell_customer_live('intervention');
call tell_customer_live('ceiling_consent');
call tell_customer_live('ledger_entry');
call tell_customer_live('purchase');
