-- Home (design, Home): what a customer still has to pay, the computers that they name, and that something of theirs has changed.

create index purchase_unpaid on purchase (customer_id, created_at) where paid_at is null and closed_as is null;

-- Members write down by which number a technician connects to them, and take nothing away.
grant insert on computer, computer_program to linka_member;
grant update (name) on computer to linka_member;

-- For pages that show all that is next of one customer. What changes for more of them at once than anybody has open is told to
-- every page instead.
create function write_customers_live(p_customers bigint[]) returns void
    language sql volatile set search_path = public, pg_temp as $$
    insert into live_event (topic)
    select distinct case when cardinality(p_customers) > 100 then 'everything' else 'customer ' || customer end
    from unnest(p_customers) customer
    on conflict do nothing
$$;

create function live_by_customer() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_customers_live(array(select distinct customer_id from changed));
    return null;
end
$$;

-- Nobody but its author sees a draft, or the time that is held for it.
create function live_by_customer_once_sent() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform write_customers_live(array(select distinct customer_id from changed where state not in ('draft', 'held')));
    return null;
end
$$;

-- Beside what is told of the single thing (tell_live), where there is such a thing.
create procedure tell_customer_live(p_table regclass, p_function regproc default 'live_by_customer')
    language plpgsql as $$
declare
    event text;
begin
    foreach event in array array['insert', 'update', 'delete'] loop
        execute format('create trigger %I after %s on %s referencing %s table as changed for each statement
                        execute function %s()',
                       'live_customer_' || event, event, p_table, case event when 'delete' then 'old' else 'new' end, p_function);
    end loop;
end
$$;
revoke execute on procedure tell_customer_live from public;

call tell_customer_live('service_request', 'live_by_customer_once_sent');
call tell_customer_live('appointment', 'live_by_customer_once_sent');
call tell_customer_live('request_event');
call tell_customer_live('slot_offer');
call tell_customer_live('intervention');
call tell_customer_live('ceiling_consent');
call tell_customer_live('ledger_entry');
call tell_customer_live('purchase');

grant create on schema public to linka_system;
alter function live_by_customer owner to linka_system;
alter function live_by_customer_once_sent owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function write_customers_live, live_by_customer, live_by_customer_once_sent from public;
grant execute on function write_customers_live to linka_system;
