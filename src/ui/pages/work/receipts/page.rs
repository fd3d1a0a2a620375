//! `/requests/{number}/receipt/{ordinal}`: the receipt. Its headline is what is billed, under it stands why.

use leptos::prelude::*;
use std::iter;

use super::{
    calculation::Calculation,
    paths::intervention_in_path,
    segments::{Contests, Segments},
};
use crate::{
    api,
    model::{
        base::numbers::InterventionRef,
        paths,
        work::{
            ceiling::Consent,
            contests::Contest,
            pages::{ReceiptBack, ReceiptPage as View},
            receipts::Receipt,
        },
    },
    ui::{
        self,
        components::{ButtonKind, ButtonLink, Icon, Page, Symbol, loaded},
        evidence_words, format, receipt_words,
        texts::{Locale, named, t},
    },
};

/// The receipt of an intervention.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let intervention = intervention_in_path();
    let page = async move {
        let InterventionRef { number, ordinal } = intervention?;
        api::work::receipts::receipt_page(number, ordinal).await
    };
    loaded(page, |page| view! { <ReceiptView page/> })
}

/// The page itself.
#[component]
pub fn ReceiptView(
    /// What it shows.
    page: View,
) -> impl IntoView {
    let locale = Locale::current();
    let View { receipt, former, contests, consents, back, contest_until } = page;
    let title = headline(&receipt);
    let lead = receipt_words::sentence(locale, &receipt);
    let number = receipt.intervention.number;
    let (href, label) = match back {
        ReceiptBack::Request => (paths::request(number), t!("receipt-page-back", number = number.to_string())),
        ReceiptBack::Work => (paths::workbench(number), t!("receipt-page-back", number = number.to_string())),
        ReceiptBack::Usage => (paths::USAGE.to_owned(), t!("nav-usage")),
    };
    let before = view! {
        <p class="steps">
            <a class="steps-back" href=href>
                <Icon symbol=Symbol::Back/>
                {label}
            </a>
        </p>
    };
    let pdf = paths::receipt_pdf(receipt.intervention);
    let contest_path = paths::receipt_contest(receipt.intervention);
    let contest = contest_until.map(|until| {
        let until = format::until(locale, until, ui::now());
        view! { <p class="contest-note">{t!("receipt-page-contest-note", until = until)}</p> }
    });
    let report = receipt_words::note(Locale::current(), &receipt.report);
    let objections = (!contests.is_empty()).then(|| {
        let versions = iter::once(&receipt).chain(&former).cloned().collect();
        view! { <Contests contests=contests.clone() versions/> }
    });
    let head = view! { <Head receipt=receipt.clone() contests=contests.clone()/> };
    let connections = (!receipt.connections.is_empty()).then(|| view! { <Connections receipt=receipt.clone()/> });
    let consents = (!consents.is_empty()).then(|| view! { <Consents consents/> });
    let former = (!former.is_empty()).then(|| view! { <Former receipts=former contests=contests.clone()/> });
    let contest_path = contest_until.map(|_| contest_path);
    view! {
        <Page title lead before=before.into_any()>
            {head}
            {objections}
            <section aria-labelledby="report">
                <h2 id="report">{t!("receipt-page-report")}</h2>
                <p class="report">{report}</p>
            </section>
            <section aria-labelledby="segments">
                <h2 id="segments">{t!("receipt-page-segments")}</h2>
                <Segments receipt=receipt.clone() contests contest_path/>
                {contest}
            </section>
            {connections}
            <section aria-labelledby="calculation">
                <h2 id="calculation">{t!("receipt-page-calculation")}</h2>
                <Calculation receipt/>
            </section>
            {consents}
            {former}
            <p class="actions">
                <ButtonLink href=pdf label=t!("receipt-page-pdf") kind=ButtonKind::Secondary/>
            </p>
        </Page>
    }
}

/// "Účtujeme 20 min"
fn headline(receipt: &Receipt) -> String {
    match receipt.bill.billed {
        0 => t!("receipt-page-title-nothing"),
        billed => t!("receipt-page-title", minutes = format::minutes(Locale::current(), billed)),
    }
}

