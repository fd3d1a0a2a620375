-- The technician's clock, questions for consent, attempts, receipts, contests, alerts; and usage summed by month.

create table time_segment (
    id               bigint generated always as identity primary key,
    customer_id      bigint not null,
    intervention_id  bigint not null,
    technician_id    bigint not null references staff,
    -- The visit: work that is resumed goes on at another appointment.
    appointment_id   bigint references appointment,
    kind             text not null check (kind in ('preparation', 'communication', 'work', 'waiting', 'our_fault')),
    started_at       timestamptz not null,
    ended_at         timestamptz check (ended_at >= started_at),
    key              uuid unique, -- the idempotency key of the form that started it
    unique (id, customer_id),
    foreign key (intervention_id, customer_id) references intervention (id, customer_id),
    -- A running segment has no end yet: it overlaps everything after its start.
    constraint no_overlapping_segments exclude using gist (technician_id with =, tstzrange(started_at, ended_at) with &&)
);
create unique index one_running_clock on time_segment (technician_id) where ended_at is null;
create index time_segment_intervention on time_segment (intervention_id, started_at);
call build_tenant_wall('time_segment');

-- What a segment was before somebody corrected it, and why; a segment added by hand has no "before".
create table segment_correction (
    id                 bigint generated always as identity primary key,
    customer_id        bigint not null,
    segment_id         bigint not null,
    at                 timestamptz not null,
    staff_id           bigint not null references staff,
    reason             text not null check (reason <> ''),
    kind_before        text,
    started_at_before  timestamptz,
    ended_at_before    timestamptz,
    key                uuid unique,
    foreign key (segment_id, customer_id) references time_segment (id, customer_id)
);
create index segment_correction_segment on segment_correction (segment_id, id desc);
call build_tenant_wall('segment_correction');
create trigger append_only before update or delete or truncate on segment_correction
    execute function refuse_change();

-- A question to go on above the ceiling. Silence keeps the billed clock paused.
create table ceiling_consent (
    id               bigint generated always as identity primary key,
    customer_id      bigint not null,
    intervention_id  bigint not null,
    asked_at         timestamptz not null,
    ceiling_minutes  integer not null check (ceiling_minutes > 0),
    answered_at      timestamptz,
    member_id        bigint,
    agreed           boolean,
    new_ceiling      integer check (new_ceiling > ceiling_minutes),
    foreign key (intervention_id, customer_id) references intervention (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id),
    constraint answered_by_somebody check (num_nonnulls(answered_at, member_id, agreed) in (0, 3))
);
create unique index one_open_question on ceiling_consent (intervention_id) where answered_at is null;
call build_tenant_wall('ceiling_consent');
-- An answer is given once.
create policy unanswered_only on ceiling_consent as restrictive for update to linka_member using (answered_at is null)
    with check (true);

-- A member's consent is the one way to another ceiling.
create function apply_consent() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update intervention set ceiling_minutes = new.new_ceiling where id = new.intervention_id;
    return null;
end
$$;
create trigger apply_consent after update of answered_at on ceiling_consent
    for each row when (new.agreed) execute function apply_consent();

create table contact_attempt (
    id              bigint generated always as identity primary key,
    customer_id     bigint not null,
    request_id      uuid not null,
    appointment_id  bigint not null references appointment,
    staff_id        bigint not null references staff,
    at              timestamptz not null,
    channel         text not null check (channel in ('phone', 'teamviewer', 'email')),
    note            text not null default '',
    key             uuid unique,
    foreign key (request_id, customer_id) references service_request (id, customer_id)
);
create index contact_attempt_appointment on contact_attempt (appointment_id, at);
call build_tenant_wall('contact_attempt');

-- A receipt as it was issued; a correction issues the next version. The sums repeat the ledger's and are checked
-- against it by ledger_faults().
create table receipt (
    intervention_id   bigint not null,
    version           integer not null check (version > 0),
    customer_id       bigint not null,
    at                timestamptz not null,
    rule_version      integer not null,
    billed_minutes    integer not null check (billed_minutes >= 0),
    from_grants       integer not null check (from_grants >= 0),
    over_minutes      integer not null check (over_minutes >= 0),
    amount            bigint not null check (amount >= 0), -- haléře, excluding VAT
    content           jsonb not null,
    key               uuid unique,
    primary key (intervention_id, version),
    foreign key (intervention_id, customer_id) references intervention (id, customer_id),
    constraint adds_up check (from_grants + over_minutes = billed_minutes)
);
create index receipt_at on receipt (customer_id, at);
call build_tenant_wall('receipt');
create trigger append_only before update or delete or truncate on receipt
    execute function refuse_change();

