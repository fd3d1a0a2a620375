-- Whose customers somebody of the vendor looks after first: none is all. Nothing is hidden or refused by it.
create table staff_region (
    staff_id  bigint not null references staff,
    region    text not null references line_region (name) on update cascade on delete cascade,
    primary key (staff_id, region)
);
call keep_audit('staff_region');
grant select on staff_region to linka_member, linka_staff, linka_system;
grant insert, delete on staff_region to linka_system;
