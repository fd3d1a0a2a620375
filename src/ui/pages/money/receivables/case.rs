//! `/sales/receivables/{customer}`: what a customer owes, and what was decided about it.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::{ids::CustomerId, money::Money},
        money::{
            account_statements::AccountEntry,
            receivables::{Age, Debt, LimitDecision, ReceivableCase, WrittenOff},
        },
        paths,
    },
    ui::{
        self, account_words,
        components::{
            ButtonKind, Column, EmptyState, Endpoint, Form, Hidden, Icon, Notice, NoticeKind, Page, SelectField,
            Submit, SummaryList, SummaryRow, Symbol, Table, TextArea, TextField, Width, loaded,
        },
        format,
        pages::money::payment_plans::PlanCard,
        texts::{Locale, t},
    },
};

/// What a customer owes.
#[component]
pub fn ReceivablePage() -> impl IntoView {
    let customer = ui::path_value("customer");
    loaded(async move { api::money::receivables::receivable(customer?).await }, |case| view! { <ReceivableView case/> })
}

#[component]
fn ReceivableView(case: ReceivableCase) -> impl IntoView {
    let locale = Locale::current();
    let before = view! {
        <p class="steps">
            <a class="steps-back" href=paths::SALES_RECEIVABLES>
                <Icon symbol=Symbol::Back/>
                {t!("receivables-back")}
            </a>
        </p>
    };
    let (owed, overdue) = (format::money(locale, case.owed()), format::money(locale, case.overdue()));
    let kept = case.is_kept_from_ordering.then(|| {
        view! {
            <Notice kind=NoticeKind::Problem title=t!("receivable-kept")>
                <p>{t!("receivable-kept-help")}</p>
            </Notice>
        }
    });
    let (customer, key) = (case.customer, case.key.to_string());
    let plan = case.plan.clone();
    view! {
        <Page
            title=case.name.clone()
            lead=t!("receivable-lead", owed = owed, overdue = overdue)
            width=Width::Full
            before=before.into_any()
        >
            <p class="actions">
                <a href=paths::customer(customer)>{t!("receivable-customer")}</a>
            </p>
            {kept}
            <div class="bench">
                <div class="bench-clock">
                    {debts(&case)}
                    {written_off(&case.written_off)}
                    {account(&case.entries)}
                </div>
                <div class="bench-aside">
                    {credit(&case)}
                    <PlanCard customer plan today=case.today key/>
                    {reminders(&case)}
                </div>
            </div>
        </Page>
    }
}

/// What is owed document by document, and the form that gives one of them up.
fn debts(case: &ReceivableCase) -> impl IntoView + use<> {
    let locale = Locale::current();
    let day = |day| format::date_numeric(locale, day, None);
    let row = |debt: &Debt| {
        let age = Age::of(debt.late(case.today)).map(|age| t!("receivables-age", age = age.code()));
        view! {
            <tr>
                <th scope="row">{debt.number.clone()}</th>
                <td data-label=t!("receivable-due")>{day(debt.due_on)}</td>
                <td data-label=t!("receivable-age")>{age}</td>
                <td class="number" data-label=t!("receivable-owed")>
                    {format::money(locale, debt.owed)}
                </td>
            </tr>
        }
    };
    let rows = case.debts.iter().map(row).collect::<Vec<_>>();
    let table = if rows.is_empty() {
        view! { <EmptyState title=t!("receivable-nothing")/> }.into_any()
    } else {
        let columns = vec![
            Column::text(t!("receivable-invoice")),
            Column::text(t!("receivable-due")),
            Column::text(t!("receivable-age")),
            Column::number(t!("receivable-owed")),
        ];
        view! { <Table class="table-sales" columns>{rows}</Table> }.into_any()
    };
    let numbers: Vec<_> = case
        .debts
        .iter()
        .map(|debt| (debt.number.clone(), format!("{} · {}", debt.number, format::money(locale, debt.owed))))
        .collect();
    let (customer, key) = (case.customer.to_string(), case.key.to_string());
    let write_off = (!numbers.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="write-off">
                <h2 id="write-off">{t!("receivable-write-off-title")}</h2>
                <p>{t!("receivable-write-off-help")}</p>
                <Form action={Endpoint::of::<api::money::receivables::WriteOff>()}>
                    <Hidden name="customer" value=customer/>
                    <Hidden name="key" value=key/>
                    <SelectField name="number" label=t!("receivable-invoice") options=numbers/>
                    <TextArea name="reason" label=t!("receivable-reason") hint=t!("receivable-reason-hint") rows=2/>
                    <div class="actions">
                        <Submit label=t!("receivable-write-off") kind=ButtonKind::Danger/>
                    </div>
                </Form>
            </section>
        }
    });
    view! {
        <section class="sales-part" aria-labelledby="debts">
            <h2 id="debts">{t!("receivable-debts")}</h2>
            {table}
        </section>
        {write_off}
    }
}

fn written_off(given_up: &[WrittenOff]) -> Option<impl IntoView + use<>> {
    let locale = Locale::current();
    let row = |one: &WrittenOff| {
        let recovered = (one.recovered > Money::ZERO).then(|| {
            let amount = format::money(locale, one.recovered);
            view! { <p class="table-note">{t!("receivable-recovered", amount = amount)}</p> }
        });
        let by = format!("{} · {}", format::moment(locale, one.at), one.by);
        view! {
            <li class="row">
                <div>
                    <p class="row-title">{format!("{} · {}", one.number, format::money(locale, one.amount))}</p>
                    <p class="typed">{one.reason.clone()}</p>
                    {recovered}
                    <p class="field-hint">{by}</p>
                </div>
            </li>
        }
    };
    let rows = given_up.iter().map(row).collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="sales-part" aria-labelledby="given-up">
                <h2 id="given-up">{t!("receivable-given-up")}</h2>
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}

