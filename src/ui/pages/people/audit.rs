//! `/settings/audit` and `/account/changes`: who changed what, when and from where.

use leptos::prelude::*;

use crate::{
    api,
    model::{
        base::{fields::FieldCode, ids::AuditId},
        paths,
        people::audit::{AuditEntry, AuditFilter, AuditPage as Audit, AuditSubject, SEARCH_MAX},
    },
    ui::{
        self,
        audit_words::{self, is_structural},
        components::{EmptyState, Page, Width, error_text, loaded},
        format,
        texts::{Locale, t},
    },
};

/// All of it, for managers of the vendor.
#[component]
pub fn AuditPage() -> impl IntoView {
    let (filter, before) = asked();
    loaded(api::people::audit::audit_page(filter.search, filter.subject, before), |audit| {
        let export = audit.problem.is_none().then(|| {
            view! {
                <p>
                    <a class="button button-secondary" href=address(paths::AUDIT_CSV, &audit.filter, None) download="">
                        {t!("audit-export")}
                    </a>
                </p>
            }
        });
        view! {
            <Page title=t!("audit-title") width=Width::Full>
                <AuditList audit path=paths::AUDIT/>
                {export}
            </Page>
        }
    })
}

/// What concerns one's own organisation.
#[component]
pub fn OwnAuditPage() -> impl IntoView {
    let (filter, before) = asked();
    loaded(api::people::audit::own_audit_page(filter.search, filter.subject, before), |audit| {
        view! {
            <Page title=t!("account-changes")>
                <p>
                    <a href=paths::ACCOUNT>{t!("audit-to-account")}</a>
                </p>
                <AuditList audit path=paths::OWN_AUDIT/>
            </Page>
        }
    })
}

fn asked() -> (AuditFilter, Option<AuditId>) {
    let filter = AuditFilter {
        search: ui::query_value("search").unwrap_or_default(),
        subject: ui::query_value("subject").and_then(|code| AuditSubject::from_code(&code)),
    };
    (filter, ui::query_value("before").and_then(|id| id.parse().ok()))
}

fn address(path: &str, filter: &AuditFilter, before: Option<AuditId>) -> String {
    let mut query = Vec::new();
    query.extend((!filter.search.is_empty()).then(|| ("search", filter.search.clone())));
    query.extend(filter.subject.map(|subject| ("subject", subject.code().to_owned())));
    query.extend(before.map(|id| ("before", id.to_string())));
    ui::with_query(path, &query)
}

/// The search, and what it found: the latest first.
#[component]
pub fn AuditList(audit: Audit, path: &'static str) -> impl IntoView {
    let Audit { filter, problem, entries } = audit;
    let older = entries.next.map(|before| {
        view! {
            <p>
                <a href=address(path, &filter, Some(before))>{t!("audit-older")}</a>
            </p>
        }
    });
    let list = if problem.is_some() {
        ().into_any()
    } else if entries.rows.is_empty() {
        view! {
            <EmptyState title=t!("audit-none")>
                <p>{t!("audit-none-help")}</p>
            </EmptyState>
        }
        .into_any()
    } else {
        let entries = entries.rows.into_iter().map(|entry| view! { <Entry entry/> }).collect::<Vec<_>>();
        view! { <ol class="rows audit">{entries}</ol> }.into_any()
    };
    view! {
        <Search filter problem path/>
        {list}
        {older}
    }
}

#[component]
fn Search(filter: AuditFilter, problem: Option<FieldCode>, path: &'static str) -> impl IntoView {
    let locale = Locale::current();
    let invalid = problem.is_some();
    // It is too long; there is nothing else that could be wrong with it.
    let error = invalid.then(|| error_text(Some("search-error".into()), t!("field-too-long", max = SEARCH_MAX)));
    let mut subjects: Vec<_> =
        AuditSubject::ALL.iter().map(|subject| (*subject, audit_words::subject(locale, *subject))).collect();
    subjects.sort_by(|one, other| one.1.cmp(&other.1));
    let subjects = subjects.into_iter().map(|(subject, word)| {
        let selected = filter.subject == Some(subject);
        view! {
            <option value=subject.code() selected=selected>
                {word}
            </option>
        }
    });
    view! {
        <form method="get" action=path role="search" class="search">
            <label for="search">{t!("audit-search")}</label>
            {error}
            <div class="search-line">
                <input
                    class="input"
                    type="search"
                    id="search"
                    name="search"
                    value=filter.search
                    aria-invalid=invalid.then_some("true")
                    aria-describedby=invalid.then_some("search-error")
                />
                <label class="visually-hidden" for="subject">
                    {t!("audit-subject-label")}
                </label>
                <select class="input" id="subject" name="subject">
                    <option value="">{t!("audit-every-subject")}</option>
                    {subjects.collect::<Vec<_>>()}
                </select>
                <button type="submit" class="button button-secondary">
                    {t!("audit-find")}
                </button>
            </div>
        </form>
    }
}

/// One change: what became of what, by whom, and column by column from what to what.
#[component]
fn Entry(entry: AuditEntry) -> impl IntoView {
    let locale = Locale::current();
    let mut notes = vec![format::moment(locale, entry.at), audit_words::who(locale, &entry)];
    notes.extend(entry.address.clone());
    let customer = entry.customer.clone().filter(|(_, name)| *name != entry.label).map(|(_, name)| name);
    notes.extend(customer);
    let fields = entry.fields.iter().filter(|field| !is_structural(&field.column)).map(|field| {
        let words = audit_words::field(locale, field);
        let empty = || t!("audit-empty");
        // What stayed tells which one of several it is.
        let before = words.before.filter(|before| words.after.as_ref() != Some(before));
        let before = before.map(|before| view! { <del>{before}</del> " → " });
        let is_new = before.is_none() && words.after.is_some();
        let after = if is_new { words.after } else { Some(words.after.unwrap_or_else(empty)) };
        view! {
            <div class="audit-field">
                <dt>{words.name}</dt>
                <dd>
                    {before}
                    <ins>{after}</ins>
                </dd>
            </div>
        }
    });
    let title = audit_words::title(locale, &entry);
    view! {
        <li class="row audit-entry">
            <div>
                <p class="row-title">{title}</p>
                <p class="row-note">{notes.join(" · ")}</p>
                <dl class="audit-fields">{fields.collect::<Vec<_>>()}</dl>
            </div>
        </li>
    }
}
