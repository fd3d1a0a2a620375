-- What the vendor says of its line on the public page, in its own words and in both languages, as short Markdown.
create table public_text (
    only_row  boolean primary key default true constraint public_text_is_one check (only_row),
    text_cs   text not null check (is_kept_text(text_cs) and length(text_cs) <= 4000),
    text_en   text not null check (is_kept_text(text_en) and length(text_en) <= 4000)
);
grant select on public_text to linka_member, linka_staff, linka_system;
grant insert, update on public_text to linka_staff;
call keep_audit('public_text');
