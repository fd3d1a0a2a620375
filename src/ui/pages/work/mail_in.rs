//! `/desk/mail-in`: mails that came to the line, and what becomes of them.

mod assigning;
mod voice;

use leptos::prelude::*;

use self::assigning::Assigning;
pub use self::voice::VoicePage;
use crate::{
    api,
    model::{
        base::{ids::InboundMailId, paging::CountedPage},
        ordering::live::LiveView,
        paths,
        work::mail_in::{
            InboundMailPage as InboundMail, InboundRow, InboundState, MailInPage as MailsIn, MailboxFailure,
            MailboxTrouble, WaitReason,
        },
    },
    ui::{
        self,
        components::{
            ButtonKind, ButtonLink, Column, EmptyState, Endpoint, Form, Hidden, Notice, NoticeKind, Page, Pages,
            Submit, SummaryList, SummaryRow, Table, Width, loaded,
        },
        format,
        islands::{Live, phone_in_groups},
        texts::{Locale, t},
    },
};

/// Mails of a state; those that wait unless another is named.
#[component]
pub fn MailInPage() -> impl IntoView {
    let state = ui::query_value("state").unwrap_or_default();
    let after = ui::query_value("after").and_then(|id| id.parse().ok());
    loaded(api::work::mail_in::mail_in_page(state, after), move |page| {
        view! {
            <MailInView page is_first=after.is_none()/>
            <Live on=LiveView::Desk/>
        }
    })
}

#[component]
fn MailInView(page: MailsIn, is_first: bool) -> impl IntoView {
    let MailsIn { state, counts, mails: CountedPage { page, total }, address, trouble, may_set } = page;
    let waiting = counts.iter().find(|(counted, _)| *counted == InboundState::Waiting).map_or(0, |(_, count)| *count);
    let title = if waiting == 0 { t!("mail-in-title-none") } else { t!("mail-in-title", count = waiting) };
    let lead = match &address {
        Some(address) => t!("mail-in-lead", address = address.as_str()),
        None => t!("mail-in-lead-off"),
    };
    let shown = page.rows.len();
    let query = |after: Option<InboundMailId>| {
        let mut query = vec![("state", state.code().to_owned())];
        query.extend(after.map(|after| ("after", after.to_string())));
        ui::with_query(paths::MAIL_IN, &query)
    };
    let (first, next) = ((!is_first).then(|| query(None)), page.next.map(|after| query(Some(after))));
    let list = if page.rows.is_empty() {
        view! { <EmptyState title=t!("mail-in-none")><p>{t!("mail-in-none-help")}</p></EmptyState> }.into_any()
    } else {
        table(page.rows).into_any()
    };
    let settings = may_set.then(|| {
        view! { <ButtonLink href=paths::VOICE_SETTINGS label=t!("voice-title") kind=ButtonKind::Secondary/> }
    });
    view! {
        <Page title lead width=Width::Full>
            <p class="actions">
                <ButtonLink href=paths::INTAKE label=t!("intake-link") kind=ButtonKind::Secondary/>
                {settings}
            </p>
            <div data-live="mail-in">
                {trouble.map(in_trouble)}
                {lanes(state, counts)}
                {list}
                <Pages label=t!("mail-in-label") shown total first next/>
            </div>
        </Page>
    }
}

/// That mails are not fetched, since when and why.
fn in_trouble(trouble: MailboxTrouble) -> impl IntoView {
    let why = match trouble.failure {
        MailboxFailure::Unreachable => t!("mailbox-unreachable"),
        MailboxFailure::Refused => t!("mailbox-refused"),
        MailboxFailure::Folder => t!("mailbox-folder"),
        MailboxFailure::Broken => t!("mailbox-broken"),
    };
    let since = format::moment(Locale::current(), trouble.since);
    view! {
        <Notice kind=NoticeKind::Problem title=t!("mailbox-trouble", since = since)>
            <p>{why} " " {t!("mailbox-trouble-help")}</p>
        </Notice>
    }
}

