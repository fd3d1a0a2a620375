-- Numbers of requests and purchases stand in the order of their years and serials, however many digits these have: a text in the
-- database's own order puts the millionth of a year before its second. Digits are compared as the numbers that they are, by the
-- column, so that no query has to know.
create collation in_numbers (provider = icu, locale = 'und-u-kn-true');
alter table service_request alter column number type text collate in_numbers;
alter table purchase alter column number type text collate in_numbers;
