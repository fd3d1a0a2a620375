-- How the mails are known by which a telephone exchange sends what somebody spoke to the answering machine: a manager says it.
create table voice_setting (
    only_row  boolean primary key default true check (only_row),
    patterns  text not null default '' check (is_kept_text(patterns) and length(patterns) <= 1000)
);
insert into voice_setting default values;
grant select on voice_setting to linka_system, linka_staff;
grant update (patterns) on voice_setting to linka_staff;
call keep_audit('voice_setting');
