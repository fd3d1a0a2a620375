-- What happens is told to programs (design, Webhooks): to addresses that a customer or the vendor has named, after the Standard Webhooks
-- specification. What is told is written in the transaction of what it tells about, by triggers, so that no use case can forget it;
-- sending is a job. It holds numbers, kinds and times, and nothing that a person has written.

create table webhook_endpoint (
    id             uuid primary key,
    -- Whose; none for the vendor's own, which is told of every customer.
    customer_id    bigint references customer,
    url            text not null check (is_kept_text(url) and char_length(url) between 1 and 500),
    kinds          text[] not null constraint known_webhook_kinds check (kinds <@ array[
        'request.created', 'request.scheduled', 'request.moved', 'request.unscheduled', 'request.cancelled', 'request.started',
        'request.closed', 'message.created', 'document.issued', 'balance.low']),
    secret         bytea not null check (octet_length(secret) = 32),
    -- The secret before this one is good for a day more, so that whoever checks has time to change it.
    former_secret  bytea check (octet_length(former_secret) = 32),
    former_until   timestamptz,
    -- Of the form that changed the secret last: sent twice, it changes it once.
    secret_key     uuid,
    made_at        timestamptz not null,
    disabled_at    timestamptz,
    disabled_why   text constraint webhook_endpoint_disabled_why_check check (disabled_why in ('by_hand', 'gone', 'failing')),
    constraint something_is_told check (cardinality(kinds) > 0),
    constraint former_secret_ends check ((former_secret is null) = (former_until is null)),
    constraint disabled_for_a_reason check ((disabled_at is null) = (disabled_why is null))
);
create index webhook_endpoint_of_customer on webhook_endpoint (customer_id);
call build_tenant_wall('webhook_endpoint');
call keep_audit('webhook_endpoint', 'secret former_secret secret_key');

-- Since when an endpoint has taken nothing; beside it, so that who is told of every delivery is not in the audit of what people decide.
create table webhook_failing (
    endpoint_id  uuid primary key references webhook_endpoint on delete cascade,
    customer_id  bigint references customer,
    since        timestamptz not null
);
create index webhook_failing_of_customer on webhook_failing (customer_id);
call build_tenant_wall('webhook_failing');

create table webhook_message (
    id           bigint generated always as identity primary key,
    customer_id  bigint references customer,
    endpoint_id  uuid not null references webhook_endpoint on delete cascade,
    -- By which whoever gets it twice knows it again.
    message_id   uuid not null unique default gen_random_uuid(),
    kind         text not null constraint webhook_message_kind_check check (kind in (
        'request.created', 'request.scheduled', 'request.moved', 'request.unscheduled', 'request.cancelled', 'request.started',
        'request.closed', 'message.created', 'document.issued', 'balance.low', 'test')),
    cause        text not null,
    at           timestamptz not null,
    data         jsonb not null,
    state        text not null default 'queued' constraint webhook_message_state_check check (state in ('queued', 'sent', 'failed')),
    -- Since it was last begun with.
    tries        integer not null default 0 check (tries >= 0),
    due_at       timestamptz not null,
    constraint told_once_per_endpoint unique (endpoint_id, cause)
);
create index webhook_message_of_endpoint on webhook_message (endpoint_id, id desc);
create index webhook_message_due on webhook_message (due_at) where state = 'queued';
create index webhook_message_at on webhook_message (at);
create index webhook_message_of_customer on webhook_message (customer_id);
call build_tenant_wall('webhook_message');

create table webhook_try (
    message_id   bigint not null references webhook_message on delete cascade,
    ordinal      integer not null check (ordinal > 0),
    customer_id  bigint references customer,
    at           timestamptz not null,
    -- None where nobody has answered.
    status       integer check (status between 100 and 999),
    -- The beginning of it.
    answer       text not null check (is_kept_text(answer) and char_length(answer) <= 2000),
    trouble      text not null check (is_kept_text(trouble) and char_length(trouble) <= 500),
    primary key (message_id, ordinal)
);
create index webhook_try_of_customer on webhook_try (customer_id);
call build_tenant_wall('webhook_try');

grant select, insert, delete on webhook_endpoint to linka_member;
grant update (url, kinds, secret, former_secret, former_until, secret_key, disabled_at, disabled_why) on webhook_endpoint to linka_member;
grant select, insert on webhook_message to linka_member;
grant update (state, tries, due_at) on webhook_message to linka_member;
grant select on webhook_failing, webhook_try to linka_member;
grant delete on webhook_failing to linka_member;
grant select, insert, update, delete on webhook_endpoint, webhook_failing, webhook_message, webhook_try to linka_system;

