//! No list ends silently (design, Lists): a query that takes so many rows and no more is a page of the house's, which tells whether
//! the list goes on, or says here why nobody misses the rest.

use std::path::Path;

use super::source::{read, sources};

/// What takes some of many and is no page: the file of `db`, the function, and why nothing is missed.
const KNOWN: &[(&str, &str, &str)] = &[
    ("line/backups.rs", "latest", "the page says that it shows the last ones"),
    ("mails.rs", "latest", "the demo's outbox, which says that it shows the last ones"),
    ("mails.rs", "with_gathered", "a chore, which comes again each minute for those that are left"),
    ("mails.rs", "gathered", "whoever asks asks again behind the last one"),
    ("minutes/contracts.rs", "ending", "a queue, which tells how many there are"),
    ("minutes/ledger.rs", "expiring", "a chore, which comes again each minute for those that are left"),
    ("minutes/ledger.rs", "faults", "one is too many already"),
    ("money/accounting.rs", "issued", "a file that has no room for all is refused"),
    ("money/accounting.rs", "payments", "a file that has no room for all is refused"),
    ("money/balances.rs", "all", "a queue, which tells how many there are"),
    ("money/balances.rs", "differences", "a queue, which tells how many there are"),
    ("money/balances.rs", "undoable", "a queue, which tells how many there are"),
    ("money/bank.rs", "unmatched", "a queue, which tells how many wait"),
    ("money/earlier_invoices.rs", "unpaid", "a queue, which tells how many there are"),
    ("money/fees.rs", "invoiced", "the page says that it shows the last ones"),
    ("money/former_cards.rs", "attached", "a chore: what is left waits for the next time"),
    ("money/payment_alerts.rs", "open", "a queue, which tells how many wait"),
    ("money/purchases.rs", "awaiting", "a chore, which comes again"),
    ("money/purchases.rs", "overdue", "a chore, which comes again"),
    ("money/receivables.rs", "overdue", "a queue, which tells how many there are"),
    ("money/refunds.rs", "payments_with_open_refunds", "a chore, which comes again"),
    ("money/refunds.rs", "unsent", "a chore, which comes again"),
    ("money/sales.rs", "nameless", "a queue, which tells how many wait"),
    ("money/sales.rs", "waiting_refunds", "a queue, which tells how many wait"),
    ("money/saved_cards.rs", "due", "a chore: what is left waits for the next time"),
    ("money/saved_cards.rs", "open_tries", "a chore: what is left waits for the next time"),
    ("money/subscriptions.rs", "ending_by", "a chore, which asks on until nothing is left"),
    ("money/top_ups.rs", "switched_on", "a chore, which asks on until nothing is left"),
    ("ordering/drafts.rs", "recent_subjects", "all that can be ordered stands below what was ordered last"),
    ("ordering/home.rs", "beside", "home shows the first of what the shop lists"),
    ("ordering/outages/belonging.rs", "proposed", "a queue, of which others come up as those are taken in"),
    ("ordering/outages.rs", "unlifted", "a chore, which asks on until nothing is left"),
    ("ordering/outages.rs", "list", "the page says that it shows the last ones that are over"),
    ("ordering/requests/lists.rs", "at_home", "home shows the first of each part and leads to the list"),
    ("ordering/visitors.rs", "left_behind", "a sweep, which comes again"),
    ("people/guesses.rs", "sweep", "a sweep, which comes again"),
    ("people/kept_forms.rs", "sweep", "a sweep, which comes again"),
    ("people/links.rs", "sweep", "a sweep, which comes again"),
    ("people/passkeys.rs", "sweep", "a sweep, which comes again"),
    ("people/providers.rs", "sweep", "a sweep, which comes again"),
    ("people/registrations.rs", "asking", "a queue, which tells how many wait"),
    ("people/registrations.rs", "newcomers", "a queue, which tells how many wait"),
    ("people/registrations.rs", "sweep", "a sweep, which comes again"),
    ("people/sent_forms.rs", "sweep", "a sweep, which comes again"),
    ("people/sessions.rs", "sweep", "a sweep, which comes again"),
    ("work/background.rs", "earlier", "the page says that it shows the last ones"),
    ("work/cases.rs", "search", "the page says that it shows the first ones"),
    ("work/connection_reports.rs", "imports", "the page says that it shows the last ones"),
    ("work/contests.rs", "open", "a queue, which tells how many wait"),
    ("work/interventions.rs", "called_off", "a chore, which asks on until nothing is left"),
    ("work/mail_in.rs", "forgotten", "a chore, which comes again"),
    ("work/missed.rs", "waiting", "a queue, which tells how many wait"),
    ("work/pushes.rs", "failed", "the page says that it shows the last ones"),
    ("work/sms.rs", "failed", "the page says that it shows the last ones"),
    ("work/standings.rs", "first", "a queue, which tells how many wait"),
];

#[test]
fn no_query_ends_a_list_silently() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.is_in("src/server/db")) {
        let name = source.path.strip_prefix("src/server/db").expect("a file of db").display().to_string();
        found.extend(silent(&read(Path::new(&source.path))).into_iter().map(|function| (name.clone(), function)));
    }
    let known: Vec<_> = KNOWN.iter().map(|(file, function, _)| ((*file).to_owned(), (*function).to_owned())).collect();
    assert_eq!(found, known, "make it a page of `model::base::paging`, or say why nothing is missed");
}

/// The functions of a file that ask for some of many rows, and not for a page of theirs.
fn silent(text: &str) -> Vec<String> {
    let (mut found, mut function, mut pages, mut takes) = (Vec::new(), String::new(), false, false);
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    for line in text.lines().chain(["fn end("]) {
        let code = line.split("//").next().unwrap_or_default();
        if let Some((_, rest)) = code.split_once("fn ") {
            if takes && !pages {
                found.push(std::mem::take(&mut function));
            }
            function = rest.split(['(', '<']).next().unwrap_or_default().to_owned();
            (pages, takes) = (false, false);
        }
        pages |= code.contains("limit(size)");
        let limits = code
            .split("limit ")
            .skip(1)
            .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '$').next());
        // One row is no list.
        takes |=
            limits.into_iter().any(|limit| limit != "1" && limit.starts_with(|c: char| c == '$' || c.is_ascii_digit()));
    }
    found
}

#[test]
fn a_list_that_ends_silently_is_seen() {
    let cut = "fn some() {\n    \"select a from b order by a limit 20\"\n}\n";
    assert_eq!(silent(cut), ["some"]);
    assert_eq!(silent(&cut.replace("20", "$2")), ["some"]);
    assert_eq!(silent(&cut.replace("20", "1")), Vec::<String>::new());
    let page = cut.replace("20", "$2").replace("}\n", "    limit(size)\n}\n");
    assert_eq!(silent(&page), Vec::<String>::new());
}
