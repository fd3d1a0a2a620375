-- Closed work that is opened again to put its receipt right, and the blocks of text from which technicians write their reports.

alter table request_event
    drop constraint request_event_kind_check,
    add constraint request_event_kind_check check (kind in (
        'ordered', 'confirmed', 'waiting', 'moved', 'cancelled', 'reclassified', 'started', 'suspended', 'closed',
        'no_show', 'missed_by_us', 'called_off_by_us', 'started_late', 'consent_asked', 'consent_given', 'consent_refused',
        'contested', 'contest_decided', 'offered', 'reassigned', 'declined', 'continued', 'merged', 'outage_joined',
        'outage_left', 'outage_news', 'outage_over', 'reopened'));

-- Who opened it again, when and why says the event, which the erasure of a person knows already.
create table intervention_reopening (
    id               bigint generated always as identity primary key,
    customer_id      bigint not null,
    intervention_id  bigint not null,
    event_id         bigint not null unique references request_event,
    -- The version of the receipt that was in force, and the one that came of it; none while the work is open.
    former_version   integer not null,
    version          integer,
    foreign key (intervention_id, customer_id) references intervention (id, customer_id),
    foreign key (intervention_id, former_version) references receipt (intervention_id, version),
    foreign key (intervention_id, version) references receipt (intervention_id, version),
    constraint reopening_ends_with_a_later_receipt check (version > former_version)
);
-- One at a time.
create unique index one_open_reopening on intervention_reopening (intervention_id) where version is null;
create index intervention_reopening_intervention on intervention_reopening (intervention_id, id);
call build_tenant_wall('intervention_reopening');
grant select on intervention_reopening to linka_member, linka_system;
grant select, insert, update (version) on intervention_reopening to linka_staff;

-- The next version of the receipt ends it, whoever issues that.
create function end_reopening() returns trigger language plpgsql as $$
begin
    update intervention_reopening set version = new.version
        where intervention_id = new.intervention_id and version is null;
    return null;
end
$$;
create trigger end_reopening after insert on receipt for each row execute function end_reopening();

-- What was objected to is settled by a decision, and what is being put right is not objected to before it is. The lock meets the
-- one that the reference of a contest takes: of the two that come at once, the second sees the first.
create function refuse_reopening_of_open() returns trigger language plpgsql as $$
begin
    perform from intervention where id = new.intervention_id for update;
    if not exists (select from intervention where id = new.intervention_id and state = 'closed') then
        raise exception using errcode = 'check_violation', constraint = 'closed_work_is_reopened',
            message = 'only what is closed is opened again';
    end if;
    return new;
end
$$;
-- Triggers fire by name: this one takes the lock.
create trigger closed_work_is_reopened before insert on intervention_reopening
    for each row execute function refuse_reopening_of_open();

create function refuse_reopening_of_contested() returns trigger language plpgsql as $$
begin
    if exists (select from contest where intervention_id = new.intervention_id) then
        raise exception using errcode = 'check_violation', constraint = 'contested_work_stays_closed',
            message = 'somebody has objected to what is to be opened again';
    end if;
    return new;
end
$$;
create trigger contested_work_stays_closed before insert on intervention_reopening
    for each row execute function refuse_reopening_of_contested();

create function is_being_put_right(p_intervention bigint) returns boolean language sql stable as $$
    select exists (select from intervention_reopening where intervention_id = p_intervention and version is null)
$$;

create function refuse_contest_of_reopened() returns trigger language plpgsql as $$
begin
    if is_being_put_right(new.intervention_id) then
        raise exception using errcode = 'check_violation', constraint = 'reopened_work_is_not_contested',
            message = 'it is being put right';
    end if;
    return null;
end
$$;
-- After the reference has been checked, which waits for whoever opens it again: constraint triggers fire by name.
create trigger reopened_work_is_not_contested after insert on contest
    for each row execute function refuse_contest_of_reopened();

-- Nor is what is being put right invoiced meanwhile.
create function refuse_invoice_of_reopened() returns trigger language plpgsql as $$
begin
    if exists (select from ledger_entry e where e.id = new.entry_id and is_being_put_right(e.intervention_id)) then
        raise exception using errcode = 'check_violation', constraint = 'reopened_work_is_not_invoiced',
            message = 'it is being put right';
    end if;
    return null;
end
$$;
create trigger reopened_work_is_not_invoiced after insert on invoiced_entry
    for each row execute function refuse_invoice_of_reopened();

-- A report says in the customer's words what was done, and much of that is said again and again. Each technician has their own.
create table report_block (
    id          bigint generated always as identity primary key,
    staff_id    bigint not null references staff,
    title       text not null constraint report_block_title_is_kept check (title <> '' and is_kept_text(title)),
    body        text not null constraint report_block_body_is_kept check (body <> '' and is_kept_text(body)),
    position    integer not null check (position > 0),
    -- When it was thrown away: it can be taken back until the next one is.
    deleted_at  timestamptz,
    -- The idempotency key of the form that made it.
    key         uuid not null unique,
    constraint block_has_its_place unique (staff_id, position) deferrable initially deferred,
    constraint one_block_of_a_title exclude using btree (staff_id with =, lower(title) with =) where (deleted_at is null)
);
grant select, insert, update (title, body, position, deleted_at), delete on report_block to linka_staff;
