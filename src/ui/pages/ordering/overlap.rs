//! A word about other agreed times at the same time: two may be meant, by two people at two computers.

use leptos::prelude::*;

use crate::{
    model::ordering::pages::OtherTime,
    ui::{
        self,
        components::{Notice, NoticeKind},
        format,
        pages::words::capitalized,
        texts::{Locale, named, t},
    },
};

/// Warns of what overlaps; nothing where nothing does.
pub fn overlap_notice(overlapping: &[OtherTime]) -> Option<AnyView> {
    if overlapping.is_empty() {
        return None;
    }
    let times = overlapping
        .iter()
        .map(|other| {
            let OtherTime { slot, program, work_type } = other;
            let time = capitalized(&format::appointment(Locale::current(), *slot, ui::now()));
            view! { <li>{format!("{time} · {} · {}", named(program), named(work_type))}</li> }
        })
        .collect::<Vec<_>>();
    let notice = view! {
        <Notice kind=NoticeKind::Soon title=t!("order-overlap")>
            <ul>{times}</ul>
            <p>{t!("order-overlap-body")}</p>
        </Notice>
    };
    Some(notice.into_any())
}
