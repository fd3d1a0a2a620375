-- The three parts of a customer's list of requests as a member sees it, each said once: a page of a part and its length are asked
-- of the same rows. They are inlined, so that a page reads no more than it shows. Times are asked for request by request: for an
-- `exists` the planner may read the agreed times of everybody at once. Whoever may buy also sees what asks for consent.
-- `p_unmet_since` is the instant so many minutes ago, of which the model knows how many (`is_unmet`, `migrations/0022`).

-- With an agreed time that is ahead or under way.
create function requests_ahead(p_customer bigint, p_member bigint, p_sees_all boolean, p_buys boolean, p_unmet_since timestamptz)
    returns table (number text, starts timestamptz) language sql stable as $$
    select r.number, lower(a.during)
    from service_request r
    join appointment a on a.request_id = r.id and a.state in ('confirmed', 'running')
    where r.customer_id = p_customer and r.state in ('scheduled', 'in_progress')
      and not is_unmet(a.state, a.during, a.attempted_at, p_unmet_since)
      and (r.member_id = p_member or p_sees_all
           or p_buys and r.state = 'in_progress' and exists (
               select from intervention i join ceiling_consent q on q.intervention_id = i.id
               where i.request_id = r.id and i.state = 'open' and q.answered_at is null))
$$;

-- Without one: they wait for their customer, for dispatch, or for another time instead of one that passed unmet. That they are open
-- follows from the rest, and keeps what is over from being read.
create function requests_waiting(p_customer bigint, p_member bigint, p_sees_all boolean, p_buys boolean, p_unmet_since timestamptz)
    returns table (number text) language sql stable as $$
    select r.number
    from service_request r
    where r.customer_id = p_customer and r.state in ('waiting', 'scheduled', 'in_progress')
      and (r.state = 'waiting'
           or (select true from appointment a
               where a.request_id = r.id and is_unmet(a.state, a.during, a.attempted_at, p_unmet_since) limit 1))
      and (r.member_id = p_member or p_sees_all
           or p_buys and r.state = 'in_progress' and exists (
               select from intervention i join ceiling_consent q on q.intervention_id = i.id
               where i.request_id = r.id and i.state = 'open' and q.answered_at is null))
$$;

-- All others that were sent.
create function requests_earlier(p_customer bigint, p_member bigint, p_sees_all boolean, p_buys boolean)
    returns table (number text) language sql stable as $$
    select r.number
    from service_request r
    where r.customer_id = p_customer and r.state not in ('draft', 'waiting')
      and not (r.state in ('scheduled', 'in_progress')
               and (select true from appointment a
                    where a.request_id = r.id and a.state in ('confirmed', 'running') limit 1) is not null)
      and (r.member_id = p_member or p_sees_all
           or p_buys and r.state = 'in_progress' and exists (
               select from intervention i join ceiling_consent q on q.intervention_id = i.id
               where i.request_id = r.id and i.state = 'open' and q.answered_at is null))
$$;

revoke execute on function requests_ahead, requests_waiting, requests_earlier from public;
grant execute on function requests_ahead, requests_waiting, requests_earlier to linka_member;