/// The ways to the states that any mail has, and to those that wait.
fn lanes(here: InboundState, counts: Vec<(InboundState, u32)>) -> impl IntoView {
    let is_counted = counts.iter().any(|(state, _)| *state == InboundState::Waiting);
    let none = (!is_counted).then_some((InboundState::Waiting, 0));
    let links = none
        .into_iter()
        .chain(counts)
        .map(|(state, count)| {
            let href = ui::with_query(paths::MAIL_IN, &[("state", state.code().to_owned())]);
            view! {
                <li>
                    <a href=href aria-current=(state == here).then_some("page")>
                        {state_in_words(state)} " " <span class="day-links-count">{count}</span>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <nav class="day-links" aria-label=t!("mail-in-parts")>
            <ul>{links}</ul>
        </nav>
    }
}

fn table(rows: Vec<InboundRow>) -> impl IntoView {
    let rows = rows.into_iter().map(row).collect::<Vec<_>>();
    view! {
        <Table
            class="table-mails"
            columns=vec![
                Column::text(t!("mail-in-column-from")),
                Column::text(t!("mails-column-subject")),
                Column::text(t!("mail-in-column-came")),
                Column::text(t!("mail-in-column-what")),
            ]
        >
            {rows}
        </Table>
    }
}

fn row(row: InboundRow) -> impl IntoView {
    let what = match row.reason {
        Some(reason) => reason_in_words(reason),
        None => state_in_words(row.state),
    };
    let subject = if row.subject.is_empty() { t!("mail-in-no-subject") } else { row.subject.clone() };
    let request = row.request.map(|number| {
        view! { <span class="table-note"><a class="whole" href=paths::desk_request(number)>{number.to_string()}</a></span> }
    });
    let customer =
        (!row.customer_name.is_empty()).then(|| view! { <span class="table-note">{row.customer_name.clone()}</span> });
    let player = row.has_audio.then(|| player(row.id));
    view! {
        <tr>
            <th scope="row">{sender(&row)} {customer}</th>
            <td data-label=t!("mails-column-subject")>
                <a href=paths::inbound_mail(row.id)>{subject}</a> {player}
            </td>
            <td data-label=t!("mail-in-column-came")>{format::moment(Locale::current(), row.came_at)}</td>
            <td data-label=t!("mail-in-column-what")>{what} {request}</td>
        </tr>
    }
}

/// Who has written it, or from which number somebody spoke.
fn sender(row: &InboundRow) -> String {
    match (row.phone.as_str(), row.from_name.as_str(), row.from_address.as_str()) {
        ("", "", "") => t!("mail-in-nobody"),
        ("", "", address) => address.to_owned(),
        ("", name, _) => name.to_owned(),
        (phone, ..) => phone_in_groups(phone),
    }
}

/// What somebody spoke, to be listened to.
pub(super) fn player(mail: InboundMailId) -> impl IntoView {
    view! { <audio controls preload="none" src=paths::inbound_audio(mail) aria-label=t!("voice-listen")></audio> }
}

/// One mail, and what can be done with it.
#[component]
pub fn InboundMailPage() -> impl IntoView {
    let mail = ui::path_value("came");
    let search = ui::query_value("search");
    let customer = ui::query_value("customer").and_then(|id| id.parse().ok());
    loaded(
        async move { api::work::mail_in::inbound_mail(mail?, search, customer).await },
        |page| view! { <InboundMailView page/> },
    )
}

#[component]
fn InboundMailView(page: InboundMail) -> impl IntoView {
    let row = page.row.clone();
    let title = match (row.subject.as_str(), row.reason) {
        ("", Some(WaitReason::Voice)) => t!("voice-message"),
        ("", _) => t!("mail-in-no-subject"),
        (subject, _) => subject.to_owned(),
    };
    let why = match (row.reason, row.state) {
        (Some(reason), _) => Some((NoticeKind::Soon, reason_in_words(reason), reason_help(reason))),
        (None, InboundState::AutoReply) => {
            Some((NoticeKind::Info, t!("mail-in-auto-reply"), t!("mail-in-auto-reply-help")))
        }
        (None, _) => None,
    };
    let why = why.map(|(kind, title, help)| {
        view! {
            <Notice kind title>
                <p>{help}</p>
            </Notice>
        }
    });
    let text = if page.text.is_empty() {
        view! { <p>{t!("mail-in-no-text")}</p> }.into_any()
    } else {
        view! { <p class="report">{page.text.clone()}</p> }.into_any()
    };
    let left_out = (!page.left_out.is_empty()).then(|| {
        view! { <p class="aside">{t!("mail-in-left-out", files = page.left_out.join(", "))}</p> }
    });
    let raw =
        page.is_kept.then(|| view! { <p><a href=paths::inbound_raw(row.id) download="">{t!("mail-in-raw")}</a></p> });
    let voice = row.has_audio.then(|| spoken(&page));
    let may_be_assigned = row.state.may_be_assigned();
    let revoke = page.may_revoke.then(|| view! { <Revoke mail=row.id/> });
    view! {
        <Page title width=Width::Full>
            <p class="actions">
                <a href=paths::MAIL_IN>{t!("mail-in-back")}</a>
            </p>
            {why}
            <div class="case">
                <div class="case-main">
                    {voice}
                    <section class="card" aria-labelledby="mail-text">
                        <h2 id="mail-text">{t!("mail-in-text")}</h2>
                        {text}
                        {left_out}
                        {raw}
                    </section>
                    {may_be_assigned.then(|| view! { <Assigning page=page.clone()/> })}
                </div>
                <div class="case-aside">
                    {facts(&page)}
                    {revoke}
                </div>
            </div>
        </Page>
    }
}

/// What was spoken, and the way to write it down as what somebody says on the telephone.
fn spoken(page: &InboundMail) -> impl IntoView + use<> {
    let mut query = vec![("phone", page.row.phone.clone()), ("voice", page.row.id.to_string())];
    query.extend(page.card.as_ref().map(|card| ("customer", card.customer.to_string())));
    let begin = (page.row.state == InboundState::Waiting)
        .then(|| view! { <ButtonLink href=ui::with_query(paths::INTAKE, &query) label=t!("voice-begin")/> });
    view! {
        <section class="card" aria-labelledby="spoken">
            <h2 id="spoken">{t!("voice-message")}</h2>
            <p>{player(page.row.id)}</p>
            <p class="actions">{begin}</p>
        </section>
    }
}

/// What is known of a mail.
fn facts(page: &InboundMail) -> impl IntoView + use<> {
    let row = page.row.clone();
    let phone = (!row.phone.is_empty()).then(|| row.phone.clone()).map(|phone| {
        let (href, shown) = (format::tel(&phone), phone_in_groups(&phone));
        view! { <SummaryRow term=t!("voice-number")><a href=href>{shown}</a></SummaryRow> }
    });
    let customer = (!row.customer_name.is_empty()).then(|| row.customer_name.clone());
    let customer = customer.map(|name| view! { <SummaryRow term=t!("mail-in-customer")>{name}</SummaryRow> });
    let (bounced, about) = page.bounced.clone().unzip();
    let bounced = bounced.map(|address| view! { <SummaryRow term=t!("mail-in-bounced")>{address}</SummaryRow> });
    let about = row.request.or(about.flatten()).map(|number| {
        view! {
            <SummaryRow term=t!("mail-in-request")>
                <a class="whole" href=paths::desk_request(number)>{number.to_string()}</a>
            </SummaryRow>
        }
    });
    let dismissed = page.dismissed.clone().map(|(by, why)| {
        view! { <SummaryRow term=t!("mail-in-dismissed-by", name = by)>{why}</SummaryRow> }
    });
    let copies = (row.copies > 1).then_some(row.copies);
    let copies = copies.map(|copies| view! { <SummaryRow term=t!("mail-in-copies")>{copies}</SummaryRow> });
    let address = format!("{} <{}>", row.from_name, row.from_address);
    let (came, state) = (format::moment(Locale::current(), row.came_at), state_in_words(row.state));
    view! {
        <section class="card" aria-labelledby="mail-facts">
            <h2 id="mail-facts">{t!("mail-in-facts")}</h2>
            <SummaryList>
                <SummaryRow term=t!("mail-in-column-from")>{address}</SummaryRow>
                <SummaryRow term=t!("mail-in-column-came")>{came}</SummaryRow>
                <SummaryRow term=t!("mail-in-column-what")>{state}</SummaryRow>
                {phone}
                {customer}
                {bounced}
                {about}
                {dismissed}
                {copies}
            </SummaryList>
        </section>
    }
}

/// No further answers by the address by which one came.
#[component]
fn Revoke(mail: InboundMailId) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="revoke">
            <h2 id="revoke">{t!("mail-in-revoke")}</h2>
            <p>{t!("mail-in-revoke-help")}</p>
            <Form action={Endpoint::of::<api::work::mail_in::RevokeReplies>()}>
                <Hidden name="mail" value=mail.to_string()/>
                <Submit label=t!("mail-in-revoke-submit") kind=ButtonKind::Secondary/>
            </Form>
        </section>
    }
}

