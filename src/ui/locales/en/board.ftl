### The board: the technicians' day and week beside what waits.

nav-board = Board
board-link = Day board
board-free-in-all = { $time } h free
board-reserved = { $time } h left for urgent work
board-weekend = no work at the weekend
board-holiday = public holiday
board-closed = closed: { $reason }
board-days = Other days
board-before = Day before
board-after = Day after
board-today = Today
board-week = Week
board-all = All appointments
board-waiting = { $count ->
        [0] Nothing waits
        [one] { $count } thing waits
       *[other] { $count } things wait
    }
board-nothing-waits = What needs the desk will be here.
board-queue = Whole queue
board-queue-rest = Whole queue, { $count } more
board-whole = Whole request
board-close = Close
board-technicians = The technicians' day
board-nobody = Nobody works as a technician here.
board-free = free
board-absent = absent
board-not-planned = not at work
board-goes-on = goes on beyond its end
board-week-title = Week of { $date }
board-weeks = Other weeks
board-week-before = Week before
board-week-after = Week after
board-day = Today's board
board-appointments = { $count ->
        [one] { $count } appointment
       *[other] { $count } appointments
    }
board-free-time = { $time } h free
board-nothing = nothing

## Who of us is told

wishes-title = What we write to you
wishes-link = Choose your mails
wishes-lead = What Linka writes to you by itself. What is new comes in one mail, and only once.
wishes-back = Back to the account
wishes-kinds = Write to me when
wishes-urgent = something urgent waits
wishes-urgent-hint = An urgent request without a time, unless a colleague has it.
wishes-waits = anything else waits
wishes-waits-hint = A new request, an offer that lapsed, a follow-up, a customer who was not there.
wishes-trouble = something goes wrong
wishes-trouble-hint = Nobody began, nobody came, work goes on for too long, a customer has to answer or objects.
wishes-plan = a customer changes my plan
wishes-plan-hint = They agree, move or cancel a time of yours.
wishes-quiet = When not to write
wishes-quiet-hint = What happens then is written afterwards if it still matters.
wishes-quiet-from = From
wishes-quiet-until = Until
wishes-never = no limit
