-- A table of before an erasure brings nobody back, also where the key that it has for the person was an address or a name, and went
-- with the rest.

-- What is kept of such a key: enough to know it again, for who has this installation's secret.
alter table member
    add column erased_key bytea check (length(erased_key) = 32),
    add constraint erased_keys_are_of_the_erased check (erased_key is null or erased_at is not null);
create index member_of_an_erased_key on member (erased_key) where erased_key is not null;

-- The key of a row, sealed with that secret: a mere hash of an address is soon guessed.
create function sealed_key(p_key text) returns bytea
    language sql stable security definer set search_path = public, pg_temp as $$
    select sha256(key || sha256(key || convert_to(p_key, 'UTF8'))) from installation_key
$$;

create function keep_erased_key() returns trigger
    language plpgsql set search_path = public, pg_temp as $$
begin
    new.erased_key := sealed_key(old.external_key);
    return new;
end
$$;
create trigger keep_erased_key before update on member
    for each row when (old.erased_at is null and new.erased_at is not null
                       and old.external_key is not null and new.external_key is distinct from old.external_key)
    execute function keep_erased_key();

grant create on schema public to linka_system;
alter function sealed_key owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function sealed_key from public;
grant execute on function sealed_key to linka_staff, linka_system, linka_eraser;
