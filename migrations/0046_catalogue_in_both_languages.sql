-- The catalogue is a manager's to keep: programs, skills, kinds of work and tiers have names in both languages, and what is
-- no longer offered is retired rather than deleted, because requests, contracts and receipts name it for ever.

alter table program
    add column name_en text not null default '' check (length(name_en) <= 100),
    add column active  boolean not null default true,
    add constraint program_name_is_short check (length(name) <= 100),
    add constraint program_is_kept check (is_kept_text(name) and is_kept_text(name_en)) not valid;
alter table program rename constraint program_name_key to program_name_is_one_only;

alter table skill
    add column name_en text not null default '' check (length(name_en) <= 100),
    add constraint skill_name_is_one_only unique (name),
    add constraint skill_name_is_short check (name <> '' and length(name) <= 100),
    add constraint skill_is_kept check (is_kept_text(name) and is_kept_text(name_en)) not valid;
alter table skill rename constraint skill_pkey to skill_code_is_one_only;
alter table technician_skill rename constraint technician_skill_skill_fkey to technician_skill_is_known;
alter table work_type rename constraint work_type_skill_fkey to skill_is_known;

alter table work_type
    add column name_en        text not null default '' check (length(name_en) <= 100),
    add column description_en text not null default '' check (length(description_en) <= 300),
    add constraint work_type_is_short check (length(name) <= 100 and length(description) <= 300),
    add constraint minutes_are_a_day_at_most check (minutes_to <= 1440),
    add constraint work_type_is_kept check (
        is_kept_text(name) and is_kept_text(name_en) and is_kept_text(description) and is_kept_text(description_en)) not valid;
alter table work_type rename constraint work_type_name_key to work_type_name_is_one_only;

alter table response_tier
    add column name_en text not null default '' check (length(name_en) <= 100),
    add column active  boolean not null default true,
    -- Whoever has no contract has this one.
    add constraint basic_tier_stays check (active or code <> 'basic'),
    add constraint tier_name_is_short check (name <> '' and length(name) <= 100),
    add constraint tier_minutes_are_a_year_at_most check (urgent_target_minutes <= 130000 and normal_lead_minutes <= 130000),
    add constraint tier_is_kept check (is_kept_text(name) and is_kept_text(name_en)) not valid;
alter table response_tier rename constraint response_tier_name_key to tier_name_is_one_only;
alter table response_tier rename constraint response_tier_pkey to tier_code_is_one_only;
-- Places are exchanged in one statement.
alter table response_tier
    drop constraint response_tier_position_key,
    add constraint response_tier_position_key unique (position) deferrable;

update response_tier set name_en = 'Basic' where name = 'Základní';
update response_tier set name_en = 'Standard' where name = 'Standard';
update response_tier set name_en = 'Fast' where name = 'Rychlá';
update response_tier set name_en = 'Express' where name = 'Expresní';

grant delete on skill to linka_staff;
