### What staff see.

desk-title = Appointments
desk-title-own = My day
desk-none = There is no appointment today or later.
desk-none-help = As soon as a customer agrees one, it will be here.
desk-column-time = Time
desk-column-technician = Technician
desk-column-customer = Customer
desk-column-what = What
desk-column-contact = At the computer
desk-column-number = Number
