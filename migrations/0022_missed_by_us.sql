-- An agreed time that passes without a technician is missed by us: a state of its own, in which nobody is booked any more.

alter table appointment
    -- When a technician last tried to reach the customer at it: whoever tries in vain has come.
    add column attempted_at timestamptz,
    -- When it came to be missed by us; stays when a technician begins late after all, so that it is missed once.
    add column missed_at timestamptz,
    drop constraint appointment_state_check,
    add constraint appointment_state_check
        check (state in ('held', 'confirmed', 'running', 'done', 'cancelled', 'no_show', 'missed_by_us')),
    add constraint missed_at_some_time check (state <> 'missed_by_us' or missed_at is not null);

update appointment a set attempted_at = (select max(at) from contact_attempt t where t.appointment_id = a.id)
    where state in ('confirmed', 'running');

-- What is looked for every minute, and what waits for its customer to pick again.
create index appointment_unmet on appointment (lower(during)) where state in ('confirmed', 'running') and missed_at is null;
create index appointment_missed on appointment (missed_at) where state = 'missed_by_us';

-- Whether an agreed time has passed unmet, written down or not. `p_unmet_since` is the instant so many minutes ago, of which
-- the model knows how many.
create function is_unmet(p_state text, p_during tstzrange, p_attempted_at timestamptz, p_unmet_since timestamptz)
    returns boolean language sql immutable
    return p_state = 'confirmed' and greatest(lower(p_during), p_attempted_at) <= p_unmet_since;

-- The state as everybody is told it.
create function appointment_state(p_state text, p_during tstzrange, p_attempted_at timestamptz, p_unmet_since timestamptz)
    returns text language sql immutable
    return case when is_unmet(p_state, p_during, p_attempted_at, p_unmet_since) then 'missed_by_us' else p_state end;

alter table request_event
    drop constraint request_event_kind_check,
    add constraint request_event_kind_check check (kind in (
        'ordered', 'confirmed', 'waiting', 'moved', 'cancelled', 'reclassified', 'started', 'suspended', 'closed',
        'no_show', 'missed_by_us', 'started_late', 'consent_asked', 'consent_given', 'consent_refused', 'contested',
        'contest_decided'));
