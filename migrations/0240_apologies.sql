-- What we credit for a time at which nobody of ours came, where a manager has set it (design, Missed by us): minutes of a kind of their
-- own, once for each agreed time by the key of their source.
alter table minute_grant
    drop constraint minute_grant_kind_check,
    add constraint minute_grant_kind_check check (kind in ('contract', 'bundle', 'correction', 'apology')),
    add constraint apology_is_for_a_time check (kind <> 'apology' or source ~ '^missed:[1-9][0-9]*$');

alter table line_setting
    add column missed_credit_minutes integer not null default 0
        constraint line_setting_missed_credit_minutes_check check (missed_credit_minutes between 0 and 240);
alter table line_setting_change
    add column missed_credit_minutes integer
        constraint line_setting_change_missed_credit_minutes_check check (missed_credit_minutes between 0 and 240);
