//! What customers and the vendor write to one another about a request: the forms beside its timeline, for both sides.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    api,
    model::{
        base::numbers::RequestNumber,
        ordering::{
            attachments::{self, ATTACHMENT_BYTES_MAX, ATTACHMENTS_MAX},
            conversations::{BenchConversation, MESSAGE_MAX, VendorConversation},
        },
        paths,
    },
    ui::{
        self,
        components::{
            ButtonKind, Endpoint, FileField, Form, Hidden, Notice, NoticeKind, Submit, TextArea, Timeline, WithNumber,
        },
        format, forms,
        islands::Pasting,
        texts::{Locale, t},
    },
};

/// The field of files that are kept already.
const KEPT_FIELD: &str = "attachments";
/// The field of a message.
const FIELD: &str = "message";

/// That the vendor has written, for whoever has not read it; nothing of nothing.
pub fn unread_notice(unread: u32) -> Option<impl IntoView + use<>> {
    (unread > 0).then(|| {
        view! {
            <Notice kind=NoticeKind::Soon>
                <p>
                    {t!("conversation-unread", count = unread)} " "
                    <a href="#timeline">{t!("conversation-unread-read")}</a>
                </p>
            </Notice>
        }
    })
}

/// The requests about which the vendor has written, for whoever has not read it; nothing of nothing.
pub fn unread_requests(numbers: Vec<RequestNumber>) -> Option<impl IntoView + use<>> {
    let links = numbers
        .iter()
        .map(|number| view! { <li><a class="whole" href=paths::request(*number)>{number.to_string()}</a></li> })
        .collect::<Vec<_>>();
    (!links.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Soon title=t!("conversation-unread-requests")>
                <ul>{links}</ul>
            </Notice>
        }
    })
}

/// Where files are chosen, with what came with a form that was refused: it is kept.
#[component]
pub fn FileChoice() -> impl IntoView {
    let kept = forms::field_value(KEPT_FIELD, "");
    let count = attachments::named(&kept).len();
    let kept_words = (count > 0).then(|| view! { <p class="aside">{t!("attachments-kept", count = count)}</p> });
    view! {
        <Hidden name=KEPT_FIELD value=kept/>
        {kept_words}
        <FileField
            name="files"
            label=t!("attachments-choose")
            hint=t!("attachments-hint", most = ATTACHMENTS_MAX, megabytes = ATTACHMENT_BYTES_MAX / 1_048_576)
            accept=".png,.jpg,.jpeg,.webp,.pdf,.txt,.log,.csv,.zip"
            several=true
        />
        <Pasting/>
    }
}

/// Where somebody of the customer writes to the vendor.
#[component]
pub fn WriteToVendor(number: RequestNumber, key: Uuid) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="write">
            <h2 id="write">{t!("conversation-write")}</h2>
            <p><WithNumber text=t!("conversation-write-help", phone = ui::line_phone())/></p>
            <Form action={Endpoint::of::<api::ordering::conversations::WriteMessage>()} upload=true>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea
                    name=FIELD
                    label=t!("conversation-message")
                    hint=t!("conversation-message-hint", max = MESSAGE_MAX)
                    rows=4
                />
                <FileChoice/>
                <div class="actions">
                    <Submit label=t!("conversation-send") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        </section>
    }
}

/// Where somebody of the vendor answers, with what is known of how it was read.
#[component]
pub fn WriteToCustomer(
    /// Which request.
    number: RequestNumber,
    /// How the conversation stands.
    standing: VendorConversation,
    /// Of the form.
    key: Uuid,
    /// Whether it stands at the workbench, to which it leads back then.
    #[prop(optional)]
    at_bench: bool,
) -> impl IntoView {
    let locale = Locale::current();
    let last = standing.last.map(|last| last.to_string()).unwrap_or_default();
    let waits = standing.waits_since.map(|since| {
        let text = t!("conversation-waits", since = format::since(locale, since, ui::now()));
        view! { <p class="conversation-waits">{text}</p> }
    });
    let read = standing
        .read_at
        .map(|at| view! { <p class="aside">{t!("conversation-read", at = format::on(locale, at, ui::now()))}</p> });
    let not_told = (!standing.is_told).then(|| view! { <p class="aside">{t!("conversation-not-told")}</p> });
    let hint = if standing.is_told {
        t!("conversation-reply-hint", max = MESSAGE_MAX)
    } else {
        t!("conversation-reply-hint-untold", max = MESSAGE_MAX)
    };
    let shown = last.clone();
    let no_answer = (standing.may_write && standing.waits_since.is_some()).then(|| {
        view! {
            <Form action={Endpoint::of::<api::ordering::conversations::NeedNoAnswer>()}>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="seen_message" value=shown/>
                <Hidden name="at_bench" value=at_bench.to_string()/>
                <Submit label=t!("conversation-no-answer") kind=ButtonKind::Secondary/>
            </Form>
        }
    });
    let form = standing.may_write.then(|| {
        view! {
            <Form action={Endpoint::of::<api::ordering::conversations::ReplyToCustomer>()} upload=true>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="seen_message" value=last/>
                <Hidden name="at_bench" value=at_bench.to_string()/>
                <Hidden name="key" value=key.to_string()/>
                <TextArea
                    name=FIELD
                    label=t!("conversation-reply")
                    hint
                    rows=4
                />
                <FileChoice/>
                <div class="actions">
                    <Submit label=t!("conversation-send") kind=ButtonKind::Secondary/>
                </div>
            </Form>
        }
    });
    view! {
        {waits}
        {read}
        {not_told}
        {form}
        {no_answer}
    }
}

/// The conversation beside the work.
#[component]
pub fn AtBench(number: RequestNumber, conversation: BenchConversation, key: Uuid) -> impl IntoView {
    let BenchConversation { messages, standing } = conversation;
    let list = if messages.is_empty() {
        view! { <p>{t!("conversation-none")}</p> }.into_any()
    } else {
        view! { <Timeline entries=messages/> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="conversation">
            <h2 id="conversation">{t!("conversation-title")}</h2>
            {list}
            <WriteToCustomer number standing key at_bench=true/>
        </section>
    }
}