/// Whose it is and what it is for.
#[component]
fn Head(receipt: Receipt, contests: Vec<Contest>) -> impl IntoView {
    let locale = Locale::current();
    let today = ui::now().map(format::local_date);
    let version = (receipt.version > 1).then(|| {
        let reason = match receipt_words::reason(locale, &receipt, &contests) {
            none if none.is_empty() => t!("receipt-page-resumed"),
            reason => reason,
        };
        let day = format::date_numeric(locale, format::local_date(receipt.issued_at), today);
        view! {
            <div class="receipt-version">
                <dt>{t!("receipt-page-version", day = day)}</dt>
                <dd>{reason}</dd>
            </div>
        }
    });
    let began = receipt.segments.first().map_or(receipt.issued_at, |segment| segment.started_at);
    let when = format::date_long(locale, format::local_date(began));
    let urgency = match receipt.urgency {
        crate::model::base::terms::Urgency::Urgent => t!("urgency-urgent"),
        crate::model::base::terms::Urgency::Normal => t!("urgency-normal"),
    };
    let what = t!(
        "receipt-page-what-words",
        program = named(&receipt.program),
        work_type = named(&receipt.work_type),
        urgency = urgency.to_lowercase(),
    );
    let fact = |term: String, words: String| {
        view! {
            <div>
                <dt>{term}</dt>
                <dd>{words}</dd>
            </div>
        }
    };
    let ico = (!receipt.ico.is_empty()).then(|| fact(t!("receipt-page-ico"), receipt.ico));
    view! {
        <dl class="receipt-facts">
            {fact(t!("receipt-page-customer"), receipt.customer)} {ico}
            {fact(t!("receipt-page-what"), what)} {fact(t!("receipt-page-ordered-by"), format::person(locale, &receipt.ordered_by))}
            {fact(t!("receipt-page-number"), receipt.intervention.to_string())} {fact(t!("receipt-page-when"), when)}
            {fact(t!("receipt-page-issued"), format::moment(locale, receipt.issued_at))} {version}
        </dl>
    }
}

/// What TeamViewer has said beside the clock.
#[component]
fn Connections(receipt: Receipt) -> impl IntoView {
    let locale = Locale::current();
    let lines = receipt.connections.iter().map(|one| evidence_words::connection(locale, one));
    let lines = lines.map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>();
    let findings = evidence_words::findings(locale, &receipt.evidence().findings());
    let findings = findings.into_iter().map(|finding| view! { <p>{finding}</p> }).collect::<Vec<_>>();
    view! {
        <section aria-labelledby="connections">
            <h2 id="connections">{t!("receipt-connections")}</h2>
            <ul class="plain-list">{lines}</ul>
            {findings}
            <p class="contest-note">{t!("receipt-connections-note")}</p>
        </section>
    }
}

/// Who agreed to go on above the ceiling, where and when.
#[component]
fn Consents(
    /// The oldest first.
    consents: Vec<Consent>,
) -> impl IntoView {
    let locale = Locale::current();
    let asked = consents
        .iter()
        .map(|consent| {
            let (title, answer) = receipt_words::consent(locale, consent);
            view! {
                <li class="row">
                    <div>
                        <p class="row-title">{title}</p>
                        <p>{answer}</p>
                    </div>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section aria-labelledby="consents">
            <h2 id="consents">{t!("receipt-consents")}</h2>
            <ul class="rows">{asked}</ul>
        </section>
    }
}

/// What former versions said.
#[component]
fn Former(
    /// The latest first.
    receipts: Vec<Receipt>,
    /// Objections, which are told beside them.
    contests: Vec<Contest>,
) -> impl IntoView {
    let locale = Locale::current();
    let versions = receipts
        .into_iter()
        .map(|receipt| {
            let title = t!("receipt-page-former-version", when = format::moment(locale, receipt.issued_at));
            let reason = receipt_words::reason(locale, &receipt, &contests);
            let reason = (!reason.is_empty()).then(|| view! { <p class="row-note">{reason}</p> });
            view! {
                <li class="row">
                    <div>
                        <p class="row-title">{title}</p>
                        <p>{receipt_words::sentence(locale, &receipt)}</p>
                        {reason}
                    </div>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="former" aria-labelledby="former">
            <h2 id="former">{t!("receipt-page-former")}</h2>
            <ul class="rows">{versions}</ul>
        </section>
    }
}
