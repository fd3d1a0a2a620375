-- What is being typed and was not sent yet survives the browser: its page sends it now and then, and it is kept for a day, for the
-- person who types it. One for each page; what is sent takes it away.

alter table kept_form add column unsent boolean not null default false;
create unique index one_unsent_form_of_a_page on kept_form (login_id, page) where unsent;
grant update on kept_form to linka_system;