-- The one door to the queue's schema. One after the other for an endpoint, so that a slow one waits for itself.
create function queue_webhook(p_message bigint, p_endpoint uuid, p_wait interval) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform graphile_worker.add_job('send_webhook', json_build_object('message', p_message),
                                    queue_name => 'webhooks to ' || p_endpoint, run_at => now() + p_wait,
                                    max_attempts => 12, job_key => 'webhook:' || p_message);
end
$$;
revoke execute on function queue_webhook from public;
grant execute on function queue_webhook to linka_member, linka_system;

create function write_webhooks(p_customer bigint, p_kind text, p_at timestamptz, p_cause text, p_data jsonb) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_new  record;
begin
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

-- What of a request's history programs are told.
create function webhook_kind(p_event text) returns text
    language sql immutable parallel safe set search_path = public, pg_temp as $$
    select case
        when p_event = 'ordered' then 'request.created'
        when p_event = 'confirmed' then 'request.scheduled'
        when p_event = 'moved' then 'request.moved'
        when p_event in ('called_off_by_us', 'missed_by_us', 'no_show', 'suspended') then 'request.unscheduled'
        when p_event in ('cancelled', 'withdrawn', 'declined', 'merged') then 'request.cancelled'
        when p_event in ('started', 'started_late') then 'request.started'
        when p_event in ('closed', 'outage_over') then 'request.closed'
        when p_event in ('customer_wrote', 'vendor_wrote') then 'message.created'
    end
$$;

-- Once for each statement, with all rows that it has written. Of two that are merged, the one that ends is called off. The other one was
-- there before, unless it goes on at another customer: who has it from then on is told of it, and of its time.
create function webhooks_of_requests() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from webhook_endpoint where disabled_why is distinct from 'by_hand') then
        perform write_webhooks(
            c.customer_id, k.kind, c.at, 'event ' || c.id,
            jsonb_strip_nulls(jsonb_build_object('request', r.number, 'starts_at', c.starts_at, 'ends_at', c.ends_at,
                'from', case c.kind when 'customer_wrote' then 'customer' when 'vendor_wrote' then 'vendor' end)))
        from changed c join service_request r on r.id = c.request_id
        left join service_request o on c.kind = 'merged' and o.goes_on_as = r.id and o.number = c.note
        cross join lateral (select case when c.kind <> 'merged' or r.state = 'cancelled' then webhook_kind(c.kind)
                                        when o.id is not null then 'request.created' end as kind) k
        where r.number is not null and k.kind is not null
        order by c.id;
        perform write_webhooks(
            c.customer_id, 'request.scheduled', c.at, 'time of event ' || c.id,
            jsonb_build_object('request', r.number, 'starts_at', lower(a.during), 'ends_at', upper(a.during)))
        from changed c join service_request r on r.id = c.request_id
        join service_request o on c.kind = 'merged' and o.goes_on_as = r.id and o.number = c.note
        join appointment a on a.request_id = r.id and a.state = 'confirmed'
        order by c.id;
    end if;
    return null;
end
$$;

create function webhooks_of_documents() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from webhook_endpoint where disabled_why is distinct from 'by_hand') then
        perform write_webhooks(c.customer_id, 'document.issued', c.issued_at, 'document ' || c.id,
                               jsonb_build_object('document', c.number, 'kind', c.kind))
        from changed c order by c.id;
    end if;
    return null;
end
$$;

create function webhooks_of_alerts() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from webhook_endpoint where disabled_why is distinct from 'by_hand') then
        perform write_webhooks(c.customer_id, 'balance.low', c.at, 'alert ' || c.id, jsonb_build_object('alert', c.kind))
        from changed c order by c.id;
    end if;
    return null;
end
$$;

create trigger webhooks after insert on request_event referencing new table as changed
    for each statement execute function webhooks_of_requests();
create trigger webhooks after insert on tax_document referencing new table as changed
    for each statement execute function webhooks_of_documents();
create trigger webhooks after insert on alert referencing new table as changed
    for each statement execute function webhooks_of_alerts();

grant create on schema public to linka_system;
alter function write_webhooks owner to linka_system;
alter function webhooks_of_requests owner to linka_system;
alter function webhooks_of_documents owner to linka_system;
alter function webhooks_of_alerts owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function write_webhooks from public;
grant execute on function write_webhooks to linka_system;
