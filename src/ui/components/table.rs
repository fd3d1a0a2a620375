//! Tables.

use leptos::prelude::*;

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    title: String,
    kind: ColumnKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ColumnKind {
    Text,
    Number,
    Action,
    Head,
}

impl Column {
    /// A column of text.
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), kind: ColumnKind::Text }
    }

    /// A column of numbers, which stand below one another.
    pub fn number(title: impl Into<String>) -> Self {
        Self { title: title.into(), kind: ColumnKind::Number }
    }

    /// The column of the rows' heads, where these need no title.
    #[must_use]
    pub const fn of_heads() -> Self {
        Self { title: String::new(), kind: ColumnKind::Head }
    }

    /// A column of what one can do: only screen readers need its title.
    pub fn action(title: impl Into<String>) -> Self {
        Self { title: title.into(), kind: ColumnKind::Action }
    }
}

/// A table: its caption, the heads of its columns, and its rows. On a narrow screen a row is a card, whose cells say their
/// column themselves by `data-label`.
#[component]
pub fn Table(
    /// Its class of its own.
    #[prop(optional)]
    class: &'static str,
    /// What it lists, where no headline says that already.
    #[prop(optional, into)]
    caption: Option<String>,
    /// Whether only screen readers are told the caption.
    #[prop(optional)]
    caption_hidden: bool,
    /// The columns.
    columns: Vec<Column>,
    /// The last row.
    #[prop(optional)]
    foot: Option<AnyView>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let caption_class = caption_hidden.then_some("visually-hidden");
    let caption = caption.map(|caption| view! { <caption class=caption_class>{caption}</caption> });
    let columns = columns
        .into_iter()
        .map(|Column { title, kind }| match kind {
            ColumnKind::Text => view! { <th scope="col">{title}</th> }.into_any(),
            ColumnKind::Number => view! { <th scope="col" class="number">{title}</th> }.into_any(),
            ColumnKind::Head => view! { <td></td> }.into_any(),
            ColumnKind::Action => {
                view! { <th scope="col"><span class="visually-hidden">{title}</span></th> }.into_any()
            }
        })
        .collect::<Vec<_>>();
    let foot = foot.map(|foot| view! { <tfoot>{foot}</tfoot> });
    let class = if class.is_empty() { "table".to_owned() } else { format!("table {class}") };
    view! {
        <table class=class>
            {caption}
            <thead>
                <tr>{columns}</tr>
            </thead>
            <tbody>{children()}</tbody>
            {foot}
        </table>
    }
}
