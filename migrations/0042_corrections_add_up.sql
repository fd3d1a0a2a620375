-- What technicians add by corrections counts together: a second hour added after the first one is a manager's to give, too.

alter table segment_correction
    -- How much longer, or how much more billed, a technician's correction made the segment; what a manager adds does not count.
    add column added_seconds integer not null default 0 check (added_seconds >= 0);
