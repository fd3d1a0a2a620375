//! `/sales/balances`: overpayments, small differences, and what was decided and can be taken back.

use leptos::prelude::*;
use uuid::Uuid;

use super::{nav::SalesNav, purchase::unmatch_path, words::payable_kind};
use crate::{
    api,
    model::{
        base::{ids::CustomerId, money::Money, paging::Queue},
        money::{
            balances::{BalancesPage, CustomerBalance, Decided, Undoable, may_be_written_off, payment_decision},
            bank::Payable,
        },
        paths,
        problem::Problem,
    },
    ui::{
        self,
        components::{
            ButtonKind, EmptyState, Endpoint, Form, Hidden, Page, Submit, SummaryList, SummaryRow, TextArea, TextField,
            Width, loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// What is shown with its forms: one thing at a time, as each asks for a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Chosen {
    /// The balance of a customer.
    Balance(CustomerId),
    /// What is left of the document with a number.
    Difference(String),
    /// What was decided: its kind and its row.
    Decision(String),
}

/// What does not come out even.
#[component]
pub fn SalesBalancesPage() -> impl IntoView {
    let customer = ui::query_value("customer").and_then(|customer| customer.parse().ok()).map(Chosen::Balance);
    let chosen = customer
        .or_else(|| ui::query_value("document").map(Chosen::Difference))
        .or_else(|| ui::query_value("decision").map(Chosen::Decision));
    loaded(load(), move |(page, key)| view! { <BalancesView page key chosen/> })
}

async fn load() -> Result<(BalancesPage, Uuid), Problem> {
    Ok((api::money::balances::balances().await?, api::ordering::requests::form_key().await?))
}

/// The page itself.
#[component]
fn BalancesView(
    /// What it shows.
    page: BalancesPage,
    /// The identity of what is written by its form.
    key: Uuid,
    /// What is shown with its forms.
    chosen: Option<Chosen>,
) -> impl IntoView {
    let form = chosen.and_then(|chosen| form(&page, &chosen, key));
    let BalancesPage { balances, differences, decisions, .. } = page;
    view! {
        <Page title=t!("balances-title") lead=t!("balances-lead") width=Width::Full before=view! { <SalesNav/> }.into_any()>
            {form}
            {part("balances", t!("balances-owed"), t!("balances-owed-none"), balances, balance_row)}
            {part("differences", t!("balances-differences"), t!("balances-differences-none"), differences, difference_row)}
            {part("decisions", t!("balances-decisions"), t!("balances-decisions-none"), decisions, decision_row)}
            <p class="aside">{t!("balances-decisions-hint")}</p>
        </Page>
    }
}

/// A list with its heading; what is longer than it says so.
fn part<Row, View: IntoView + 'static>(
    id: &'static str,
    title: String,
    none: String,
    queue: Queue<Row>,
    row: fn(Row) -> View,
) -> impl IntoView {
    let Queue { rows, total } = queue;
    let shown = rows.len();
    let more = u32::try_from(shown).is_ok_and(|shown| shown < total).then(|| {
        view! {
            <li class="row">
                <p>{t!("queue-shown", shown = shown, total = total)}</p>
            </li>
        }
    });
    let rows = rows.into_iter().map(row).collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <EmptyState title=none/> }.into_any()
    } else {
        view! { <ul class="rows">{rows} {more}</ul> }.into_any()
    };
    view! {
        <section class="sales-part" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {list}
        </section>
    }
}

fn row(title: String, note: String, href: String, link: String) -> AnyView {
    view! {
        <li class="row">
            <div>
                <p class="row-title">{title.clone()}</p>
                <p class="row-note">{note}</p>
            </div>
            <a href=href>
                {link} <span class="visually-hidden">{format!(": {title}")}</span>
            </a>
        </li>
    }
    .into_any()
}

fn balance_row(balance: CustomerBalance) -> AnyView {
    let amount = format::money(Locale::current(), balance.amount);
    let href = format!("{}?customer={}", paths::SALES_BALANCES, balance.customer);
    row(format!("{amount} · {}", balance.name), String::new(), href, t!("balances-settle"))
}

fn difference_row(document: Payable) -> AnyView {
    let locale = Locale::current();
    let title = t!("balances-left", amount = format::money(locale, document.left()), number = document.number.as_str());
    let paid =
        t!("balances-paid", paid = format::money(locale, document.paid), total = format::money(locale, document.total));
    let note = format!("{} · {} · {paid}", payable_kind(document.kind), document.customer);
    let href = format!("{}?document={}", paths::SALES_BALANCES, document.number);
    row(title, note, href, t!("balances-settle"))
}

fn decision(decision: &Undoable) -> (String, String) {
    let locale = Locale::current();
    let amount = format::money(locale, decision.amount);
    let what = t!(
        "balances-decided",
        decided = decision.decided.code(),
        amount = amount,
        document = decision.document.as_str()
    );
    let mut notes = vec![decision.whose.clone(), format::moment(locale, decision.at)];
    notes.extend(decision.by.clone());
    notes.push(decision.note.clone());
    notes.retain(|note| !note.is_empty());
    (what, notes.join(" · "))
}

