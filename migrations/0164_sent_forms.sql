-- A form that is sent twice has one effect, which its key sees to. A form that comes a second time saying something else – by the
-- browser's Back, corrected – would be answered as done, and what it says now would be lost without a word. So what each form with a
-- key has said is known here, and another content is told (`server::http::sent_forms`).
--
-- It is written before the form is carried out, in a transaction of its own, and taken back when the form is refused. What dies in
-- between leaves a row without `led_to`: then nobody knows what became of the form, and its sender is told to look. The same content
-- always passes: what is carried out is for its key to decide.
create table sent_form (
    login_id  bigint not null references login on delete cascade,
    -- Of the server function and the key.
    form      bytea not null constraint sent_form_is_a_digest check (length(form) = 32),
    -- Of what was said, under the key, which stands nowhere here.
    content   bytea not null constraint sent_form_content_is_a_digest check (length(content) = 32),
    -- How many times it has come and was not refused: of two at once the refusal of one takes nothing from the other.
    senders   integer not null default 1 constraint sent_form_senders check (senders >= 0),
    sent_at   timestamptz not null,
    -- The page to which it has led.
    led_to    text constraint sent_form_led_to check (led_to like '/%' and length(led_to) <= 500),
    primary key (login_id, form)
);
create index sent_form_by_age on sent_form (sent_at);

grant select, insert, update (senders, led_to), delete on sent_form to linka_system;
