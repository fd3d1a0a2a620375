### Přihlášení a účet.

sign-in-title = Přihlášení
sign-in-lead = Po přihlášení objednáte zásah a uvidíte své požadavky.
sign-in-email = E-mail
sign-in-password = Heslo
sign-in-submit = Přihlásit se
sign-in-trouble = Nedaří se vám přihlásit?
sign-in-trouble-link = Čísla linky

demo-title = Ukázkové účty
demo-password = Všechny mají heslo
demo-school-manager = škola se smlouvou, smí všechno
demo-school-kitchen = táž škola, smí jen objednávat
demo-office = úřad bez smlouvy
demo-canteen = jídelna s balíčkem 120 minut
demo-dispatcher = dispečer
demo-technician = technik
demo-manager = vedoucí linky

account-email = E-mail
account-customer = Organizace
account-role = Práce
account-may = Co smíte
account-may-nothing = Zatím nic. Požádejte toho, kdo ve vaší organizaci spravuje přístupy.
account-sign-out = Odhlásit se
account-sessions = Kde jste přihlášeni
account-sessions-lead = Nepoznáváte některé zařízení? Ukončete na něm přihlášení.
account-this-session = toto zařízení
account-session-times = Přihlášení { $since }, naposledy { $seen }
account-end-session = Ukončit
account-unknown-device = Neznámé zařízení
account-language = Jazyk stránek

capability-order = objednávat zásahy
capability-see-all = vidět požadavky celé organizace
capability-buy = kupovat balíčky minut
capability-see-billing = vidět minuty a doklady
capability-manage = zvát kolegy a měnit, co smějí

role-dispatcher = Dispečer
role-technician = Technik
role-manager = Vedoucí
