-- What was asked twice is done once: a request that says the same as another one of its customer ends, and names that one.
alter table service_request
    add column merged_into uuid,
    add constraint merged_within_a_customer foreign key (merged_into, customer_id) references service_request (id, customer_id),
    add constraint merged_into_another check (merged_into <> id),
    add constraint merged_is_over check (merged_into is null or state = 'cancelled');
create index service_request_merged on service_request (merged_into) where merged_into is not null;
grant update (merged_into) on service_request to linka_staff;

alter table request_event
    drop constraint request_event_kind_check,
    add constraint request_event_kind_check check (kind in (
        'ordered', 'confirmed', 'waiting', 'moved', 'cancelled', 'reclassified', 'started', 'suspended', 'closed',
        'no_show', 'missed_by_us', 'called_off_by_us', 'started_late', 'consent_asked', 'consent_given', 'consent_refused',
        'contested', 'contest_decided', 'offered', 'reassigned', 'declined', 'continued', 'merged'));
