-- Organisations come in by themselves: somebody says who they are, and a link that is mailed to the address they gave opens it.
--
-- What is typed waits here until the link is followed, and is swept when the link is over. Whether an account or a customer exists
-- is told to nobody but whoever reads the mail.
create table registration (
    id            uuid primary key, -- of the form: sent twice, it is one
    token_hash    bytea not null unique check (length(token_hash) = 32),
    ico           text not null check (ico ~ '^[0-9]{8}$'),
    organisation  text not null check (organisation <> '' and is_kept_text(organisation)),
    street        text not null check (is_kept_text(street)),
    city          text not null check (is_kept_text(city)),
    postal_code   text not null check (is_kept_text(postal_code)),
    dic           text not null check (is_kept_text(dic)),
    region        text check (is_kept_text(region)),
    programs      bigint[] not null check (cardinality(programs) > 0), -- which it runs
    name          text not null check (name <> '' and is_kept_text(name)),
    email         text not null check (email = lower(email) and email like '%_@_%'),
    phone         text not null check (is_kept_text(phone)),
    created_at    timestamptz not null,
    expires_at    timestamptz not null check (expires_at > created_at),
    -- Where the link led: to a new customer and its first person, or to one that there was already, whose people decide.
    founded       bigint references member,
    asks          bigint references customer,
    constraint leads_to_one_thing check (num_nonnulls(founded, asks) <= 1)
);
create index registration_address on registration (email, created_at);
create index registration_asks on registration (asks) where asks is not null;
create index registration_ends on registration (expires_at);
grant select, insert, delete on registration to linka_system;
grant update (founded, asks, expires_at) on registration to linka_system;

-- What somebody typed goes with the person who is erased.
create function forget_registrations() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from registration
        where founded = new.id
           or email in (select l.email from login l where l.member_id = new.id union all select old.email where old.email is not null);
    return null;
end
$$;
create trigger forget_registrations after update of erased_at on member
    for each row when (old.erased_at is null and new.erased_at is not null) execute function forget_registrations();

-- Since when a customer waits for the desk's nod; nobody whom the desk has added does.
alter table customer add column awaits_nod_since timestamptz;
create index customer_awaits_nod on customer (awaits_nod_since) where awaits_nod_since is not null;

-- Until the nod nothing urgent is sent by the customer's own people: a technician would run for somebody whom nobody knows. What the
-- desk orders for them it knows of.
create function urgent_after_the_nod() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
begin
    if current_setting('role') = 'linka_member'
       and (tg_op = 'INSERT' or old.state = 'draft') and new.state not in ('draft', 'cancelled')
       and exists (select from customer where id = new.customer_id and awaits_nod_since is not null) then
        raise check_violation using constraint = 'urgent_after_the_nod', message = 'the desk has not confirmed the customer';
    end if;
    return null;
end
$$;
create constraint trigger urgent_after_the_nod after insert or update of state on service_request
    for each row when (new.urgency = 'urgent') execute function urgent_after_the_nod();

grant create on schema public to linka_system;
alter function forget_registrations owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function forget_registrations, urgent_after_the_nod from public;

-- Whoever follows the link is nobody yet: the customer is made in the role that sees how people sign in.
grant insert, update (awaits_nod_since) on customer to linka_system;
grant select, insert, update, delete on customer_contact to linka_system;
grant insert on licence to linka_system;
