-- The series of requests' numbers are those that there are, of whatever year: until now those after 2099 were not told, so an export
-- of all of them would have left them out.
create or replace view number_series with (security_invoker = true) as
    select 'requests' as series, y.year, greatest(coalesce(s.first, 1), request_number_issued(y.year) + 1)::integer as next
    from (select year from request_number_start
          union
          select substr(relname::text, length('request_number_') + 1)::integer from pg_class
          where relkind = 'S' and relnamespace = 'public'::regnamespace and relname ~ '^request_number_[0-9]{4}$') y (year)
    left join request_number_start s on s.year = y.year
    where s.year is not null or request_number_issued(y.year) > 0
    union all
    select 'purchases', year, last + 1 from purchase_number
    union all
    select kind, year, last + 1 from document_series;
