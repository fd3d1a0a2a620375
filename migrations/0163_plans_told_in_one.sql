-- What comes into a technician's plan and leaves it within minutes is told in one mail (design, Who of us is told): each waits for a
-- while, and the first whose turn it is takes the others along (service::mails).

create function add_mail_job(p_mail bigint, p_queue text, p_priority integer, p_run_at timestamptz) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform graphile_worker.add_job('send_mail', json_build_object('mail', p_mail), queue_name => p_queue, run_at => p_run_at,
                                    max_attempts => 12, job_key => 'mail:' || p_mail, priority => p_priority);
end
$$;

create or replace function queue_mail(p_mail bigint) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_customer  bigint;
    v_waiting   integer;
    v_run_at    timestamptz;
begin
    -- What begins within the hour is told at once, and so is what was tried before.
    select coalesce(customer_id, 0),
           case when kind = 'visit_planned' and attempts = 0
                     and (content #>> '{slot,start}')::timestamptz > created_at + interval '1 hour'
                then now() + interval '2 minutes' end
        into v_customer, v_run_at from mail where id = p_mail;
    select least(count(*), 32767) into v_waiting from mail
        where state = 'queued' and coalesce(customer_id, 0) = v_customer and id <> p_mail;
    perform add_mail_job(p_mail, 'mails to ' || v_customer, v_waiting, v_run_at);
end
$$;

drop function add_mail_job(bigint, text, integer);
revoke execute on function add_mail_job from public;
grant execute on function add_mail_job to linka_system;
