-- What people say for the words of the catalogue, so that whoever types "netiskne" finds printing: data, as each vendor's customers
-- have words of their own. A word of the catalogue that begins with `meaning` is also found by `words`; accents do not matter.
create table everyday_words (
    id      bigint generated always as identity primary key,
    meaning text not null constraint everyday_meaning_is_one_only unique check (meaning <> '' and is_kept_text(meaning)),
    words   text not null check (words <> '' and is_kept_text(words))
);
grant select on everyday_words to linka_member, linka_staff, linka_system;

insert into everyday_words (meaning, words) values
    ('spust', 'nejde nejede neběží neotevře nenaběhne nespustí padá spadl start crash launch open'),
    ('chyb', 'nefunguje nejde hlásí špatně blbne zlobí padá spadl zamrzl pomalý problem bug error wrong slow'),
    ('tisk', 'nejde tisknout netiskne vytisknout tiskárna papír stravenky print printer'),
    ('terminal', 'nejde výdej čip karta kartička čtečka nepípne pípá obrazovka chip card reader'),
    ('oprav', 'opravit smazat špatně omylem překlep doklad correct delete mistake'),
    ('dotaz', 'nevím neumím jak kde poradit pomoct vysvětlit how help question'),
    ('nastav', 'přidat nový změnit heslo práva přístup uživatel sazba set add password user rights'),
    ('instal', 'aktualizace update nová verze upgrade nainstalovat počítač install version'),
    ('precen', 'ceny zdražení zdražit cena jídel prices'),
    ('zaverk', 'uzávěrka konec roku uzavřít rok převod zůstatků year end close'),
    ('vykaz', 'statistika hlášení výkaz ministerstvo report statistics'),
    ('skolen', 'naučit zaškolit nová kolegyně kurz course learn'),
    ('prevod', 'přechod z jiného programu import migrace stará data move migrate'),
    ('mzd', 'výplata plat mzda payroll salary wages'),
    ('sklad', 'zásoby inventura příjem výdej stock inventory'),
    ('jideln', 'obědy strava stravné kuchyně meals lunch canteen');

-- The first screen of a draft stands at the draft's own address, which has no further part.
create or replace function forget_what_was_typed() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from kept_form where unsent and (page = '/order/' || new.id or page like '/order/' || new.id || '/%');
    return null;
end $$;

-- What a person ordered last: how they order again, and who sits at the computer.
create index service_request_of_member on service_request (member_id, number desc) where number is not null;
