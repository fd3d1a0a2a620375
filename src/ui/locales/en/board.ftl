### The board: the technicians' day and week beside what waits.

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
board-waiting = { $count ->
        [0] Nothing waits
        [one] { $count } thing waits
       *[other] { $count } things wait
    }
board-nothing-waits = What needs the desk will be here.
board-queue = Whole queue
board-queue-rest = { $count ->
        [one] Whole queue, { $count } more
       *[other] Whole queue, { $count } more
    }
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
