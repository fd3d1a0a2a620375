-- Whoever has the hash of a token can sign the links of its program (0221): it is as secret as what it stands for. Who looks through tokens,
-- makes them or takes them back has no need of it; only admitting programs and their links does, which the system does.
revoke select on api_token from linka_member, linka_staff;
grant select (id, customer_id, program_id, member_id, prefix, scopes, created_at, revoked_at, vouches) on api_token
    to linka_member, linka_staff;