pub(super) fn state_in_words(state: InboundState) -> String {
    match state {
        InboundState::Waiting => t!("mail-in-waiting"),
        InboundState::Received => t!("mail-in-received"),
        InboundState::Request => t!("mail-in-became-request"),
        InboundState::Reply => t!("mail-in-reply"),
        InboundState::Bounce => t!("mail-in-bounce"),
        InboundState::AutoReply => t!("mail-in-auto-reply"),
        InboundState::Loop => t!("mail-in-loop"),
        InboundState::Duplicate => t!("mail-in-duplicate"),
        InboundState::Unreadable => t!("mail-in-unreadable"),
        InboundState::Dismissed => t!("mail-in-dismissed"),
    }
}

fn reason_in_words(reason: WaitReason) -> String {
    match reason {
        WaitReason::UnknownSender => t!("mail-waits-unknown-sender"),
        WaitReason::SeveralPeople => t!("mail-waits-several-people"),
        WaitReason::ForeignRequest => t!("mail-waits-foreign-request"),
        WaitReason::RevokedAddress => t!("mail-waits-revoked-address"),
        WaitReason::CannotOrder => t!("mail-waits-cannot-order"),
        WaitReason::UnknownBounce => t!("mail-waits-unknown-bounce"),
        WaitReason::Voice => t!("voice-message"),
        WaitReason::TooMany => t!("mail-waits-too-many"),
        WaitReason::TooLarge => t!("mail-waits-too-large"),
        WaitReason::Empty => t!("mail-waits-empty"),
        WaitReason::Trouble => t!("mail-waits-trouble"),
    }
}

fn reason_help(reason: WaitReason) -> String {
    match reason {
        WaitReason::UnknownSender => t!("mail-waits-unknown-sender-help"),
        WaitReason::SeveralPeople => t!("mail-waits-several-people-help"),
        WaitReason::ForeignRequest => t!("mail-waits-foreign-request-help"),
        WaitReason::RevokedAddress => t!("mail-waits-revoked-address-help"),
        WaitReason::CannotOrder => t!("mail-waits-cannot-order-help"),
        WaitReason::UnknownBounce => t!("mail-waits-unknown-bounce-help"),
        WaitReason::Voice => t!("mail-waits-voice-help"),
        WaitReason::TooMany => t!("mail-waits-too-many-help"),
        WaitReason::TooLarge => t!("mail-waits-too-large-help"),
        WaitReason::Empty => t!("mail-waits-empty-help"),
        WaitReason::Trouble => t!("mail-waits-trouble-help"),
    }
}
