-- What people say for the words of the catalogue, so that whoever types "netiskne" finds printing: a line for each word of the catalogue,
-- or its beginning, and behind a colon what is said instead. A manager's to change, as each vendor's customers have words of their own.
create table everyday_words (
    only_row  boolean primary key default true constraint everyday_words_are_one check (only_row),
    spoken    text not null check (is_kept_text(spoken) and length(spoken) <= 8000)
);
grant select on everyday_words to linka_member, linka_staff, linka_system;
grant update on everyday_words to linka_staff;

insert into everyday_words (spoken) values (
'spust: nejde nejede neběží neotevře nenaběhne nespustí padá spadl crash launch open
chyb: nefunguje nejde hlásí špatně blbne zlobí padá spadl zamrzl pomalý problém bug wrong slow
tisk: nejde tisknout netiskne vytisknout tiskárna papír stravenky print
terminál: nejde výdej čip karta kartička čtečka nepípne pípá card reader
oprav: opravit smazat špatně omylem překlep doklad correct delete mistake
dotaz: nevím neumím jak kde poradit pomoct vysvětlit how help
nastav: přidat nový změnit heslo práva přístup uživatel sazba add password user rights
instal: aktualizace update nová verze upgrade nainstalovat počítač
přecen: ceny zdražení zdražit cena jídel prices
závěrk: uzávěrka konec roku uzavřít rok převod zůstatků
výkaz: statistika hlášení ministerstvo statistics
školen: naučit zaškolit nová kolegyně kurz course learn
převod: přechod z jiného programu import migrace stará data migrate
mzd: výplata plat payroll salary wages
sklad: zásoby inventura příjem výdej inventory
jídeln: obědy strava stravné kuchyně lunch');
call keep_audit('everyday_words');

-- The first screen of a draft stands at the draft's own address, which has no further part.
create or replace function forget_what_was_typed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from kept_form where unsent and (page = '/order/' || new.id or page like '/order/' || new.id || '/%');
    return null;
end $$;

-- What a person ordered last: how they order again, and who sits at the computer.
create index service_request_of_member on service_request (member_id, number desc) where number is not null;
