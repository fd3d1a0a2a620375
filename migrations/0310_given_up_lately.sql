-- As before (0275); of the jobs that are not tried any more those count that gave up within the last week. They stay where they are, and
-- nobody takes them away: one from long ago that still counted would keep the alarm on for good, and nobody would hear the next one.
create or replace function queue_figures() returns table (task text, due bigint, oldest_seconds bigint, given_up bigint)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    return query
    select j.task_identifier::text,
           count(*) filter (where j.attempts < j.max_attempts and j.run_at <= now()),
           extract(epoch from now() - min(j.run_at) filter (where j.attempts < j.max_attempts and j.run_at <= now()))::bigint,
           count(*) filter (where j.attempts >= j.max_attempts and j.locked_at is null and j.updated_at > now() - interval '7 days')
    from graphile_worker.jobs j
    group by 1;
end
$$;