create table contest (
    id               bigint generated always as identity primary key,
    customer_id      bigint not null,
    intervention_id  bigint not null,
    segment_id       bigint not null unique, -- one objection per segment
    member_id        bigint not null,
    at               timestamptz not null,
    reason           text not null check (reason <> ''),
    state            text not null default 'open' check (state in ('open', 'accepted', 'rejected')),
    decided_at       timestamptz,
    staff_id         bigint references staff,
    answer           text not null default '',
    foreign key (intervention_id, customer_id) references intervention (id, customer_id),
    foreign key (segment_id, customer_id) references time_segment (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id),
    constraint decided_by_somebody check ((state = 'open') = (decided_at is null and staff_id is null))
);
create index contest_intervention on contest (intervention_id);
create index contest_open on contest (at) where state = 'open';
call build_tenant_wall('contest');

-- An alert that was raised, once per crossing: the entry of the ledger that crossed it, or the grant that expires.
create table alert (
    id           bigint generated always as identity primary key,
    customer_id  bigint not null references customer,
    kind         text not null check (kind in ('used_80', 'used_95', 'used_100', 'expiring')),
    at           timestamptz not null,
    source       text not null,
    unique (customer_id, kind, source)
);
call build_tenant_wall('alert');

-- Usage of the latest receipts by month of the intervention's start, kept by the trigger below: the usage page costs the
-- same for ten interventions and ten thousand.
create table usage_month (
    customer_id    bigint not null references customer,
    month          date not null check (extract(day from month) = 1),
    program_id     bigint not null references program,
    work_type_id   bigint not null references work_type,
    member_id      bigint not null references member,
    interventions  integer not null,
    minutes        integer not null,
    over_minutes   integer not null,
    -- Interventions with minutes beyond the grants.
    over_interventions integer not null,
    amount         bigint not null,
    primary key (customer_id, month, program_id, work_type_id, member_id)
);
call build_tenant_wall('usage_month');

-- Minutes drawn from the grants by local day: the pace.
create table usage_day (
    customer_id  bigint not null references customer,
    day          date not null,
    minutes      integer not null,
    primary key (customer_id, day)
);
call build_tenant_wall('usage_day');

create function sum_usage() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    v_before  receipt;
begin
    select * into v_before from receipt
        where intervention_id = new.intervention_id and version = new.version - 1;
    insert into usage_month as u (customer_id, month, program_id, work_type_id, member_id, interventions, minutes,
                                  over_minutes, over_interventions, amount)
        select i.customer_id, date_trunc('month', i.started_at at time zone 'Europe/Prague')::date, r.program_id,
               r.work_type_id, r.member_id,
               case when new.version = 1 then 1 else 0 end,
               new.billed_minutes - coalesce(v_before.billed_minutes, 0),
               new.over_minutes - coalesce(v_before.over_minutes, 0),
               (new.over_minutes > 0)::integer - (coalesce(v_before.over_minutes, 0) > 0)::integer,
               new.amount - coalesce(v_before.amount, 0)
        from intervention i join service_request r on r.id = i.request_id
        where i.id = new.intervention_id
        on conflict (customer_id, month, program_id, work_type_id, member_id) do update set
            interventions = u.interventions + excluded.interventions,
            minutes = u.minutes + excluded.minutes,
            over_minutes = u.over_minutes + excluded.over_minutes,
            over_interventions = u.over_interventions + excluded.over_interventions,
            amount = u.amount + excluded.amount;
    insert into usage_day as d (customer_id, day, minutes)
        values (new.customer_id, (new.at at time zone 'Europe/Prague')::date,
                new.from_grants - coalesce(v_before.from_grants, 0))
        on conflict (customer_id, day) do update set minutes = d.minutes + excluded.minutes;
    return null;
end
$$;
create trigger sum_usage after insert on receipt
    for each row execute function sum_usage();

-- Whether an intervention that began before a grant's expiry may still draw from it: one that is open, or closed so lately
-- that work on it can be resumed.
create function may_still_draw(p_customer bigint, p_expires_at timestamptz, p_joinable_since timestamptz) returns boolean
    language sql stable as $$
    select exists (
        select 1 from intervention i join service_request r on r.id = i.request_id
        where i.customer_id = p_customer and i.started_at < p_expires_at
          and (i.state = 'open'
               or (i.closed_at >= p_joinable_since and r.state in ('waiting', 'scheduled', 'in_progress'))))
$$;

