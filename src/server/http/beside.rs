//! The routes beside pages and server functions: files to download, what open pages are told, the ways to the payment page and
//! back, former addresses.

use axum::{
    Router, middleware,
    routing::{MethodRouter, get},
};

use super::{
    accounting::{self, Purpose},
    calendar,
    documents::{self, Kind},
    downloads::{self, Downloads},
    embed::{self, Asking},
    live, mail_in, mails, moved, payments, program_links, providers, receivables,
};
use crate::{
    model::{money::tax_documents::FileFormat, paths, people::access::Access},
    server::app::App,
};

type Row = (&'static str, Access, MethodRouter<App>);

/// Files that are made when somebody asks for them: where each stands, for whom it is, and what answers.
fn files() -> Vec<Row> {
    let usage = |kind| get(move |who, asked| documents::usage_file(who, asked, kind));
    let account = |kind| get(move |who, asked| documents::account_statement(who, asked, kind));
    let tax_document = |format| get(move |who, number| documents::tax_document(who, number, format));
    let figures = |kind| get(move |who, asked| documents::figures_file(who, asked, kind));
    let accounting = |purpose| get(move |who, asked| accounting::file(who, asked, purpose));
    vec![
        (paths::RECEIPT_PDF, Access::SignedIn, get(documents::receipt)),
        (paths::OWN_DATA, Access::Member, get(documents::own_data)),
        (paths::CONTRACT_FILE, Access::SignedIn, get(documents::contract_file)),
        (paths::ATTACHMENT, Access::SignedIn, get(documents::attachment)),
        (paths::INBOUND_RAW, Access::Desk, get(mail_in::raw)),
        (paths::USAGE_CSV, Access::BillingViewer, usage(Kind::Csv)),
        (paths::USAGE_XLSX, Access::BillingViewer, usage(Kind::Xlsx)),
        (paths::STATEMENT_CSV, Access::BillingViewer, get(documents::statement)),
        (paths::ACCOUNT_STATEMENT_PDF, Access::BillingViewer, account(Kind::Pdf)),
        (paths::ACCOUNT_STATEMENT_CSV, Access::BillingViewer, account(Kind::Csv)),
        (paths::DOCUMENT_PDF, Access::SignedIn, tax_document(FileFormat::Pdf)),
        (paths::DOCUMENT_ISDOC, Access::SignedIn, tax_document(FileFormat::Isdoc)),
        (paths::DOCUMENT_ARCHIVE, Access::BillingViewer, get(documents::tax_documents_of_year)),
        (paths::AUDIT_CSV, Access::Manager, get(documents::audit_table)),
        (paths::FIGURES_CSV, Access::Desk, figures(Kind::Csv)),
        (paths::FIGURES_XLSX, Access::Desk, figures(Kind::Xlsx)),
        (paths::SALES_ACCOUNTING_XLSX, Access::Manager, accounting(Purpose::Workbook)),
        (paths::SALES_ACCOUNTING_CSV, Access::Manager, accounting(Purpose::Table)),
        (paths::SALES_ACCOUNTING_POHODA, Access::Manager, accounting(Purpose::Pohoda)),
        (paths::SALES_ACCOUNTING_MONEY_S3, Access::Manager, accounting(Purpose::MoneyS3)),
        (paths::SALES_ACCOUNTING_ISDOC, Access::Manager, accounting(Purpose::Isdoc)),
        (paths::SALES_RECEIVABLES_CSV, Access::Manager, get(receivables::table)),
        (paths::SALES_CSV, Access::Manager, get(documents::sales_table)),
    ]
}

/// The same of what costs little.
fn others() -> Vec<Row> {
    vec![
        (paths::LIVE, Access::SignedIn, get(live::stream)),
        // Browsers ask for many parts of it.
        (paths::INBOUND_AUDIO, Access::Desk, get(mail_in::audio)),
        (paths::REQUEST_CALENDAR, Access::Member, get(calendar::download)),
        // The secret of its address is its pass.
        (paths::CALENDAR_FEED, Access::Public, get(calendar::feed)),
        (paths::PURCHASE_PAY, Access::Buyer, get(payments::pay)),
        (paths::PURCHASE_RETURN, Access::Buyer, get(payments::come_back)),
        (paths::SUBSCRIPTION_CARD, Access::Buyer, get(payments::save_card_of_subscription)),
        (paths::SUBSCRIPTION_CARD_RETURN, Access::Buyer, get(payments::card_of_subscription_saved)),
        (paths::TOP_UP_CARD, Access::Buyer, get(payments::save_card_of_top_up)),
        (paths::TOP_UP_CARD_RETURN, Access::Buyer, get(payments::card_of_top_up_saved)),
        (paths::FROM_PROGRAM, Access::Public, get(program_links::open)),
        (paths::SIGN_IN_WITH, Access::Public, get(providers::begin)),
        (paths::SIGN_IN_RETURN, Access::Public, get(providers::come_back)),
        (paths::FORMER_PURCHASE, Access::Public, get(moved::lead_on)),
        (paths::FORMER_PURCHASE_FORM, Access::Public, get(moved::lead_on)),
        (paths::FORMER_SALES_PURCHASES, Access::Public, get(moved::lead_on)),
        (paths::FORMER_SALES_PURCHASE, Access::Public, get(moved::lead_on)),
        (paths::DEMO_MAIL, Access::Public, get(mails::html)),
        (paths::DEMO_MAIL_TEXT, Access::Public, get(mails::text)),
        (paths::DEMO_MAIL_MESSAGE, Access::Public, get(mails::message)),
    ]
}

/// What stands on other sites.
fn embedded() -> Vec<Row> {
    vec![
        (paths::EMBED_JSON, Access::Public, get(embed::status_json)),
        (paths::EMBED_SVG, Access::Public, get(embed::status_svg)),
        (paths::EMBED_SLOTS, Access::Public, get(embed::slots)),
    ]
}

/// For whom they are.
pub fn access() -> impl Iterator<Item = (&'static str, Access)> {
    files().into_iter().chain(others()).chain(embedded()).map(|(path, access, _)| (path, access))
}

/// All of them.
pub fn routes<S>(app: App) -> Router<S> {
    let of =
        |rows: Vec<Row>| rows.into_iter().fold(Router::new(), |router, (path, _, handler)| router.route(path, handler));
    let bound = middleware::from_fn_with_state((app.clone(), Downloads::default()), downloads::limit);
    let asked = middleware::from_fn_with_state((app.clone(), Asking::default()), embed::limit);
    of(files()).layer(bound).merge(of(embedded()).layer(asked)).merge(of(others())).with_state(app)
}
