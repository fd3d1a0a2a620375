### Home: what is next, what waits, what is left.

home-nothing-ahead = No agreed time
home-new = Once you have ordered, this page tells you when a technician will connect and what to have ready.
home-connects = A technician will connect: { $what }
home-open = Request { $number }
home-ready = What to have ready
home-ready-program = { $program } running
home-ready-teamviewer = TeamViewer running.
home-ready-start = Start TeamViewer
home-ready-download = Don’t have it? Download
home-ready-id = ID { $id }
home-tasks = Waiting for you
home-task-consent = We have asked whether to go on
home-task-pick = Choose a time: { $what }
home-task-missed = Choose a new time, you have priority: { $what }
home-task-message = A new message about request { $number }
home-task-pay = Pay { $amount } for { $minutes }
home-task-draft =
    { $count ->
        [one] { $count } unfinished order: { $what }
       *[other] { $count } unfinished orders, the latest: { $what }
    }
home-again = Last time: { $what }
home-earlier = Latest requests
home-all = All requests
home-elsewhere = Your work begins elsewhere
home-elsewhere-link = Go there

who-orders = Who can order at your organisation
who-orders-ask = Ask
who-orders-asked = You have already asked today
home-keep-number = Save a computer’s ID
home-keep-number-why = TeamViewer shows the ID once it is running. A technician who has it in advance need not ask for it.