fn decision_row(undoable: Undoable) -> AnyView {
    let (title, note) = decision(&undoable);
    let href = match payment_decision(&undoable.id) {
        Some((payment, _)) if undoable.decided == Decided::Assigned => unmatch_path(payment),
        _ => format!("{}?decision={}", paths::SALES_BALANCES, name_of(&undoable)),
    };
    row(title, note, href, t!("balances-undo"))
}

/// How a decision is named in the address.
fn name_of(decision: &Undoable) -> String {
    format!("{}:{}", decision.decided.code(), decision.id)
}

/// The forms of what is chosen; nothing of what is there no longer.
fn form(page: &BalancesPage, chosen: &Chosen, key: Uuid) -> Option<AnyView> {
    match chosen {
        Chosen::Balance(customer) => {
            let balance = page.balances.rows.iter().find(|balance| balance.customer == *customer)?;
            Some(balance_form(balance, key))
        }
        Chosen::Difference(number) => {
            let document = page.differences.rows.iter().find(|document| document.number == *number)?;
            Some(difference_form(document, page.limit, key))
        }
        Chosen::Decision(name) => {
            let has_form = |decision: &&Undoable| decision.decided != Decided::Assigned && name_of(decision) == *name;
            let decision = page.decisions.rows.iter().find(has_form)?;
            Some(undo_form(decision, key))
        }
    }
}

fn balance_form(balance: &CustomerBalance, key: Uuid) -> AnyView {
    let amount = format::money(Locale::current(), balance.amount);
    let crowns = balance.amount.to_crowns().normalize().to_string();
    let crowns = if Locale::current() == Locale::Cs { crowns.replace('.', ",") } else { crowns };
    let (customer, name) = (balance.customer, balance.name.clone());
    view! {
        <section class="card sales-part" aria-labelledby="chosen">
            <h2 id="chosen">{t!("balances-balance-of", customer = name.as_str(), amount = amount)}</h2>
            <Form action={Endpoint::of::<api::money::balances::SpendBalance>()} class="sales-form">
                <Hidden name="customer" value=customer.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <TextField name="document" label=t!("bank-assign-document") hint=t!("balances-spend-hint")/>
                <Submit label=t!("balances-spend")/>
            </Form>
            <Form action={Endpoint::of::<api::money::balances::ReturnBalance>()} class="sales-form">
                <Hidden name="customer" value=customer.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <TextField
                    name="amount"
                    label=t!("balances-amount")
                    value=crowns
                    inputmode="decimal"
                    suffix=t!("balances-crowns")
                    short=true
                />
                <TextArea name="reason" label=t!("balances-return-reason") hint=t!("balances-return-hint") rows=2/>
                <Submit label=t!("balances-return") kind=ButtonKind::Secondary/>
            </Form>
            <p>
                <a href=paths::customer(customer)>{name}</a>
            </p>
        </section>
    }
    .into_any()
}

fn difference_form(document: &Payable, limit: Money, key: Uuid) -> AnyView {
    let locale = Locale::current();
    let (number, left) = (document.number.clone(), format::money(locale, document.left()));
    let title = t!("balances-left", amount = left.as_str(), number = number.as_str());
    let (ask, write) = (t!("balances-ask", amount = left.as_str()), t!("balances-write-off", amount = left.as_str()));
    let is_small = may_be_written_off(document.paid, document.left(), limit);
    let about = if is_small {
        t!("balances-write-off-what")
    } else {
        t!("balances-above-limit", limit = format::money(locale, limit))
    };
    let what = format!("{} {number}", payable_kind(document.kind));
    let written_off = number.clone();
    let write_off = is_small.then(|| {
        view! {
            <Form action={Endpoint::of::<api::money::balances::WriteOffDifference>()} class="sales-form">
                <Hidden name="document" value=written_off/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea name="reason" label=t!("balances-write-off-reason") rows=2/>
                <Submit label=write kind=ButtonKind::Secondary/>
            </Form>
        }
    });
    let customer = document.customer.clone();
    view! {
        <section class="card sales-part" aria-labelledby="chosen">
            <h2 id="chosen">{title}</h2>
            <SummaryList>
                <SummaryRow term=t!("bank-document")>{what}</SummaryRow>
                <SummaryRow term=t!("bank-earlier-customer")>{customer}</SummaryRow>
            </SummaryList>
            <Form action={Endpoint::of::<api::money::balances::AskForRest>()} class="sales-form">
                <Hidden name="document" value=number/>
                <Submit label=ask/>
            </Form>
            <p>{about}</p>
            {write_off}
        </section>
    }
    .into_any()
}

fn undo_form(undoable: &Undoable, key: Uuid) -> AnyView {
    let (title, note) = decision(undoable);
    let (decided, id) = (undoable.decided.code(), undoable.id.clone());
    let what = t!(
        "balances-undo-what",
        decided = decided,
        amount = format::money(Locale::current(), undoable.amount),
        document = undoable.document.as_str()
    );
    view! {
        <section class="card sales-part" aria-labelledby="chosen">
            <h2 id="chosen">{title}</h2>
            <p>{note}</p>
            <p>{what}</p>
            <Form action={Endpoint::of::<api::money::balances::UndoDecision>()} class="sales-form">
                <Hidden name="decided" value=decided.to_owned()/>
                <Hidden name="id" value=id/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea name="reason" label=t!("balances-undo-reason") rows=2/>
                <Submit label=t!("balances-undo-send") kind=ButtonKind::Danger/>
            </Form>
        </section>
    }
    .into_any()
}
