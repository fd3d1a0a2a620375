## TeamViewer sessions

session-start = Start TeamViewer for the agreed time
session-title = TeamViewer session
session-none = None yet. The customer will see its link with the request until the agreed time is over.
session-former = The session of the former time has ended. There is none for this one yet; the customer will see its link with the request until the agreed time is over.
session-give = Enter the link or code of a session
session-address = Link or code of the session
session-address-hint = A link to get.teamviewer.com, or a code such as s12-345-678. An empty field removes the session.
session-save = Save session
field-session-link = Enter a link that begins with https:// and leads to teamviewer.com, or a session code such as s12-345-678

## Connections beside the clock

evidence-before = The connection began { $length } before the clock ({ $span }).
evidence-between = The connection ran for { $length } while the clock stood ({ $span }).
evidence-after = The connection lasted { $length } longer than the clock ({ $span }).
evidence-unmeasured = The connection lasted { $length }, and nothing was measured ({ $span }).
evidence-unconnected = { $length } were measured without a connection.
evidence-agrees = The connection and the clock agree.
work-evidence = What TeamViewer says
work-evidence-hint = A connection changes no minute by itself. What you add is a correction, which the customer sees on the receipt.
work-evidence-fill = Add work { $span }
work-evidence-by-hand = Add { $span } with a reason
work-evidence-undecided = { $count ->
        [one] One more connection may belong to this visit or to another one.
       *[other] { $count } more connections may belong to this visit or to another one.
    }
work-evidence-choose = Choose which one
work-evidence-stop = Stop as TeamViewer says: { $time }
work-evidence-stop-by-manager = According to TeamViewer the connection ended { $time }. A manager confirms so long a time: a technician adds { $most } min at most. Until then you can stop the clock earlier.
work-evidence-stop-believed = Stop the clock and count { $until }
work-evidence-once-stopped = { $span } can be added once you stop the clock, which has been running since before that.
work-evidence-by-manager = A manager adds { $span }: a technician adds { $most } min at most.
work-true-end-disconnected = When the TeamViewer connection ended
work-connections = TeamViewer connections
receipt-by-connection = Time taken from the connection that TeamViewer recorded.
receipt-connections = Connections as TeamViewer recorded them
receipt-connections-note = Connections are evidence beside the clock. Segments are charged, not connections.

## The list of connections

remote-loose-title = { $count ->
        [one] { $count } connection belongs to no visit
       *[other] { $count } connections belong to no visit
    }
remote-loose-none = Every connection belongs to a visit
remote-all-title = All TeamViewer connections
remote-lead = A connection finds its visit by technician, computer and time. What cannot be placed stays here.
remote-show-all = Show all
remote-show-loose = Only those without a visit
remote-list = Connections
remote-empty = There is no connection here.
remote-column-when = When
remote-column-who = Who
remote-column-computer = Computer
remote-column-visit = Visit
remote-several = It fits several visits. Which one does it belong to?
remote-several-others = It fits several visits. The technician who connected chooses, or a manager.
remote-choose = { $number }, { $start }
remote-no-technician = No technician is known by that name
remote-no-computer = The computer is no customer's, or several have it
remote-no-visit = Nothing was agreed at that time
remote-import = Upload a connection report
remote-file = File from the TeamViewer Management Console
remote-file-hint = CSV or XLSX with the columns start_date and end_date, best also username, deviceid and id. What we have already is not taken twice.
remote-import-send = Upload connections
remote-imports = Reports uploaded last
remote-imported = { $file }, { $when }, { $by }
remote-result = { $taken } new, { $known } known already, { $wrong } lines that cannot be read.
remote-off = TeamViewer is not asked by itself, reports are uploaded. To have them fetched, start Linka with a token (LINKA_TEAMVIEWER_TOKEN).
remote-soon = TeamViewer will be asked for the first time within minutes.
remote-known = Connections are known until { $until }.
remote-failing = TeamViewer has told us no connections { $since }
remote-failure = { $failure ->
        [refused] It refuses our token, which has expired or may not read connection reports.
        [busy] It cannot answer now. We will try again.
        [unreachable] It cannot be reached. We will try again.
       *[unreadable] It answers something that we do not understand. The other connections are here.
    }
field-connections-file = Upload a CSV or XLSX file
teamviewer-title = TeamViewer
teamviewer-lead = By these names we know which technician was connected.
teamviewer-names = What TeamViewer calls the technicians
teamviewer-names-hint = Name or user ID as it stands in the connection report. Leave those empty whom TeamViewer does not know.
teamviewer-kept-days = For how many days connections are kept
teamviewer-kept-days-hint = From { $least } to { $most } days. What stands on an issued receipt stays there.
field-kept-days = Enter { $least } to { $most } days
settings-teamviewer-note = Names of technicians, and how long connections are kept
