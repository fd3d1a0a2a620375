-- What whoever runs the portal watches (docs/observe): whether the account of minutes was checked and came out even, until when the
-- servers that it speaks with by TLS can prove who they are, and what waits in the queue of jobs.
create table ledger_check (
    one         boolean primary key default true check (one),
    checked_at  timestamptz not null,
    faults      integer not null check (faults >= 0)
);

create table outside_certificate (
    -- Name and port, as whoever runs the portal has set them.
    host        text primary key check (is_kept_text(host) and char_length(host) between 1 and 300),
    looked_at   timestamptz not null,
    expires_at  timestamptz,
    -- Why there is none, or why it is not believed.
    trouble     text not null check (is_kept_text(trouble) and char_length(trouble) <= 500),
    constraint seen_or_not check (expires_at is not null or trouble <> '')
);

grant select, insert, update on ledger_check to linka_system;
grant select, insert, update, delete on outside_certificate to linka_system;

-- What waits in the queue, by kind: how many jobs are due, since when the oldest of them is, and how many are not tried any more. The
-- queue has a schema of its own, which is looked up when this runs; what is due there is so by the database's clock.
create function queue_figures() returns table (task text, due bigint, oldest_seconds bigint, given_up bigint)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return query
    select j.task_identifier::text,
           count(*) filter (where j.attempts < j.max_attempts and j.run_at <= now()),
           extract(epoch from now() - min(j.run_at) filter (where j.attempts < j.max_attempts and j.run_at <= now()))::bigint,
           count(*) filter (where j.attempts >= j.max_attempts and j.locked_at is null)
    from graphile_worker.jobs j
    group by 1;
end
$$;
revoke execute on function queue_figures from public;
grant execute on function queue_figures to linka_system;
