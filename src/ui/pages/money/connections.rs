//! `/settings/connections`: mail, cards and the address of the portal, and whether they work.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        line::setup::SiteAddress,
        money::{
            card::PaymentsMode,
            connections::{Connection, ConnectionCheck, ConnectionsPage as Connections},
            statements::{SourceStanding, SourceTrouble},
        },
        paths,
    },
    ui::{
        components::{ButtonKind, Endpoint, Form, Notice, NoticeKind, Page, Submit, SummaryList, SummaryRow, loaded},
        format, statement_words,
        texts::{Locale, t},
    },
};

/// Connections to the outside.
#[component]
pub fn ConnectionsPage() -> impl IntoView {
    loaded(api::money::connections::connections_page(), |page| view! { <ConnectionsView page/> })
}

/// Each connection with what came of trying it.
#[component]
pub(crate) fn ConnectionsView(page: Connections) -> impl IntoView {
    let check = |connection| page.checks.iter().find(|check| check.connection == connection).cloned();
    let last = |connection| check(connection).map(|check| view! { <Last check/> });
    let (mail, cards) = (last(Connection::Mail), last(Connection::Cards));
    let sender = if page.sends_mail { page.sender } else { t!("connections-no-mail") };
    let (mode, note) = match (page.payments, page.is_live) {
        (PaymentsMode::Off, _) => (t!("connections-cards-off"), t!("connections-cards-off-note")),
        (PaymentsMode::Sandbox, _) => (t!("connections-cards-sandbox"), String::new()),
        (PaymentsMode::Stripe, false) => (t!("connections-cards-test"), t!("connections-cards-test-note")),
        (PaymentsMode::Stripe, true) => (t!("connections-cards-live"), String::new()),
    };
    let try_cards = page.payments.is_on().then(|| {
        view! {
            <Form action={Endpoint::of::<api::money::connections::TryCards>()}>
                <div class="actions">
                    <Submit label=t!("connections-try-cards") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        }
    });
    let (kind, address) = match page.address {
        SiteAddress::Public => (NoticeKind::Done, t!("connections-address-public")),
        SiteAddress::Insecure => (NoticeKind::Problem, t!("connections-address-insecure")),
        SiteAddress::Loopback => (NoticeKind::Soon, t!("connections-address-loopback")),
    };
    view! {
        <Page title=t!("connections-title") lead=t!("connections-lead")>
            <p class="actions">
                <a href=paths::SETTINGS>{t!("settings-back")}</a>
            </p>
            <section class="card" aria-labelledby="mail">
                <h2 id="mail">{t!("setup-mail")}</h2>
                <SummaryList>
                    <SummaryRow term=t!("connections-sender")>{sender}</SummaryRow>
                </SummaryList>
                {mail}
                <Form action={Endpoint::of::<api::money::connections::TryMail>()}>
                    <div class="actions">
                        <Submit label=t!("connections-try-mail", address = page.own_address)/>
                    </div>
                </Form>
            </section>
            <section class="card" aria-labelledby="cards">
                <h2 id="cards">{t!("setup-cards")}</h2>
                <SummaryList>
                    <SummaryRow term=t!("connections-cards")>{mode}</SummaryRow>
                </SummaryList>
                {(!note.is_empty()).then(|| view! { <p class="aside">{note}</p> })}
                {cards}
                {try_cards}
            </section>
            <Sources sources=page.statements/>
            <section class="card" aria-labelledby="sms">
                <h2 id="sms">{t!("connections-sms")}</h2>
                <SummaryList>
                    <SummaryRow term=t!("connections-sms-gateway")>
                        {page.sms.unwrap_or_else(|| t!("connections-no-sms"))}
                    </SummaryRow>
                </SummaryList>
            </section>
            <section class="card" aria-labelledby="address">
                <h2 id="address">{t!("setup-address")}</h2>
                <SummaryList>
                    <SummaryRow term=t!("connections-address")>{page.site}</SummaryRow>
                </SummaryList>
                <Notice kind>
                    <p>{address}</p>
                </Notice>
            </section>
        </Page>
    }
}

/// What came of trying a connection the last time.
#[component]
fn Last(check: ConnectionCheck) -> impl IntoView {
    let at = format::moment(Locale::current(), check.checked_at);
    let (kind, title) = match (check.connection, check.succeeded) {
        (Connection::Mail, true) => (NoticeKind::Done, t!("connections-mail-works", at = at)),
        (Connection::Mail, false) => (NoticeKind::Problem, t!("connections-mail-fails", at = at)),
        (Connection::Cards, true) => (NoticeKind::Done, t!("connections-cards-work", at = at)),
        (Connection::Cards, false) => (NoticeKind::Problem, t!("connections-cards-fail", at = at)),
    };
    let answer = (!check.answer.is_empty()).then(|| view! { <p>{check.answer}</p> });
    view! { <Notice kind title=title>{answer}</Notice> }
}

/// From where statements come by themselves, and what keeps them from doing so.
#[component]
fn Sources(sources: Vec<SourceStanding>) -> impl IntoView {
    let troubles = sources.iter().filter_map(|source| source.trouble).map(|trouble| view! { <Failing trouble/> });
    let troubles = troubles.collect::<Vec<_>>();
    let sources = sources.into_iter().map(|source| view! { <Source source/> }).collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="statements">
            <h2 id="statements">{t!("connections-statements")}</h2>
            <SummaryList>{sources}</SummaryList>
            {troubles}
        </section>
    }
}

/// A source of statements.
#[component]
fn Source(source: SourceStanding) -> impl IntoView {
    let locale = Locale::current();
    let state = match (source.is_on, source.until) {
        (false, _) => t!("connections-statements-off", source = source.source.code()),
        (true, Some(until)) => t!("connections-statements-until", date = format::date_numeric(locale, until, None)),
        (true, None) => t!("connections-statements-on"),
    };
    view! { <SummaryRow term=t!("bank-source", source = source.source.code())>{state}</SummaryRow> }
}

/// That a source of statements fails, why, and what is to be done.
#[component]
fn Failing(trouble: SourceTrouble) -> impl IntoView {
    let locale = Locale::current();
    let why = statement_words::trouble(locale, &trouble).into_iter().map(|said| view! { <p>{said}</p> });
    let why = why.collect::<Vec<_>>();
    view! { <Notice kind=NoticeKind::Problem title=statement_words::fails(locale, &trouble)>{why}</Notice> }
}
