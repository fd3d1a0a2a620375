-- An address that programs are told at has its turns: one job for all that waits for it, not one for each thing. What is new still queues
-- one of its own, so that no transaction waits for another's at the key of the address; whichever comes first takes the turn.
create function wake_webhooks(p_endpoint uuid, p_wait interval) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_key  text := 'webhooks:' || p_endpoint;
    v_at   timestamptz := now() + coalesce(p_wait, interval '0');
begin
    -- Never later than somebody else has wanted.
    select least(v_at, min(run_at)) into v_at from graphile_worker.jobs where key = v_key and locked_at is null;
    perform graphile_worker.add_job('tell_webhooks', json_build_object('endpoint', p_endpoint),
                                    queue_name => 'webhooks to ' || p_endpoint, run_at => v_at, max_attempts => 12, job_key => v_key);
end
$$;
revoke execute on function wake_webhooks from public;
grant execute on function wake_webhooks to linka_member, linka_system;

create index webhook_message_turn on webhook_message (endpoint_id, due_at, id) where state = 'queued';

-- As before; and of what is taken over from elsewhere nobody is told: it happened there.
create or replace function write_webhooks(p_customer bigint, p_kind text, p_at timestamptz, p_cause text, p_data jsonb) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_new  record;
begin
    if current_setting('app.taking_over', true) = 'on' then
        return;
    end if;
    for v_new in
        -- Who has failed until it was switched off can be sent what happened meanwhile; who was switched off by hand wants none of it.
        insert into webhook_message (customer_id, endpoint_id, kind, cause, at, data, due_at, state)
        select e.customer_id, e.id, p_kind, p_cause, p_at,
               p_data || case when e.customer_id is null then jsonb_build_object('customer', p_customer::text) else '{}' end, p_at,
               case when e.disabled_at is null then 'queued' else 'failed' end
        from webhook_endpoint e
        where (e.customer_id = p_customer or e.customer_id is null) and p_kind = any (e.kinds)
          and e.disabled_why is distinct from 'by_hand'
        order by e.id
        on conflict on constraint told_once_per_endpoint do nothing
        returning id, endpoint_id, state
    loop
        if v_new.state = 'queued' then
            perform queue_webhook(v_new.id, v_new.endpoint_id, null);
        end if;
    end loop;
end
$$;
