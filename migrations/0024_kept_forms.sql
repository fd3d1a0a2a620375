-- What somebody typed is not lost when a form is refused or the session has ended meanwhile: it is kept for an hour, for the
-- person who typed it, and shown again at the address of its page. Nobody else ever sees it.

-- Who has filled in a form is known by the session that the browser still names. So sessions that have ended are remembered for
-- a while (`db::people::sessions`); nobody is signed in by one.

create table kept_form (
    -- What the page's address names it by.
    id         uuid primary key,
    login_id   bigint not null references login,
    -- The path of the page on which it stood.
    page       text not null constraint kept_form_page check (page like '/%' and length(page) <= 500),
    -- Why it was refused: a `Problem`.
    problem    jsonb not null constraint kept_form_problem check (jsonb_typeof(problem) = 'object'),
    -- What was typed by the names of the fields; no password, no file.
    fields     jsonb not null constraint kept_form_fields
               check (jsonb_typeof(fields) = 'object' and octet_length(fields::text) <= 131072),
    kept_at    timestamptz not null
);
create index kept_form_login on kept_form (login_id, kept_at);
create index kept_form_kept_at on kept_form (kept_at);

grant select, insert, delete on kept_form to linka_system;
