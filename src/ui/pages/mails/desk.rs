//! `/desk/mails`: mails that failed for good, and what waits.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::paging::CountedPage,
        mails::{MailList as Mails, MailPlace, MailRow, MailState},
        paths,
        problem::Problem,
        work::pushes::FailedPush,
    },
    ui::{
        self,
        components::{
            ButtonKind, Column, EmptyState, Endpoint, Form, Hidden, MailBadge, Page, Pages, Submit, Table, Width,
            loaded,
        },
        format,
        texts::{Locale, t},
    },
};

/// Mails in trouble.
#[component]
pub fn MailsPage() -> impl IntoView {
    let after = ui::query_value("after").and_then(|place| place.parse().ok());
    loaded(load(after), move |(list, pushes)| view! { <MailList list pushes is_first=after.is_none()/> })
}

async fn load(after: Option<MailPlace>) -> Result<(Mails, Vec<FailedPush>), Problem> {
    // Of more than one page they stand on the first.
    let pushes = if after.is_none() { api::work::pushes::failed_pushes().await? } else { Vec::new() };
    Ok((api::mails::mails(after).await?, pushes))
}

/// What did not arrive, with what the mail server said.
#[component]
pub fn MailList(
    list: Mails,
    /// Notifications that did not.
    pushes: Vec<FailedPush>,
    /// Whether it is the first page.
    is_first: bool,
) -> impl IntoView {
    let Mails { mails: CountedPage { page, total }, failed } = list;
    let shown = page.rows.len();
    let first = (!is_first).then(|| paths::DESK_MAILS.to_owned());
    let next = page.next.map(|after| format!("{}?after={after}", paths::DESK_MAILS));
    let title = if failed == 0 { t!("mails-fine") } else { t!("mails-failed", count = failed) };
    let list = if page.rows.is_empty() {
        view! {
            <EmptyState title=t!("mails-none")>
                <p>{t!("mails-none-help")}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = page.rows.into_iter().map(row).collect::<Vec<_>>();
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
            <Pages label=t!("nav-mails") shown total first next/>
            {(!pushes.is_empty()).then(|| view! { <FailedPushes pushes/> })}
        </Page>
    }
}

/// Notifications that never arrived; they are worth nothing by now, so nobody sends them again.
#[component]
fn FailedPushes(pushes: Vec<FailedPush>) -> impl IntoView {
    let rows = pushes
        .into_iter()
        .map(|push| {
            view! {
                <tr>
                    <th scope="row">{push.to}</th>
                    <td data-label=t!("pushes-column-said")>
                        {push.said} <span class="table-note">{push.last_error}</span>
                    </td>
                    <td data-label=t!("mails-column-written")>{format::moment(Locale::current(), push.written_at)}</td>
                    <td data-label=t!("mails-column-state")>{t!("mails-attempts", count = push.attempts)}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section aria-labelledby="pushes">
            <h2 id="pushes">{t!("pushes-failed")}</h2>
            <p>{t!("pushes-failed-note")}</p>
            <Table
                class="table-mails"
                columns=vec![
                    Column::text(t!("mails-column-to")),
                    Column::text(t!("pushes-column-said")),
                    Column::text(t!("mails-column-written")),
                    Column::text(t!("mails-column-state")),
                ]
            >
                {rows}
            </Table>
        </section>
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
            <th scope="row">{format::person(Locale::current(), &mail.to)}</th>
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
