-- What one member or customer may have of what everybody shares: the line's time, the numbers of a series, the desk's attention,
-- the server's work (design, Limits). No honest customer meets these; nobody takes the whole line.

-- Exactly one row, which a manager may change.
create table line_limit (
    only_row             boolean primary key default true constraint line_limit_is_one check (only_row),
    -- Of a customer.
    future_appointments  integer not null default 20 check (future_appointments > 0),
    waiting_requests     integer not null default 10 check (waiting_requests > 0),
    unpaid_purchases     integer not null default 10 check (unpaid_purchases > 0),
    purchases_per_day    integer not null default 20 check (purchases_per_day > 0),
    downloads            integer not null default 3 check (downloads > 0),
    -- Of a member.
    drafts               integer not null default 20 check (drafts > 0),
    holds                integer not null default 3 check (holds > 0),
    holds_per_hour       integer not null default 30 check (holds_per_hour > 0),
    -- Of whoever is signed in, or of a network from which visitors come.
    writes_per_minute    integer not null default 120 check (writes_per_minute > 0)
);
insert into line_limit (holds) select max_holds from line_setting;
alter table line_setting drop column max_holds;

-- How often somebody has done something since a window of time began. Nothing is lost with it but a count that starts anew, so it
-- is not written ahead: counting costs no wait for the disk.
create unlogged table rate_window (
    kind      text not null check (kind <> ''),
    subject   text not null check (subject <> ''),
    began_at  timestamptz not null,
    uses      integer not null check (uses > 0),
    primary key (kind, subject)
);
create index rate_window_began on rate_window (began_at);

-- Counts a use, or tells in how many seconds there is room for another one; null when it was counted. Of many at once exactly
-- `p_most` are counted, as each waits for the row of the one before.
create function count_use(p_kind text, p_subject text, p_now timestamptz, p_length interval, p_most integer) returns integer
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into rate_window as w (kind, subject, began_at, uses) values (p_kind, p_subject, p_now, 1)
        on conflict (kind, subject) do update
            set began_at = case when w.began_at + p_length <= p_now then p_now else w.began_at end,
                uses = case when w.began_at + p_length <= p_now then 1 else w.uses + 1 end
            where w.began_at + p_length <= p_now or w.uses < p_most;
    if found then
        return null;
    end if;
    return (select greatest(1, ceil(extract(epoch from w.began_at + p_length - p_now)))::integer
            from rate_window w where w.kind = p_kind and w.subject = p_subject);
end
$$;

-- The PDF of a receipt as it was typeset, with the digest of all that it was made from: an objection that is decided later is
-- printed on it, too, and then it is typeset anew.
create table receipt_file (
    intervention_id  bigint not null,
    version          integer not null,
    language         text not null check (language in ('cs', 'en')),
    customer_id      bigint not null,
    made_from        bytea not null check (length(made_from) = 32),
    content          bytea not null,
    made_at          timestamptz not null,
    primary key (intervention_id, version, language),
    foreign key (intervention_id, version) references receipt (intervention_id, version),
    foreign key (intervention_id, customer_id) references intervention (id, customer_id)
);
call build_tenant_wall('receipt_file');

grant select on line_limit to linka_member, linka_staff, linka_system;
grant update on line_limit to linka_staff;
grant select, insert, update, delete on rate_window to linka_system;
grant select, insert, update on receipt_file to linka_system;
grant create on schema public to linka_system;
alter function count_use owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function count_use from public;
grant execute on function count_use to linka_member, linka_system, current_user;