-- Everything that is wrong with the account of minutes; no row when all is well. Tests and an hourly job ask it.
create function ledger_faults() returns table (customer_id bigint, fault text)
    language sql stable as $$
    -- the chain: no gaps, running balances right
    select e.customer_id, format('entry %s: seq, time, balance or grant balance is wrong', e.seq)
    from (select l.*,
                 lag(l.at) over account as former_at,
                 row_number() over account as expected_seq,
                 sum(l.minutes) over account as expected_balance,
                 case when l.grant_id is not null then sum(l.minutes) over of_grant end as expected_grant_balance
          from ledger_entry l
          window account as (partition by l.customer_id order by l.seq),
                 of_grant as (partition by l.grant_id order by l.seq)) e
    where e.seq <> e.expected_seq or e.balance_after <> e.expected_balance
       or e.grant_balance_after is distinct from e.expected_grant_balance
       or e.balance_after < 0 or e.grant_balance_after < 0 or e.at < e.former_at
    union all
    -- every grant is credited exactly once, with its minutes
    select g.customer_id, format('grant %s is credited %s times', g.id, count(e.id))
    from minute_grant g left join ledger_entry e on e.grant_id = g.id and e.kind = 'grant'
    group by g.id having count(e.id) <> 1 or min(e.minutes) <> g.minutes
    union all
    -- allocations + remainder = billed, and the money fits
    select i.customer_id, format('intervention %s: receipt and ledger differ', i.id)
    from intervention i
    left join lateral (select * from receipt r where r.intervention_id = i.id order by version desc limit 1) r on true
    left join lateral (
        select -coalesce(sum(l.minutes), 0) as drawn, coalesce(sum(l.over_minutes), 0) as over,
               coalesce(sum(l.amount), 0) as amount
        from ledger_entry l where l.intervention_id = i.id) l on true
    where coalesce(r.from_grants, 0) <> l.drawn or coalesce(r.over_minutes, 0) <> l.over
       or coalesce(r.amount, 0) <> l.amount
       or (i.state = 'closed' and r.version is null)
    union all
    -- minutes are drawn only from grants that were effective when the intervention began
    select l.customer_id, format('entry %s draws from a grant that was not effective', l.seq)
    from ledger_entry l join intervention i on i.id = l.intervention_id join minute_grant g on g.id = l.grant_id
    where l.kind = 'draw' and not (g.effective_at <= i.started_at and (g.expires_at is null or i.started_at < g.expires_at))
    union all
    -- the monthly sums are those of the latest receipts
    select coalesce(u.customer_id, r.customer_id), 'usage by month differs from the receipts'
    from (select u.customer_id, sum(u.interventions) as interventions, sum(u.minutes) as minutes,
                 sum(u.over_minutes) as over_minutes, sum(u.amount) as amount
          from usage_month u group by u.customer_id) u
    full join (select r.customer_id, count(*) as interventions, sum(r.billed_minutes) as minutes,
                      sum(r.over_minutes) as over_minutes, sum(r.amount) as amount
               from receipt r
               where r.version = (select max(version) from receipt x where x.intervention_id = r.intervention_id)
               group by r.customer_id) r on r.customer_id = u.customer_id
    where u.interventions is distinct from r.interventions or u.minutes is distinct from r.minutes
       or u.over_minutes is distinct from r.over_minutes or u.amount is distinct from r.amount
    union all
    -- the daily sums are the ledger's draws
    select coalesce(d.customer_id, l.customer_id), 'usage by day differs from the ledger'
    from (select d.customer_id, sum(d.minutes) as minutes from usage_day d group by d.customer_id) d
    full join (select l.customer_id, -sum(l.minutes) as minutes from ledger_entry l
               where l.kind in ('draw', 'return') group by l.customer_id) l on l.customer_id = d.customer_id
    where coalesce(d.minutes, 0) <> coalesce(l.minutes, 0)
$$;

-- A member writes down what members do, not what staff did.
create policy own_deeds_only on request_event as restrictive for insert to linka_member with check (staff_id is null);

alter table request_event
    drop constraint request_event_kind_check,
    add constraint request_event_kind_check check (kind in (
        'ordered', 'confirmed', 'waiting', 'moved', 'cancelled', 'reclassified', 'started', 'suspended', 'closed',
        'no_show', 'consent_asked', 'consent_given', 'consent_refused', 'contested', 'contest_decided'));

grant select on time_segment, ceiling_consent, receipt, contest, alert, usage_month, usage_day, segment_correction
    to linka_member;
grant insert (customer_id, intervention_id, segment_id, member_id, at, reason) on contest to linka_member;
grant update (answered_at, member_id, agreed, new_ceiling) on ceiling_consent to linka_member;
grant select, insert, update on time_segment, ceiling_consent, contest to linka_staff;
grant select, insert on segment_correction, contact_attempt, receipt, alert to linka_staff;
grant select, insert on alert to linka_system;
grant select on usage_month, usage_day to linka_staff;
grant insert on request_event to linka_system;
grant select on request_event to linka_system;