/// The statement of the last twelve months.
fn account(entries: &[AccountEntry]) -> impl IntoView + use<> {
    let locale = Locale::current();
    let row = |entry: &AccountEntry| {
        let change = if entry.change == Money::ZERO { "–".to_owned() } else { format::money(locale, entry.change) };
        view! {
            <tr>
                <th scope="row">{format::date_numeric(locale, entry.day, None)}</th>
                <td data-label=t!("statement-column-what")>{account_words::entry(locale, entry)}</td>
                <td class="number" data-label=t!("statement-column-change")>
                    {change}
                </td>
            </tr>
        }
    };
    let rows = entries.iter().map(row).collect::<Vec<_>>();
    let table = if rows.is_empty() {
        view! { <EmptyState title=t!("account-empty")/> }.into_any()
    } else {
        let columns = vec![
            Column::text(t!("statement-column-date")),
            Column::text(t!("statement-column-what")),
            Column::number(t!("statement-column-change")),
        ];
        view! { <Table class="table-statement" columns>{rows}</Table> }.into_any()
    };
    view! {
        <section class="sales-part" aria-labelledby="account">
            <h2 id="account">{t!("receivable-account")}</h2>
            {table}
        </section>
    }
}

/// How far the customer is credited, and how much of that it has had.
fn credit(case: &ReceivableCase) -> impl IntoView + use<> {
    let locale = Locale::current();
    let money = move |amount| format::money(locale, amount);
    let limit = match (case.trusted, case.limit) {
        (false, _) => t!("receivable-not-trusted"),
        (true, None) => t!("receivable-no-limit"),
        (true, Some(limit)) => money(limit),
    };
    let beyond = case.limit.is_some_and(|limit| case.exposure.total() > limit).then(|| {
        view! { <p class="badge badge-problem">{t!("receivable-beyond")}</p> }
    });
    let limits = limits(&case.limits);
    let rows = [
        (t!("receivable-limit"), limit),
        (t!("receivable-exposure"), money(case.exposure.total())),
        (t!("receivable-unpaid"), money(case.exposure.unpaid)),
        (t!("receivable-not-invoiced"), money(case.exposure.not_invoiced)),
        (t!("receivable-agreed"), money(case.exposure.agreed)),
    ];
    let rows =
        rows.map(|(term, value)| view! { <SummaryRow term>{value}</SummaryRow> }).into_iter().collect::<Vec<_>>();
    let form = case.trusted.then(|| limit_form(case.customer, case.limit, case.today.to_string()));
    view! {
        <section class="card" aria-labelledby="credit">
            <h2 id="credit">{t!("receivable-credit")}</h2>
            {beyond}
            <SummaryList>{rows}</SummaryList>
            {form}
            {limits}
        </section>
    }
}

fn limit_form(customer: CustomerId, limit: Option<Money>, today: String) -> impl IntoView {
    let value = limit.map(|limit| format::money_bare(Locale::current(), limit)).unwrap_or_default();
    view! {
        <Form action={Endpoint::of::<api::money::receivables::SetCreditLimit>()}>
            <Hidden name="customer" value=customer.to_string()/>
            <TextField
                name="limit"
                label=t!("receivable-limit-crowns")
                hint=t!("receivable-limit-hint")
                value=value
                inputmode="decimal"
                short=true
                optional=true
            />
            <TextField name="limit_from" label=t!("receivable-limit-from") kind="date" value=today short=true/>
            <div class="actions">
                <Submit label=t!("receivable-limit-save") kind=ButtonKind::Secondary/>
            </div>
        </Form>
    }
}

fn limits(decided: &[LimitDecision]) -> impl IntoView + use<> {
    let locale = Locale::current();
    let row = |one: &LimitDecision| {
        let from = format::date_numeric(locale, one.from_day, None);
        let amount = one.amount.map_or_else(|| t!("receivable-no-limit"), |amount| format::money(locale, amount));
        view! { <li>{t!("receivable-limit-since", from = from, amount = amount, by = one.by.as_str())}</li> }
    };
    view! { <ul class="plain-list">{decided.iter().map(row).collect::<Vec<_>>()}</ul> }
}

fn reminders(case: &ReceivableCase) -> impl IntoView + use<> {
    let locale = Locale::current();
    let rows = case
        .reminders
        .iter()
        .map(|written| {
            let day = format::date_numeric(locale, written.day, None);
            view! { <li>{format!("{day} · {}", t!("reminder-stage", stage = written.stage.code()))}</li> }
        })
        .collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <p>{t!("receivable-no-reminders")}</p> }.into_any()
    } else {
        view! { <ul class="plain-list">{rows}</ul> }.into_any()
    };
    let nobody = (!case.has_reader).then(|| view! { <p>{t!("receivable-no-reader")}</p> });
    view! {
        <section class="card" aria-labelledby="reminders">
            <h2 id="reminders">{t!("receivable-reminders")}</h2>
            {list}
            {nobody}
        </section>
    }
}
