//! A queue of what waits for a decision, beside the one case that is open.

use leptos::prelude::*;

use crate::{
    model::base::paging::Queue,
    ui::{self, forms, texts::t},
};

/// How a case stands in its queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueEntry {
    /// Its identity.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// What tells it from others, a line each.
    pub notes: Vec<String>,
}

/// What waits, and the one that the address or a form that came back names, else the first. Nothing when nothing waits.
#[component]
pub fn QueueAndCase<T, V, C>(
    /// What screen readers call the queue.
    label: String,
    /// The page on which it stands.
    path: &'static str,
    /// The name under which the address, and the forms of a case, name it.
    name: &'static str,
    /// What waits, in the order in which it is to be decided.
    waiting: Queue<T>,
    /// How one stands in the queue.
    entry: fn(&T) -> QueueEntry,
    /// The case itself.
    case: C,
) -> impl IntoView
where
    C: FnOnce(T) -> V + 'static,
    T: 'static,
    V: IntoView + 'static,
{
    let Queue { rows: waiting, total } = waiting;
    let shown = waiting.len();
    let more = (u32::try_from(shown).is_ok_and(|shown| shown < total))
        .then(|| view! { <p>{t!("queue-shown", shown = shown, total = total)}</p> });
    let entries: Vec<QueueEntry> = waiting.iter().map(entry).collect();
    let named = forms::returned().and_then(|form| form.values.get(name).cloned()).or_else(|| ui::query_value(name));
    let open = entries.iter().position(|entry| Some(&entry.id) == named.as_ref()).unwrap_or_default();
    let links = entries
        .into_iter()
        .enumerate()
        .map(|(index, QueueEntry { id, title, notes })| {
            let notes = notes.into_iter().map(|note| view! { <span>{note}</span> }).collect::<Vec<_>>();
            view! {
                <li>
                    <a href=format!("{path}?{name}={id}") aria-current=(index == open).then_some("true")>
                        <strong>{title}</strong>
                        {notes}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    waiting.into_iter().nth(open).map(|open| {
        view! {
            <div class="bench">
                <nav class="contest-list" data-live="queue" aria-label=label>
                    <ol>{links}</ol>
                    {more}
                </nav>
                {case(open)}
            </div>
        }
    })
}
