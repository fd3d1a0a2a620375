-- What customers say of the work when it is done: by a link in the mail that tells so, without signing in.

-- A link is good for what it was mailed for and for nothing else. Its secret follows from its identity and the key of the
-- installation (`auth::tokens`): none is kept.
create table rating_link (
    id               uuid primary key,
    customer_id      bigint not null,
    intervention_id  bigint not null,
    version          integer not null, -- of the receipt that the mail told of
    member_id        bigint not null,
    expires_at       timestamptz not null,
    foreign key (intervention_id, customer_id) references intervention (id, customer_id),
    foreign key (intervention_id, version) references receipt (intervention_id, version),
    foreign key (member_id, customer_id) references member (id, customer_id)
);
create index rating_link_member on rating_link (member_id);
call build_tenant_wall('rating_link');

-- One of an intervention, for good.
create table rating (
    intervention_id  bigint primary key,
    customer_id      bigint not null,
    member_id        bigint not null,
    at               timestamptz not null,
    score            integer not null check (score between 1 and 5),
    words            text not null,
    foreign key (intervention_id, customer_id) references intervention (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id),
    constraint rating_is_kept check (is_kept_text(words) and length(words) <= 1000)
);
create index rating_member on rating (member_id);
call build_tenant_wall('rating');

-- That somebody of the customer agrees to what a version of a receipt bills.
create table receipt_agreement (
    intervention_id  bigint not null,
    version          integer not null,
    customer_id      bigint not null,
    member_id        bigint not null,
    at               timestamptz not null,
    primary key (intervention_id, version),
    foreign key (intervention_id, version) references receipt (intervention_id, version),
    foreign key (intervention_id, customer_id) references intervention (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id)
);
create index receipt_agreement_member on receipt_agreement (member_id);
call build_tenant_wall('receipt_agreement');
create trigger append_only before update or delete or truncate on receipt_agreement
    for each statement execute function refuse_change();

call tell_live('rating', 'live_by_intervention');
call tell_live('receipt_agreement', 'live_by_intervention');

insert into erased_row values ('rating_link'), ('rating');
insert into erased_text values ('rating', 'words');

grant insert on rating_link to linka_staff;
grant select on rating_link to linka_system;
grant select on rating, receipt_agreement to linka_staff, linka_member;
grant select, insert on rating, receipt_agreement to linka_system;
grant select, delete on rating_link, rating to linka_eraser;
grant update (words) on rating to linka_eraser;
