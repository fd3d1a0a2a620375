//! `/desk/mails`: mails that failed for good, and what waits.

use leptos::prelude::*;

use crate::{
    api,
    model::mails::{MailRow, MailState},
    ui::{
        components::{
            ButtonKind, Column, EmptyState, Endpoint, Form, Hidden, MailBadge, Page, Submit, Table, Width, loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// Mails in trouble.
#[component]
pub fn MailsPage() -> impl IntoView {
    loaded(api::mails::mails(), move |mails| view! { <MailList mails/> })
}

/// What did not arrive, with what the mail server said.
#[component]
pub fn MailList(mails: Vec<MailRow>) -> impl IntoView {
    let failed = mails.iter().filter(|mail| mail.state == MailState::Failed).count();
    let title = if failed == 0 { t!("mails-fine") } else { t!("mails-failed", count = failed) };
    let list = if mails.is_empty() {
        view! {
            <EmptyState title=t!("mails-none")>
                <p>{t!("mails-none-help")}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = mails.into_iter().map(row).collect::<Vec<_>>();
        view! {
            <Table
                class="table-mails"
                columns=vec![
                    Column::text(t!("mails-column-to")),
                    Column::text(t!("mails-column-subject")),
                    Column::text(t!("mails-column-written")),
                    Column::text(t!("mails-column-state")),
                    Column::action(t!("mails-resend")),
                ]
            >
                {rows}
            </Table>
        }
        .into_any()
    };
    view! {
        <Page title width=Width::Full>
            {list}
        </Page>
    }
}

fn row(mail: MailRow) -> impl IntoView {
    let error = (!mail.last_error.is_empty()).then(|| view! { <span class="table-note">{mail.last_error}</span> });
    let subject = mail.subject.clone();
    let resend = (mail.state == MailState::Failed).then(|| {
        view! {
            <Form action={Endpoint::of::<api::mails::ResendMail>()}>
                <Hidden name="mail" value=mail.id.to_string()/>
                <Submit label=t!("mails-resend") kind=ButtonKind::Secondary about=subject/>
            </Form>
        }
    });
    view! {
        <tr>
            <th scope="row">{mail.to}</th>
            <td data-label=t!("mails-column-subject")>{mail.subject} {error}</td>
            <td data-label=t!("mails-column-written")>{format::moment(Locale::current(), mail.created_at)}</td>
            <td data-label=t!("mails-column-state")>
                <MailBadge state=mail.state/>
                <span class="table-note">{t!("mails-attempts", count = mail.attempts)}</span>
            </td>
            <td>{resend}</td>
        </tr>
    }
}
