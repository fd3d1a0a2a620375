-- What the vendor shows of its line on web sites of its own: whether it does, and which sites may frame it (design, Embedding).
create table embed_setting (
    only_row  boolean primary key default true check (only_row),
    is_on     boolean not null default false,
    -- One a line. They stand in a header of what is framed, so nothing else may be in here.
    origins   text not null default '' check (is_kept_text(origins) and length(origins) <= 2000),
    constraint origins_are_origins check (
        origins = '' or origins ~ '^https?://[a-z0-9.-]+(:[0-9]{1,5})?(\nhttps?://[a-z0-9.-]+(:[0-9]{1,5})?)*$')
);
insert into embed_setting default values;
call keep_audit('embed_setting');
grant select, update (is_on, origins) on embed_setting to linka_staff;
grant select on embed_setting to linka_system;
