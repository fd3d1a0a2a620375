### Co vidí zaměstnanci.

desk-title = Termíny
desk-title-own = Můj den
desk-none = Dnes ani v dalších dnech není žádný termín.
desk-none-help = Jakmile si ho zákazník domluví, bude tady.
desk-column-time = Čas
desk-column-technician = Technik
desk-column-customer = Zákazník
desk-column-what = Co
desk-column-contact = U počítače
desk-column-number = Číslo
