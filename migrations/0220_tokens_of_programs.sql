-- Programs that customers run order by themselves, over HTTP. A program shows a token, which belongs to a licence of its customer and
-- says what may be done with it; it is known by its SHA-256. Whoever has the licence no more has no token either: that is asked each
-- time, so the row stays, and what was done by it goes on saying by which program.
create table api_token (
    id           uuid primary key, -- made while the form is rendered: sent twice, it makes one
    customer_id  bigint not null references customer,
    program_id   bigint not null references program,
    member_id    bigint, -- in whose name it acts; where that person is gone, or the desk made it, somebody who manages
    token_hash   bytea not null unique check (length(token_hash) = 32),
    prefix       text not null,
    scopes       text[] not null,
    created_at   timestamptz not null,
    revoked_at   timestamptz check (revoked_at >= created_at),
    unique (id, customer_id),
    foreign key (member_id, customer_id) references member (id, customer_id),
    constraint api_token_prefix_is_short check (prefix ~ '^[a-z0-9_-]{4,16}$'),
    constraint api_token_scopes_check check (scopes <@ array['read', 'order', 'billing']),
    constraint api_token_is_good_for_something check (cardinality(scopes) > 0)
);
create index api_token_list on api_token (customer_id, created_at desc);
call build_tenant_wall('api_token');
call keep_audit('api_token', 'token_hash');
grant select, insert on api_token to linka_member, linka_staff;
grant update (revoked_at) on api_token to linka_member, linka_staff;
grant select on api_token to linka_system;

-- A token that is taken back stays so.
create function revoked_for_good() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then
        raise check_violation using constraint = 'revoked_for_good', message = 'a token that was taken back stays so';
    end if;
    return new;
end
$$;
create trigger revoked_for_good before update on api_token for each row execute function revoked_for_good();

-- How many tokens one customer may have at a time: a program needs one.
create function twenty_tokens_of_a_customer() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('tokens of a customer', new.customer_id));
    if (select count(*) from api_token where customer_id = new.customer_id and revoked_at is null) >= 20 then
        raise check_violation using constraint = 'twenty_tokens_of_a_customer', message = 'as many tokens as may be';
    end if;
    return new;
end
$$;
create trigger twenty_tokens_of_a_customer before insert on api_token
    for each row execute function twenty_tokens_of_a_customer();

-- When it was shown last, at most a minute ago. A table of its own: it is no decision, and the audit tells decisions.
create table api_token_use (
    token_id     uuid primary key,
    customer_id  bigint not null,
    used_at      timestamptz not null,
    foreign key (token_id, customer_id) references api_token (id, customer_id)
);
create index api_token_use_customer on api_token_use (customer_id);
call build_tenant_wall('api_token_use');
grant select on api_token_use to linka_member, linka_staff, linka_system;
grant insert, update (used_at) on api_token_use to linka_system;

-- What was answered, by the key under which it was asked: whoever asks again gets that. `act` is the identity of what is made, or the key
-- of what is done, known before anything is: whoever tries again after a crash finds it under that. What is answered holds codes,
-- numbers and times, and nothing that anybody typed.
create table api_answer (
    token_id       uuid not null,
    customer_id    bigint not null,
    key_hash       bytea not null check (length(key_hash) = 32),
    asked          bytea not null check (length(asked) = 32),
    act            uuid not null unique,
    at             timestamptz not null,
    claimed_until  timestamptz not null,
    status         integer check (status between 200 and 499),
    answer         text,
    primary key (token_id, key_hash),
    foreign key (token_id, customer_id) references api_token (id, customer_id),
    constraint answered_whole check ((status is null) = (answer is null))
);
create index api_answer_customer on api_answer (customer_id);
create index api_answer_sweep on api_answer (at);
call build_tenant_wall('api_answer');
grant select, insert, update, delete on api_answer to linka_system;

-- Which token is behind what is done in this transaction; none where no program is.
create function acting_token() returns uuid language sql stable set search_path = public, pg_temp as $$
    select nullif(current_setting('app.token', true), '')::uuid
$$;
create function source_of_order() returns text language sql stable set search_path = public, pg_temp as $$
    select case when acting_token() is null then 'portal' else 'program' end
$$;
alter table service_request alter column source set default source_of_order();
alter table request_event add column token_id uuid default acting_token();
alter table request_event add constraint request_event_token foreign key (token_id, customer_id) references api_token (id, customer_id);

-- What a program says of a request beside what people do.
create table program_report (
    request_id       uuid primary key,
    customer_id      bigint not null,
    token_id         uuid not null,
    program_version  text not null,
    reference        text not null,
    foreign key (request_id, customer_id) references service_request (id, customer_id),
    foreign key (token_id, customer_id) references api_token (id, customer_id),
    constraint report_version_is_kept check (is_kept_text(program_version) and length(program_version) <= 60),
    constraint report_reference_is_kept check (is_kept_text(reference) and length(reference) <= 100)
);
create index program_report_customer on program_report (customer_id);
call build_tenant_wall('program_report');
grant select, insert on program_report to linka_member;
grant select on program_report to linka_staff, linka_system;
insert into erased_text (of_table, of_column) values ('program_report', 'reference');
grant select, update (reference) on program_report to linka_eraser;

-- A program knows better in which version it runs than whoever wrote the licence down.
create or replace function keep_version_as_ordered() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and old.state <> 'draft' then
        return new; -- it was ordered: staff who reclassify it change no version
    end if;
    new.version := coalesce(
        (select nullif(p.program_version, '') from program_report p where p.request_id = new.id),
        (select l.version from licence l where l.customer_id = new.customer_id and l.program_id = new.program_id), '');
    return new;
end
$$;
