-- Programs that speak no HTTP open an order by a link, which they sign with what follows from their token. Where its customer trusts the
-- token, the link also says who sits there, and whoever may do no more than order is signed in by it, once.
alter table api_token add column vouches boolean not null default false;

-- Links that were opened, with what they say, until somebody has signed in; each is taken once.
create table program_link (
    id           uuid primary key, -- made by the program; the identity of the order that begins with it, too
    token_id     uuid not null,
    customer_id  bigint not null,
    at           timestamptz not null,
    says         text not null,
    foreign key (token_id, customer_id) references api_token (id, customer_id),
    constraint link_says_is_kept check (is_kept_text(says))
);
create index program_link_customer on program_link (customer_id);
create index program_link_sweep on program_link (at);
call build_tenant_wall('program_link');
grant select on program_link to linka_member;
grant select, insert, delete on program_link to linka_system;
insert into erased_text (of_table, of_column) values ('program_link', 'says');
grant select, update (says) on program_link to linka_eraser;
