-- What a member finds among the requests of the own customer (design, Requests): by words, in any order, each by its beginning,
-- without regard to case and accents; by state, person, program and year.

-- Under what a request is found. Each word stands behind the customer's number, so that what one customer looks for costs the same
-- however much the others have written. What is called by names that change stands by its identity.
create function request_lexemes(p_customer bigint, p_number text, p_program bigint, p_work_type bigint, p_member bigint, p_text text)
    returns tsvector language sql immutable parallel safe
    return array_to_tsvector(array(
        select p_customer || ':' || word
        from (select unnest(search_words(p_text))
              union select unnest(search_words(p_number))
              -- As it is read aloud: "sto dvacet tři".
              union select ltrim(split_part(p_number, '-', 2), '0')
              union select unnest(array['#p' || p_program, '#w' || p_work_type, '#m' || p_member])) found (word)
        where word <> ''));

alter table service_request add column lexemes tsvector generated always as (request_lexemes(
    customer_id, number collate "C", program_id, work_type_id, member_id,
    coalesce(what_happened, '') || ' ' || coalesce(what_stopped, '') || ' ' || coalesce(contact_name, ''))) stored;
create index service_request_lexemes on service_request using gin (lexemes) where number is not null;
-- Few of many.
create index service_request_cancelled on service_request (customer_id, number desc) where state = 'cancelled';

-- What has all words of a text, and a program and a person where one is named. None where nothing is asked.
create function request_query(p_customer bigint, p_text text, p_program bigint, p_member bigint) returns tsquery
    language sql stable set search_path = public, pg_temp as $$
    with word as (select w from unnest(search_words(coalesce(p_text, ''))) w order by w limit 10),
    meant as (
        select w, string_agg(quote_literal(p_customer || ':' || lexeme) || suffix, ' | ') as alternatives
        from word, lateral (
            select w as lexeme, ':*' as suffix
            union all
            select '#p' || p.id, '' from program p
            where exists (select from unnest(search_words(p.name || ' ' || p.name_en)) n where starts_with(n, w))
            union all
            select '#w' || t.id, '' from work_type t
            where exists (select from unnest(search_words(t.name || ' ' || t.name_en)) n where starts_with(n, w))
            union all
            select '#m' || m.id, '' from member m
            where m.customer_id = p_customer
              and exists (select from unnest(search_words(m.name)) n where starts_with(n, w))) named
        group by w)
    select string_agg('(' || alternatives || ')', ' & ')::tsquery
    from (select alternatives from meant
          union all select quote_literal(p_customer || ':#p' || p_program) where p_program is not null
          union all select quote_literal(p_customer || ':#m' || p_member) where p_member is not null) asked
$$;

-- Some of those that have what is asked, looked up by the words whatever the planner believes: of the beginning of a word that hardly
-- anybody writes it believes that every fiftieth request has it, and would read them all from the newest on.
create function requests_that_say(p_query tsquery, p_limit bigint) returns setof uuid
    language sql stable set search_path = public, pg_temp set enable_seqscan = off set enable_indexscan = off as $$
    select r.id from service_request r where r.number is not null and r.lexemes @@ p_query limit p_limit
$$;

-- The newest that fit, before one of them; whoever does not see all finds their own. The policies of the table would keep the index
-- of words from being used, as nothing promises that it tells nothing of others: here the customer stands in each word. Rare words
-- are looked up, frequent ones read from the newest on.
create function found_requests(p_member bigint, p_sees_all boolean, p_text text, p_state text, p_person bigint, p_program bigint,
                               p_year integer, p_before text, p_limit bigint) returns setof uuid
    language plpgsql stable security definer rows 26
    set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
    c_few       constant bigint := 500;
    v_customer  bigint := current_customer();
    v_query     tsquery := request_query(v_customer, p_text, p_program, p_person);
    v_few       uuid[];
begin
    if not p_sees_all then
        v_query := coalesce(v_query && request_query(v_customer, null, null, p_member),
                            request_query(v_customer, null, null, p_member));
    end if;
    if v_query is not null then
        v_few := array(select requests_that_say(v_query, c_few));
    end if;
    if cardinality(v_few) < c_few then
        return query
            select r.id from service_request r
            where r.id = any (v_few) and r.customer_id = v_customer
              and (p_state is null or r.state = p_state)
              and (p_year is null or r.number >= p_year || '-000000' and r.number < (p_year::bigint + 1) || '-000000')
              and (p_before is null or r.number < p_before)
            order by r.number desc limit p_limit;
    else
        return query
            select r.id from service_request r
            where r.customer_id = v_customer and r.number is not null and (v_query is null or r.lexemes @@ v_query)
              and (p_state is null or r.state = p_state)
              and (p_year is null or r.number >= p_year || '-000000' and r.number < (p_year::bigint + 1) || '-000000')
              and (p_before is null or r.number < p_before)
            order by r.number desc limit p_limit;
    end if;
end
$$;

grant create on schema public to linka_system;
alter function request_query owner to linka_system;
alter function requests_that_say owner to linka_system;
alter function found_requests owner to linka_system;
revoke create on schema public from linka_system;
revoke execute on function request_query, requests_that_say, found_requests from public;
grant execute on function request_query, requests_that_say to linka_system;
grant execute on function found_requests to linka_member;
